import type { CaseRecord } from '@yici/domain/model';
import { compositeKey, keyOf } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  attested,
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  publishMatter,
  reason,
} from '../support/story.js';
import {
  acceptedCase,
  acceptedPromise,
  hearing,
  march,
  policy,
  promisedCaseNo,
  promisedMatter,
} from '../support/timed.js';

describe('an overdue opinion (R11)', () => {
  let ledger: RuleLedger;
  const lapse = async (stepId: string, day: number, user = 'hrss.service1') =>
    (await ledger.run('case.lapseStep', { caseNo, stepId }, by(user, march(day)))) as CaseRecord;
  const pass = async (stepId: string, day: number, user = 'offices.head1') =>
    (await ledger.run(
      'case.passStep',
      { caseNo, stepId, grounds: digestOf('grounds') },
      by(user, march(day)),
    )) as CaseRecord;
  const answer = async (
    stepId: string,
    day: number,
    user: string,
    said: object = { answer: 'agree' },
  ) =>
    (await ledger.run(
      'case.opinion',
      { caseNo, stepId, ...(said as { answer: 'agree' }) },
      by(user, march(day)),
    )) as CaseRecord;
  const decide = async (day: number) =>
    (await ledger.run(
      'case.decide',
      { caseNo, outcome: 'granted', document: digestOf('decision'), attested },
      by('offices.head2', march(day)),
    )) as CaseRecord;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await acceptedCase(ledger);
  });

  it('is escalated by any member once its day has passed, and by nobody before', async () => {
    const details = await expectRefusal(ledger, 'STEP_NOT_OVERDUE', () => lapse('finance', 6));
    expect(details).to.include({ dueOn: '2026-03-06', today: '2026-03-06' });
    const record = await lapse('finance', 9);
    expect(record.steps[0]).to.deep.include({ status: 'open', dueOn: '2026-03-06' });
    expect(record.steps[0]?.lapse).to.deep.include({ kind: 'escalate', at: march(9) });
    expect(record.state).to.equal('ACCEPTED');
    expect(record.flags.map(({ code }) => code)).to.deep.equal(['escalated']);
    await expectRefusal(ledger, 'ALREADY_ESCALATED', () => lapse('finance', 10));
  });

  it('is of a step that is there, open and without its answer', async () => {
    await expectRefusal(ledger, 'STEP_UNKNOWN', () => lapse('nothing', 9));
    await expectRefusal(ledger, 'STEP_NOT_OPEN', () => lapse('registry', 9));
    await answer('finance', 4, 'finance.clerk1');
    await expectRefusal(ledger, 'ALREADY_ANSWERED', () => lapse('finance', 9));
  });

  it('is not overdue while a special procedure stops the clock', async () => {
    await ledger.run(
      'case.startSpecialProcedure',
      hearing(caseNo, 5),
      by('offices.clerk1', march(5)),
    );
    await expectRefusal(ledger, 'STEP_NOT_OVERDUE', () => lapse('finance', 13));
    expect((await lapse('finance', 16)).flags).to.have.length(1);
  });

  it('can still be given after its escalation, late, and holds the decision until then', async () => {
    await lapse('finance', 9);
    await answer('headcount', 5 + 4, 'establishment.clerk1');
    await expectRefusal(ledger, 'OPINIONS_OUTSTANDING', () => decide(10));
    const record = await answer('finance', 10, 'finance.clerk1');
    expect(record.steps[0]).to.include({ status: 'answered', late: true });
    expect(record.steps[2]).to.include({ status: 'open', startedAt: march(10) });
    await answer('registry', 10, 'data.clerk1');
    expect((await decide(11)).state).to.equal('DECIDED_GRANTED');
  });

  it('may be passed over by another head of the owner when its escalation has had a working day', async () => {
    await expectRefusal(ledger, 'NOT_ESCALATED', () => pass('finance', 11));
    await lapse('finance', 9, 'offices.head1');
    await expectRefusal(ledger, 'PASSING_TOO_EARLY', () => pass('finance', 10, 'offices.head2'));
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => pass('finance', 11, 'offices.head1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => pass('finance', 11, 'finance.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => pass('finance', 11, 'offices.clerk1'));
    const record = await pass('finance', 11, 'offices.head2');
    expect(record.steps[0]).to.include({ status: 'passed' }).and.not.have.property('answer');
    expect(record.state).to.equal('IN_REVIEW');
    expect(record.flags.map(({ code }) => code)).to.deep.equal(['escalated', 'passedOver']);
    await expectRefusal(ledger, 'NOT_ESCALATED', () => pass('finance', 12, 'offices.head2'));
    await expectRefusal(ledger, 'ALREADY_ESCALATED', () => lapse('finance', 12));
  });

  it('once passed over lets the steps behind it open, and the case be decided', async () => {
    await lapse('finance', 9);
    await answer('headcount', 9, 'establishment.clerk1');
    const record = await pass('finance', 11);
    expect(record.steps[2]).to.include({ status: 'open', dueOn: '2026-03-16' });
    await answer('registry', 12, 'data.clerk1');
    expect((await decide(12)).state).to.equal('DECIDED_GRANTED');
  });

  it('keeps its weight when it comes after it was passed over', async () => {
    await lapse('finance', 9);
    await answer('headcount', 9, 'establishment.clerk1');
    await pass('finance', 11);
    await answer('registry', 12, 'data.clerk1');
    const record = await answer('finance', 12, 'finance.clerk1', { answer: 'disagree', reason });
    expect(record.steps[0]).to.include({ status: 'answered', answer: 'disagree', late: true });
    await expectRefusal(ledger, 'OPINION_DISAGREES', () => decide(12));
  });
});

