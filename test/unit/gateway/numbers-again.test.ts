import { numbersAgain, NumberBooks, type NumberSources } from '@yici/gateway/testing';
import { expect } from 'chai';

type Transaction = Parameters<typeof numbersAgain>[1];

const number = (sequence: number): string => `LEASE1-20260302-000${sequence}`;

/** What the gateway knows when these numbers are in its index. */
function knowing(...taken: readonly number[]): NumberSources {
  const numbers = taken.map(number);
  const has = (kind: string, id: string) => kind === 'matterHead' || numbers.includes(id);
  return {
    books: new NumberBooks(),
    index: { has, record: () => undefined, transaction: () => undefined },
    now: () => new Date('2026-03-02T01:00:00Z'),
    place: () => ({ position: 0, count: 1 }),
  };
}

/** A filing that the gateway numbered; whose id makes the gateway skip no number. */
const filed = (state: Transaction['state'], more: Partial<Transaction> = {}): Transaction =>
  ({
    ...{ state, command: 'case.submit', issuedCaseNo: true, owner: 'a', txId: '00000000' },
    ...{ input: { taskCode: 'LEASE1', caseNo: number(1) }, ...more },
  }) as Transaction;

describe('the number of the next attempt', () => {
  it('is the same after a conflict, and another in its stead where a case has it', () => {
    expect(numbersAgain(knowing(), filed('submitted'), true)).to.deep.equal({
      input: { taskCode: 'LEASE1', caseNo: number(1) },
      orderedCaseNo: number(1),
    });
    expect(numbersAgain(knowing(1), filed('submitted'), true)).to.deep.equal({
      input: { taskCode: 'LEASE1', caseNo: number(2), insteadOf: number(1) },
      orderedCaseNo: number(1),
    });
  });

  it('replaces nothing where none was ordered', () => {
    expect(numbersAgain(knowing(1), filed('refused'), false)).to.deep.equal({
      input: { taskCode: 'LEASE1', caseNo: number(2) },
    });
  });

  it('stands for the ordered one when that was taken after the conflict, however often it is refused', () => {
    const kept = filed('refused', { orderedCaseNo: number(1) });
    expect(numbersAgain(knowing(1), kept, false)).to.deep.equal({
      input: { taskCode: 'LEASE1', caseNo: number(2), insteadOf: number(1) },
      orderedCaseNo: number(1),
    });
    const input = { taskCode: 'LEASE1', caseNo: number(2), insteadOf: number(1) };
    const other = filed('refused', { orderedCaseNo: number(1), input });
    expect(numbersAgain(knowing(1, 2), other, false)).to.deep.equal({
      input: { ...input, caseNo: number(3) },
      orderedCaseNo: number(1),
    });
  });

  it('is the caller’s where the caller gave it', () => {
    const input = { taskCode: 'LEASE1', caseNo: number(7) };
    const given = filed('submitted', { issuedCaseNo: false, input });
    expect(numbersAgain(knowing(7), given, true)).to.deep.equal({ input });
  });
});
