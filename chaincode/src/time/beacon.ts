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

/** The slot that an act reads: the one of the period from which the act is too old. Only the beacon writes it. */
export function watchedSlot(at: string): number {
  return slotOf(periodOf(at) + periodsKept);
}

/**
 * Refuses an act that was held back for too long. One that was simulated before the beacon wrote the slot read its older
 * value, and becomes a conflict when it is committed.
 * @throws ContractError ACT_TOO_OLD
 */
export function requireRecent(slot: BeaconSlotRecord | undefined, at: string): void {
  if (slot === undefined || periodOf(slot.from) < periodOf(at) + periodsKept) return;
  throw new ContractError('ACT_TOO_OLD', { at, shown: slot.from });
}

/**
 * A gateway records that a period has begun. Every slot since the newest recorded period is written, so that no act waits
 * for one that was left out; after a long pause all slots but those that present acts read, which the next periods write.
 * When two gateways do this at once, one conflicts or is refused.
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
