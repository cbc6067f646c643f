import type { BeaconRecord, BeaconSlotRecord, CardRecord, CaseRecord } from '@yici/domain/model';
import {
  beaconSlots,
  instantOf,
  passedFrom,
  periodsLookedAhead,
  periodOf,
  periodSeconds,
  periodsKept,
  secondsOf,
  settledAt,
  slotOf,
} from '@yici/domain/model';
import { requireRecent, showPeriod, stillRuns, watchedSlot } from '@yici/domain/rules';
import { expect } from 'chai';
import fc from 'fast-check';
import { ContractLedger } from './support/contract-ledger.js';
import { RuleLedger } from './support/ledger.js';
import { by, caseNo, expectRefusal, foundEverything, submission } from './support/story.js';

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

  it('is shown once a period, and does not go back', () => {
    const { main } = shown(at(start));
    for (const seconds of [0, periodSeconds - 1, -periodSeconds]) {
      expectRefusal(new RuleLedger(), 'BEACON_NOT_DUE', () => shown(at(start + seconds), main));
    }
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
    expectRefusal(new RuleLedger(), 'ACT_TOO_OLD', () => {
      requireRecent(slot(end), time);
    });
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
    const ledger = new ContractLedger();
    await foundEverything(ledger);
    await ledger.run('time.beacon', {}, by('data.gateway', at(start + 900)));
    let code = '';
    await ledger
      .run('case.submit', submission(), by('hrss.clerk1', at(start)))
      .catch((error: unknown) => {
        code = (error as { code: string }).code;
      });
    expect(code).to.equal('ACT_TOO_OLD');
    await ledger.run('case.submit', submission(), by('hrss.clerk1', at(start + 120)));
  });
});

describe('a limit that somebody missed', () => {
  const dueOn = '2026-03-09';
  const days = { offDays: [], makeUpDays: [] };

  it('has passed for an act against them only after the window that the calendar sets', () => {
    const asked = (time: string, windowSeconds?: number) =>
      stillRuns(dueOn, { at: time }, () => ({
        version: 1,
        days: windowSeconds === undefined ? days : { ...days, windowSeconds },
      }));
    expect(asked('2026-03-09T16:04:59.999Z')).to.deep.equal({
      today: '2026-03-10',
      from: '2026-03-09T16:05:00.000Z',
    });
    expect(asked('2026-03-09T16:05:00.000Z')).to.equal(undefined);
    expect(asked('2026-03-09T16:00:09.000Z', 10)?.from).to.equal('2026-03-09T16:00:10.000Z');
    expect(asked('2026-03-09T16:00:10.000Z', 10)).to.equal(undefined);
    expect(stillRuns(dueOn, { at: '2026-03-09T16:04:00.000Z' }, () => undefined)).to.not.equal(
      undefined,
    );
  });

  it('is not missed because a rival’s clock was ahead', async () => {
    const ledger = new RuleLedger();
    await foundEverything(ledger);
    ledger.run('case.submit', submission(), by('hrss.clerk1'));
    const { replyBy } = ledger.get('case', caseNo)!;
    const last = `${replyBy}T15:59:00.000Z`;
    ledger.run('case.receive', { caseNo }, by('offices.clerk1', `${replyBy}T16:03:00.000Z`));
    expectRefusal(ledger, 'DEEMED_ACCEPTANCE_NOT_DUE', () =>
      ledger.run('case.deemAccepted', { caseNo }, by('hrss.clerk1', `${replyBy}T16:04:00.000Z`)),
    );
    expectRefusal(ledger, 'CARD_NOT_DUE', () =>
      ledger.run(
        'card.raise',
        { caseNo, what: 'reply', colour: 'red' },
        by('hrss.clerk1', `${replyBy}T16:04:00.000Z`),
      ),
    );
    const record = ledger.run('case.accept', { caseNo }, by('offices.clerk1', last)) as CaseRecord;
    expect(record.acceptance).to.include({ at: last, on: replyBy });
    expect(record.updatedAt).to.equal(`${replyBy}T16:03:00.000Z`);
  });

  it('gets its card once it has passed by more than the window', async () => {
    const ledger = new RuleLedger();
    await foundEverything(ledger);
    ledger.run('case.submit', submission(), by('hrss.clerk1'));
    const { replyBy } = ledger.get('case', caseNo)!;
    const card = ledger.run(
      'card.raise',
      { caseNo, what: 'reply', colour: 'red' },
      by('hrss.clerk1', `${replyBy}T16:05:00.000Z`),
    ) as CardRecord;
    expect(card.clock.dueOn).to.equal(replyBy);
  });
});
