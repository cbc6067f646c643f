import type { Member } from '../kernel/caller';
import type { Now } from '../kernel/chain';
import { shanghaiDate, yearOf } from '../kernel/days';
import { defaultWindowSeconds, passedFrom, settledAt } from '../kernel/ledger-time';
import type { CalendarLookup } from './working-days';

/**
 * An act against whoever missed a limit counts only once the limit has passed by more than the window in which clocks may
 * differ: the time of an act is what its signer says, and peers take what is no further from their clocks. So nobody stamps
 * midnight early. The window is the one that the year's calendar in force sets.
 */
function windowOf(at: string, calendar: CalendarLookup): number {
  return calendar(yearOf(shanghaiDate(at)))?.days.windowSeconds ?? defaultWindowSeconds;
}

/** The instant and the day that have surely come: a window before the act. */
export function settledNow({ at }: Pick<Member, 'at'>, calendar: CalendarLookup): Now {
  const settled = settledAt(at, windowOf(at, calendar));
  return { at: settled, today: shanghaiDate(settled) };
}

/** Why a limit counts as running still: the act's day, and the instant from which it has surely passed. */
export interface StillRunning {
  readonly today: string;
  readonly from: string;
}

/** Whether the limit that ends with a day still runs for an act against whoever has it; undefined once it surely passed. */
export function stillRuns(
  dueOn: string,
  member: Pick<Member, 'at'>,
  calendar: CalendarLookup,
): StillRunning | undefined {
  if (settledNow(member, calendar).today > dueOn) return undefined;
  const from = passedFrom(dueOn, windowOf(member.at, calendar));
  return { today: shanghaiDate(member.at), from };
}
