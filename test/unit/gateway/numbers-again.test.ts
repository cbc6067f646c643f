import {
  numbersAgain,
  NumberBooks,
  returnNumbers,
  withNumbers,
  type NumberSources,
} from '@yici/gateway/testing';
import { expect } from 'chai';
import { by, foundEverything, morning, submission, taskCode } from '../chaincode/support/story.js';
import { IndexedLedger } from './support/indexed-ledger.js';

type Transaction = Parameters<typeof numbersAgain>[1];

const today = '2026-03-02';
const number = (sequence: number): string => `${taskCode}-20260302-000${sequence}`;

/** A filing that the gateway numbered; whose id makes the gateway skip no number. */
const filed = (state: Transaction['state'], more: Partial<Transaction> = {}): Transaction =>
  ({
    ...{ state, command: 'case.submit', issuedCaseNo: true, owner: 'a', txId: '00000000' },
    ...{ input: { taskCode, caseNo: number(1) }, ...more },
  }) as Transaction;

describe('the number of the next attempt', () => {
  let indexed: IndexedLedger;
  let sources: NumberSources;

  beforeEach(async () => {
    indexed = await IndexedLedger.open();
    await foundEverything(indexed.ledger);
    await indexed.indexAll();
    sources = {
      books: new NumberBooks(),
      index: indexed.index,
      now: () => new Date(morning(today)),
      place: () => ({ position: 0, count: 1 }),
    };
  });
  afterEach(() => indexed.close());

  /** Somebody files under these numbers. */
  async function taken(...sequences: readonly number[]): Promise<void> {
    for (const sequence of sequences) {
      const filing = { ...submission(), caseNo: number(sequence) };
      await indexed.run('case.submit', filing, by('data.clerk1', morning(today)));
    }
  }

  it('is the same after a conflict, and another in its stead where a case has it', async () => {
    expect(numbersAgain(sources, filed('submitted'), true)).to.deep.equal({
      input: { taskCode, caseNo: number(1) },
      orderedCaseNo: number(1),
    });
    await taken(1);
    expect(numbersAgain(sources, filed('submitted'), true)).to.deep.equal({
      input: { taskCode, caseNo: number(2), insteadOf: number(1) },
      orderedCaseNo: number(1),
    });
  });

  it('replaces nothing where none was ordered', async () => {
    await taken(1);
    expect(numbersAgain(sources, filed('refused'), false)).to.deep.equal({
      input: { taskCode, caseNo: number(2) },
    });
  });

  it('stands for the ordered one when that was taken after the conflict, however often it is refused', async () => {
    await taken(1);
    const kept = filed('refused', { orderedCaseNo: number(1) });
    const input = { taskCode, caseNo: number(2), insteadOf: number(1) };
    expect(numbersAgain(sources, kept, false)).to.deep.equal({ input, orderedCaseNo: number(1) });
    await taken(2);
    const other = filed('refused', { orderedCaseNo: number(1), input });
    expect(numbersAgain(sources, other, false)).to.deep.equal({
      input: { ...input, caseNo: number(3) },
      orderedCaseNo: number(1),
    });
  });

  it('is the caller’s where the caller gave it', async () => {
    const input = { taskCode, caseNo: number(7) };
    await taken(7);
    const given = filed('submitted', { issuedCaseNo: false, input });
    expect(numbersAgain(sources, given, true)).to.deep.equal({ input });
  });

  describe('of a filing that was refused', () => {
    const error = {
      code: 'MATERIAL_MISSING',
      detail: '',
      source: 'contract',
      details: {},
    } as const;
    const refused = (caseNo: unknown, code: string = error.code, owner = 'a') =>
      filed('refused', {
        owner,
        input: { taskCode, caseNo },
        error: { ...error, code },
      }) as Parameters<typeof returnNumbers>[1];
    const next = (owner = 'a') =>
      withNumbers(sources, 'case.submit', { taskCode }, { owner })['caseNo'];

    it('is the next filing’s: the numbers of what is on the ledger follow each other', async () => {
      const first = next();
      returnNumbers(sources, refused(first));
      expect(next()).to.equal(first);
      await taken(1);
      expect(next()).to.equal(number(2));
    });

    it('is given to one alone where several file at once', () => {
      expect([next('a'), next('b'), next('c')]).to.deep.equal([number(1), number(2), number(3)]);
      returnNumbers(sources, refused(number(2), error.code, 'b'));
      expect([next('d'), next('e')]).to.deep.equal([number(2), number(4)]);
    });

    it('stays with whoever filed under it before, though the index does not have that case yet', () => {
      const mine = next();
      returnNumbers(sources, refused(mine, 'ALREADY_EXISTS'));
      expect(next()).to.equal(number(2));
    });

    it('is the lowest that is free after a restart', () => {
      next();
      const restarted = { ...sources, books: new NumberBooks() };
      expect(
        withNumbers(restarted, 'case.submit', { taskCode }, { owner: 'a' })['caseNo'],
      ).to.equal(number(1));
    });
  });
});
