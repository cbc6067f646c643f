import { actorOf, eventOf, type Rule } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import {
  beaconSlots,
  instantOf,
  periodOf,
  periodSeconds,
  periodsKept,
  periodsLookedAhead,
  slotOf,
} from '../kernel/ledger-time';
import type { BeaconRecord, BeaconSlotRecord } from './records';

const beginningOf = (period: number): string => instantOf(period * periodSeconds);

/** The slot that an act looks at: that of the period with which it is over. Acts only read it; the beacon writes it. */
export function watchedSlot(at: string): number {
  return slotOf(periodOf(at) + periodsKept);
}

/**
 * An act that has been on its way for too long. Whoever simulated it earlier read the slot before the beacon wrote it, and
 * ends as a conflict when it is committed.
 * @throws ContractError ACT_TOO_OLD
 */
export function requireRecent(slot: BeaconSlotRecord | undefined, at: string): void {
  if (slot === undefined || periodOf(slot.from) < periodOf(at) + periodsKept) return;
  throw new ContractError('ACT_TOO_OLD', { at, shown: slot.from });
}

/**
 * A gateway shows that time has come to a period: every slot since the newest one is written, so that no act watches one
 * that was passed over; after a long rest all of the ring but what acts of the present watch, which the next periods write.
 * Rivals are harmless: of two, one conflicts or finds it done.
 * @throws ContractError BEACON_NOT_DUE
 */
export const showPeriod: Rule<
  'time.beacon',
  { readonly newest: BeaconRecord | undefined },
  BeaconRecord
> = (state, _input, member) => {
  const { at } = member;
  const period = periodOf(at);
  const newest = state.newest === undefined ? -1 : periodOf(state.newest.from);
  if (period <= newest)
    throw new ContractError('BEACON_NOT_DUE', { at, shown: state.newest?.from });
  const first = Math.max(newest + 1, period - beaconSlots + periodsLookedAhead + 1);
  const passed = Array.from({ length: period - first + 1 }, (_, index) => first + index);
  return {
    main: { kind: 'beacon', v: 1, from: beginningOf(period), by: actorOf(member), at },
    also: passed.map((each) => ({
      ...{ kind: 'beaconSlot', v: 1, slot: slotOf(each), from: beginningOf(each) },
    })),
    event: eventOf('time.beacon', member, at),
  };
};
