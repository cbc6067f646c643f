import type { BeaconRecord, BeaconSlotRecord } from '@yici/domain/model';
import {
  beaconSlots,
  ContractError,
  instantOf,
  periodsLookedAhead,
  periodOf,
  periodSeconds,
  periodsKept,
  secondsOf,
  slotOf,
} from '@yici/domain/model';
import { requireRecent, showPeriod, watchedSlot } from '@yici/domain/rules';
import { expect } from 'chai';
import fc from 'fast-check';
import { RuleLedger } from '../support/ledger.js';
import { by, expectRefusal, foundEverything, submission } from '../support/story.js';

const at = (seconds: number) => instantOf(seconds);
const start = secondsOf('2026-03-02T01:00:00.000Z');
const member = (time: string) => ({
  ...by('data.gateway', time),
  department: 'data',
  txId: '0'.repeat(64),
});
/** The beacon at a time, after another. */
const shown = (time: string, newest?: BeaconRecord) => {
  const { main, also } = showPeriod({ newest }, {}, member(time));
  return { main, slots: also as readonly BeaconSlotRecord[] };
};

describe('the beacon', () => {
  it('writes every slot since the newest, and after a long rest all but what acts of the present watch', () => {
    const first = shown(at(start));
    expect(first.slots).to.have.length(beaconSlots - periodsLookedAhead);
    const next = shown(at(start + 3 * periodSeconds), first.main);
    expect(next.slots.map(({ from }) => from)).to.deep.equal(
      [1, 2, 3].map((n) => at(Math.floor(start / periodSeconds + n) * periodSeconds)),
    );
    const { slots } = shown(at(start + 86_400), next.main);
    expect(new Set(slots.map(({ slot }) => slot)).size).to.equal(beaconSlots - periodsLookedAhead);
  });

  it('never writes what an act on its way watches, whatever clocks within the window say', () => {
    const skew = fc.integer({ min: -300, max: 300 });
    const rest = fc.integer({ min: 0, max: 86_400 });
    fc.assert(
      fc.property(fc.nat(86_400), skew, skew, rest, (offset, one, other, rested) => {
        const now = start + offset;
        const before = shown(at(now - rested - 800)).main;
        const { slots } = shown(at(now + one), before);
        // Endorsed up to half a period before the beacon is committed.
        const watched = watchedSlot(at(now + other - periodSeconds / 2));
        expect(slots.map(({ slot }) => slot)).to.not.include(watched);
      }),
    );
  });

  it('is shown once a period, and does not go back', async () => {
    const ledger = new RuleLedger();
    await foundEverything(ledger);
    const show = (seconds: number) =>
      ledger.run('time.beacon', {}, by('data.gateway', at(start + seconds)));
    await show(0);
    for (const seconds of [0, periodSeconds - 1, -periodSeconds]) {
      await expectRefusal(ledger, 'BEACON_NOT_DUE', () => show(seconds));
    }
    await show(periodSeconds);
  });

  it('ends the time of whoever watches the slot, and of nobody else', () => {
    const time = at(start);
    const end = periodOf(time) + periodsKept;
    const slot = (period: number): BeaconSlotRecord => ({
      ...{ kind: 'beaconSlot', v: 1, slot: slotOf(period) },
      from: at(period * periodSeconds),
    });
    expect(watchedSlot(time)).to.equal(slotOf(end));
    requireRecent(undefined, time);
    requireRecent(slot(end - beaconSlots), time);
    expect(() => {
      requireRecent(slot(end), time);
    })
      .to.throw(ContractError)
      .with.property('code', 'ACT_TOO_OLD');
  });

  it('locks out no act of the peers’ window, however far ahead they let it be stamped', () => {
    const instants = fc.tuple(
      fc.integer({ min: 0, max: periodSeconds * beaconSlots }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: periodSeconds }),
    );
    fc.assert(
      fc.property(instants, ([offset, behind, onItsWay]) => {
        const now = start + offset;
        const act = at(now - behind);
        const beacon = shown(at(now + onItsWay + 300));
        const watched = beacon.slots.find(({ slot }) => slot === watchedSlot(act));
        requireRecent(watched, act);
      }),
    );
  });

  it('is what every command looks at, whose act is refused once it is too old', async () => {
    const ledger = new RuleLedger();
    await foundEverything(ledger);
    await ledger.run('time.beacon', {}, by('data.gateway', at(start + 900)));
    await expectRefusal(ledger, 'ACT_TOO_OLD', () =>
      ledger.run('case.submit', submission(), by('hrss.clerk1', at(start))),
    );
    await ledger.run('case.submit', submission(), by('hrss.clerk1', at(start + 120)));
  });
});
