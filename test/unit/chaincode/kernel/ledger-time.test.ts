import { instantOf, passedFrom, secondsOf, settledAt } from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';

describe('instants of the ledger', () => {
  it('are counted as every calendar counts them, to the second', () => {
    const seconds = fc.integer({ min: secondsOf('2000-01-01T00:00:00.000Z'), max: 7_000_000_000 });
    fc.assert(
      fc.property(seconds, (value) => {
        const iso = new Date(value * 1000).toISOString();
        expect([instantOf(value), secondsOf(iso)]).to.deep.equal([iso, value]);
        expect(settledAt(iso, 300)).to.equal(new Date((value - 300) * 1000).toISOString());
      }),
    );
    expect(settledAt('2026-03-02T16:04:59.999Z', 300)).to.equal('2026-03-02T15:59:59.999Z');
    expect(passedFrom('2026-03-02', 300)).to.equal('2026-03-02T16:05:00.000Z');
  });
});
