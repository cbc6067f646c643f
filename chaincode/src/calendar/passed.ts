import type { Member } from '../kernel/caller';
import type { Now } from '../kernel/chain';
import { shanghaiDate, yearOf } from '../kernel/days';
import { defaultWindowSeconds, passedFrom, settledAt } from '../kernel/ledger-time';
import type { CalendarLookup } from './working-days';

/**
 * The seconds by which a limit must have passed before an act against whoever missed it is accepted. The time of an act is
 * set by its signer, and peers accept it within this window of their own clocks: without the margin a signer could claim
 * that midnight had passed already. The year's calendar in force sets the window.
 */
function windowOf(at: string, calendar: CalendarLookup): number {
  return calendar(yearOf(shanghaiDate(at)))?.days.windowSeconds ?? defaultWindowSeconds;
}

/** The latest instant, and its day, that has passed on every clock: one window before the act. */
export function settledNow({ at }: Pick<Member, 'at'>, calendar: CalendarLookup): Now {
  const settled = settledAt(at, windowOf(at, calendar));
  return { at: settled, today: shanghaiDate(settled) };
}

/** Why a limit counts as not passed yet: the day of the act, and the instant from which it counts as passed. */
export interface StillRunning {
  readonly today: string;
  readonly from: string;
}

/** Says why a limit that ends with the day `dueOn` has not passed yet; undefined once it has, on every clock. */
export function stillRuns(
  dueOn: string,
  member: Pick<Member, 'at'>,
  calendar: CalendarLookup,
): StillRunning | undefined {
  if (settledNow(member, calendar).today > dueOn) return undefined;
  const from = passedFrom(dueOn, windowOf(member.at, calendar));
  return { today: shanghaiDate(member.at), from };
}
