import { ClockWatch } from '@yici/ledger';
import { expect } from 'chai';
import fc from 'fast-check';

/** Who stands out, by number in the chain. */
function remarks(times: readonly number[]) {
  const watch = new ClockWatch<number>();
  return times.flatMap((seconds, act) => watch.add({ act, seconds }));
}

describe('the times of a chain’s acts', () => {
  it('may differ as clocks do, and rest as long as nobody acts', () => {
    const skews = fc.array(fc.tuple(fc.nat(100_000), fc.nat(149)), { maxLength: 50 });
    fc.assert(
      fc.property(skews, (steps) => {
        let now = 0;
        const times = steps.map(([passed, skew]) => (now += passed) + skew);
        expect(remarks(times)).to.deep.equal([]);
      }),
    );
  });

  it('show an act that was held back, or dated back, by how much it lags', () => {
    expect(remarks([0, 10, 20, 30, 40, 3600, 3610, 3620, 50, 3630, 3640])).to.deep.equal([
      { act: 8, how: 'lags', seconds: 3550 },
    ]);
  });

  it('show an act that was dated ahead by those that come after it, and none of these', () => {
    expect(remarks([0, 10, 20, 4000, 30, 40, 50, 60, 70, 80])).to.deep.equal([
      { act: 3, how: 'leads', seconds: 3950 },
    ]);
  });
});
