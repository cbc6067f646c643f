import { dateOfDay, dayNumber } from './days';

/**
 * How the ledger bounds the time of an act from both sides (docs/adr/0014-time-of-an-act.md). Seconds, and instants
 * `YYYY-MM-DDTHH:mm:ss.sssZ`; integer arithmetic only.
 */

/**
 * By how much a peer lets a proposal's time differ from its own clock, and a limit must have passed before an act against
 * whoever missed it counts, where the year's calendar says nothing else. It is also the most that peers may be given.
 */
export const defaultWindowSeconds = 300;

/** The beacon's periods. */
export const periodSeconds = 120;
/**
 * An act of a period is refused once the beacon shows the period so many later. A beacon can be stamped a window ahead
 * (2.5 periods), and an act be endorsed a window after its own time; that leaves a period to commit it, and one for the
 * rounding. In return nobody can hold an act for longer than 14 minutes while others go on.
 */
export const periodsKept = 7;
/** Number of slots to which the beacon writes its periods in turn. */
export const beaconSlots = 64;
/**
 * How far ahead of the newest period pending acts may read slots: {@link periodsKept} and a window (2.5 periods), with a
 * beacon that is a window behind. The beacon leaves these slots alone, whatever old period they still hold.
 */
export const periodsLookedAhead = 12;

const secondsOfDay = 86_400;
const secondsAheadOfUtc = 8 * 3_600;

/** Whole seconds since 1970 of an instant. */
export function secondsOf(at: string): number {
  const [hours, minutes, seconds] = [at.slice(11, 13), at.slice(14, 16), at.slice(17, 19)];
  const time = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return dayNumber(at.slice(0, 10)) * secondsOfDay + time;
}

/** The instant of whole seconds since 1970. */
export function instantOf(seconds: number): string {
  const day = Math.floor(seconds / secondsOfDay);
  const rest = seconds - day * secondsOfDay;
  const two = (value: number) => Math.floor(value).toString().padStart(2, '0');
  const time = `${two(rest / 3_600)}:${two((rest % 3_600) / 60)}:${two(rest % 60)}`;
  return `${dateOfDay(day)}T${time}.000Z`;
}

/** The period of an instant. */
export const periodOf = (at: string): number => Math.floor(secondsOf(at) / periodSeconds);

/** The slot in which the beacon records a period. */
export const slotOf = (period: number): number => period % beaconSlots;

/** The latest instant that has passed on every clock when an act is stamped `at`. */
export function settledAt(at: string, windowSeconds: number): string {
  return instantOf(secondsOf(at) - windowSeconds).slice(0, 20) + at.slice(20);
}

/** The instant from which a limit that ends with a day (Asia/Shanghai) has passed on every clock. */
export function passedFrom(dueOn: string, windowSeconds: number): string {
  return instantOf((dayNumber(dueOn) + 1) * secondsOfDay - secondsAheadOfUtc + windowSeconds);
}
