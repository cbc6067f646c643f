import { ContractError, GatewayError, outcomeOf, Backoff } from '@yici/gateway/testing';
import { expect } from 'chai';

describe('backoff of what is due', () => {
  let time: number;
  const backoff = (random: () => number) =>
    new Backoff({ pause: 1_000, spread: 10_000, elapsed: () => time, random });
  beforeEach(() => {
    time = 0;
  });

  it('lets a new item wait a random part of the spread, so that two gateways seldom meet', () => {
    const early = backoff(() => 0);
    const late = backoff(() => 0.9);
    expect(early.mayTry('a')).to.equal(true);
    expect(late.mayTry('a')).to.equal(false);
    time = 8_999;
    expect(late.mayTry('a')).to.equal(false);
    time = 9_000;
    expect(late.mayTry('a')).to.equal(true);
  });

  it('waits twice as long after each try, an hour at the longest, and forgets what is done', () => {
    const one = backoff(() => 0.5);
    time = 100_000;
    const waits: number[] = [];
    for (let n = 0; n < 15; n += 1) {
      one.tried('a');
      const from = time;
      while (!one.mayTry('a')) time += 500;
      waits.push(time - from);
    }
    expect(waits.slice(0, 4)).to.deep.equal([1_000, 2_000, 4_000, 8_000]);
    expect(waits.at(-1)).to.equal(3_600_000);
    one.done('a');
    expect(one.size).to.equal(0);
    one.tried('b');
    one.keepOnly(new Set(['c']));
    expect(one.size).to.equal(0);
  });
});

describe('the outcome of a proposal', () => {
  const contract = (code: string) => new ContractError(code, 'no');
  const invalid = (number: number, name: string) =>
    new GatewayError('TRANSACTION_INVALID', 'no', { details: { validation: { number, name } } });

  it('is already done when somebody else was first', () => {
    for (const [command, code] of [
      ['card.raise', 'ALREADY_EXISTS'],
      ['case.deemAccepted', 'WRONG_STATE'],
      ['case.lapseStep', 'ALREADY_ESCALATED'],
      ['oneThing.advance', 'ONE_THING_NOTHING_DUE'],
    ] as const) {
      expect(outcomeOf(command, contract(code))).to.deep.equal({ kind: 'alreadyDone', code });
    }
  });

  it('is to look again after a conflict, also over numbers that were taken', () => {
    const conflict = outcomeOf('case.lapseStep', invalid(11, 'MVCC_READ_CONFLICT'));
    expect(conflict).to.deep.equal({ kind: 'lookAgain', code: 'MVCC_READ_CONFLICT' });
    expect(outcomeOf('oneThing.advance', contract('ALREADY_EXISTS')).kind).to.equal('lookAgain');
  });

  it('is to look again when other peers are ahead of the own one and say that it is done', () => {
    const ahead = (...messages: string[]) => {
      const peers = messages.map((message) => ({ address: 'a', mspId: 'A', message }));
      return new GatewayError('ENDORSEMENT_FAILED', 'no', { details: { peers } });
    };
    const done =
      'chaincode response 500, ALREADY_EXISTS: The record exists already.\n{"cardId":"c"}';
    const mismatch = 'ProposalResponsePayloads do not match';
    const code = 'ALREADY_EXISTS';
    for (const error of [ahead(done, done), ahead(mismatch, done)]) {
      expect(outcomeOf('card.raise', error)).to.deep.equal({ kind: 'lookAgain', code });
    }
    expect(outcomeOf('oneThing.advance', ahead(done))).to.deep.equal({ kind: 'lookAgain', code });
    const failed = { kind: 'failed', code: 'ENDORSEMENT_FAILED' };
    expect(outcomeOf('case.lapseStep', ahead(done)), 'not its code').to.deep.equal(failed);
    expect(outcomeOf('card.raise', ahead(mismatch))).to.deep.equal(failed);
    expect(outcomeOf('card.raise', ahead())).to.deep.equal(failed);
  });

  it('is a refusal or a failure by its code otherwise', () => {
    const early = outcomeOf('card.raise', contract('CARD_NOT_DUE'));
    expect(early).to.deep.equal({ kind: 'refused', code: 'CARD_NOT_DUE' });
    const other = outcomeOf('card.raise', invalid(10, 'ENDORSEMENT_POLICY_FAILURE'));
    expect(other).to.deep.equal({ kind: 'failed', code: 'ENDORSEMENT_POLICY_FAILURE' });
    const away = outcomeOf('card.raise', new GatewayError('PEER_UNAVAILABLE', 'away'));
    expect(away).to.deep.equal({ kind: 'failed', code: 'PEER_UNAVAILABLE' });
    expect(outcomeOf('card.raise', new TypeError('bug'))).to.deep.equal({
      kind: 'failed',
      code: 'INTERNAL',
    });
  });
});
