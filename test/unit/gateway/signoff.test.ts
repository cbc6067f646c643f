import { inputDigest, signoffDigest } from '@yici/api';
import {
  beginSignoff as begin,
  changesBetween,
  checkedSignoffInput,
  GatewayError,
  isTurn,
  proofOf,
  takeStep,
} from '@yici/gateway/testing';
import { expect } from 'chai';

const at = '2026-03-02T01:00:00.000Z';
const clerk = { user: 'hrss.clerk1', role: 'clerk', section: '综合科' };
const head = { user: 'hrss.head2', role: 'head', section: '编制科' };
const leader = { user: 'hrss.head1', role: 'head', section: '局领导' };
const chain = {
  levels: [
    { role: 'clerk' as const },
    { role: 'head' as const, section: '编制科' },
    { role: 'head' as const },
  ],
};
const given = {
  ...{ id: 'sgn_1', salt: 'a'.repeat(64), department: 'hrss', command: 'case.opinion' },
  ...{ title: '意见', subject: null, input: { caseNo: 'M-20260302-0001', answer: 'agree' } },
};
const begun = (more: object = {}) => begin({ ...given, chain: { ...chain, ...more } }, clerk, at);

function refusal(act: () => unknown): unknown {
  try {
    act();
    return 'taken';
  } catch (error) {
    return error instanceof GatewayError ? [error.code, error.details['problem']] : error;
  }
}

describe('the rules of a sign-off', () => {
  it('let each level act in its turn, in the section that the chain names', () => {
    const file = begun();
    expect(file.level).to.equal(1);
    expect(isTurn(file, head)).to.equal(true);
    expect(refusal(() => takeStep(file, leader, { step: 'approve' }, at))).to.deep.equal([
      'SIGNOFF_NOT_YOURS',
      undefined,
    ]);
    expect(refusal(() => takeStep(file, head, { step: 'issue' }, at))).to.deep.equal([
      'SIGNOFF_STATE',
      'notLastLevel',
    ]);
    const approved = takeStep(file, head, { step: 'approve', comment: '同意' }, at);
    expect(refusal(() => takeStep(approved, leader, { step: 'approve' }, at))).to.deep.equal([
      'SIGNOFF_STATE',
      'lastLevel',
    ]);
    expect(takeStep(approved, leader, { step: 'issue' }, at).state).to.equal('signing');
  });

  it('let nobody act at two levels, nor as the absent official; the drafter drafts again', () => {
    const approved = takeStep(begun(), head, { step: 'approve' }, at);
    expect(refusal(() => takeStep(approved, head, { step: 'issue' }, at))).to.deep.equal([
      'SIGNOFF_SAME_PERSON',
      undefined,
    ]);
    const inPlace = { ...leader, user: clerk.user, for: leader.user, under: 'dlg-1' };
    expect(isTurn(approved, inPlace)).to.equal(false);
    const back = takeStep(approved, leader, { step: 'return', to: 'drafter', comment: '重拟' }, at);
    expect([back.level, isTurn(back, clerk)]).to.deep.equal([0, true]);
    expect(takeStep(back, clerk, { step: 'approve' }, at).chain.rounds.at(-1)?.step).to.equal(
      'draft',
    );
    const one = takeStep(begun({ onePerson: true }), head, { step: 'approve' }, at);
    expect(isTurn(one, head)).to.equal(true);
  });

  it('digest every step’s input with the salt, and the chain up to its issue', () => {
    const input = { ...given.input, answer: 'disagree' };
    const issued = takeStep(
      takeStep(begun(), head, { step: 'approve', input }, at),
      leader,
      { step: 'issue' },
      at,
    );
    expect(issued.chain.rounds.map((round) => round.input)).to.deep.equal([
      inputDigest(given.salt, given.input),
      ...Array.from({ length: 2 }, () => inputDigest(given.salt, input)),
    ]);
    expect(proofOf(issued)).to.deep.equal({
      ...{ id: 'sgn_1', digest: signoffDigest(issued.chain) },
      through: [
        { role: 'clerk', section: '综合科' },
        { role: 'head', section: '编制科' },
      ],
    });
    expect(proofOf(begun())).to.equal(null);
  });

  it('end a chain that goes to and fro for ever', () => {
    let file = begun();
    const round = () => {
      file = takeStep(file, head, { step: 'return', comment: '退' }, at);
      file = takeStep(file, clerk, { step: 'approve' }, at);
    };
    expect(refusal(() => Array.from({ length: 30 }, round))).to.deep.equal([
      'SIGNOFF_STATE',
      'tooManySteps',
    ]);
  });
});

describe('the difference between two inputs', () => {
  it('names each place by its pointer, and nothing that is the same', () => {
    const before = { a: 1, list: [{ code: 'x' }], gone: 'old', same: { deep: [1] } };
    const after = { a: 2, list: [{ code: 'y' }, { code: 'z' }], same: { deep: [1] }, 'n/w': null };
    expect(changesBetween(before, after)).to.deep.equal([
      { path: '/a', before: 1, after: 2 },
      { path: '/list/0/code', before: 'x', after: 'y' },
      { path: '/list/1', before: null, after: { code: 'z' } },
      { path: '/gone', before: 'old', after: null },
    ]);
  });
});

describe('the input of a sign-off', () => {
  const opinion = { caseNo: 'M-20260302-0001', stepId: 'budget', answer: 'disagree' };
  const codeOf = (input: Record<string, unknown>, issued: boolean) =>
    refusal(() => checkedSignoffInput('case.opinion', input, issued));

  it('has the words that the command takes the digest of, until it is issued', () => {
    const reason = { code: 'conditionsNotMet', text: '编制不足' };
    expect(codeOf({ ...opinion, reason }, false)).to.equal('taken');
    expect(codeOf({ ...opinion, reason }, true)).to.deep.equal(['VALIDATION_FAILED', undefined]);
  });

  it('is whole, and has nothing beside it', () => {
    for (const wrong of [
      { caseNo: opinion.caseNo },
      { ...opinion, under: 'dlg-1' },
      { ...opinion, x: 1 },
    ]) {
      expect(codeOf(wrong, false)).to.deep.equal(['VALIDATION_FAILED', undefined]);
    }
  });
});