describe('agreement by default (R11)', () => {
  let ledger: RuleLedger;
  const at = by('supervision.clerk1', march(9));
  const input = { caseNo: promisedCaseNo, stepId: 'finance' };
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('follows from a policy document that the version lists, and is final', async () => {
    await acceptedPromise(ledger);
    const record = (await ledger.run('case.lapseStep', input, at)) as CaseRecord;
    expect(record.steps[0]).to.include({ status: 'answered', answer: 'agree', late: true });
    expect(record.steps[0]?.lapse).to.deep.include({
      kind: 'defaultAgree',
      policyDocument: policy.number,
    });
    expect(record.flags.map(({ code }) => code)).to.deep.equal(['defaultAgreed']);
    await expectRefusal(ledger, 'ALREADY_ANSWERED', () =>
      ledger.run('case.opinion', { ...input, answer: 'agree' }, by('finance.clerk1', march(9))),
    );
  });

  it('is no step’s whose flow does not say so', async () => {
    await acceptedPromise(ledger);
    const record = await ledger.run('case.lapseStep', { ...input, stepId: 'headcount' }, at);
    expect((record as CaseRecord).steps[1]).to.deep.include({ status: 'open' });
  });

  it('cannot be drafted without the policy document', async () => {
    for (const policyDocuments of [[], [{ ...policy, number: 'another' }]]) {
      const attempt = () =>
        ledger.run('matter.draft', { ...promisedMatter, policyDocuments }, by('offices.clerk1'));
      await expectRefusal(ledger, 'POLICY_NOT_CITED', attempt);
    }
    await publishMatter(ledger, promisedMatter, 'offices');
  });

  it('turns into an escalation if the version does not list it after all', async () => {
    await acceptedPromise(ledger);
    const matter = ledger.get('matter', promisedMatter.taskCode, '000001')!;
    const content = { ...matter.content, policyDocuments: [] };
    ledger.state.set(compositeKey(keyOf(matter)), { ...matter, content });
    const record = (await ledger.run('case.lapseStep', input, at)) as CaseRecord;
    expect(record.steps[0]?.lapse?.kind).to.equal('escalate');
  });
});
