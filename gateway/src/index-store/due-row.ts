import { dateOfDay, dayNumber } from '@yici/domain/model';
import type { IndexEntry } from './index-entry.js';
import type { DueRow } from './model.js';
import { rowIndexes } from './row-indexes.js';

/** An act that becomes due on a day. */
export interface Due extends Omit<DueRow, 'redFrom' | 'about'> {
  readonly from: string;
  /** Distinguishes entries with the same command and subject. */
  readonly part?: string;
  readonly redFrom?: string;
}

/** The first day after the limit. */
export const after = (dueOn: string): string => dateOfDay(dayNumber(dueOn) + 1);

export function dueEntries(about: string, all: readonly Due[]): IndexEntry[] {
  return all.flatMap(({ from, command, part = '', input, redFrom = null }) =>
    rowIndexes.due.entries({ command, about, input, redFrom }, [[from, about, command, part]]),
  );
}

/** Whether the card of a clock, possible from a given day on, has been raised. */
export type Raised<Clock> = (clock: Clock, colour: 'yellow' | 'red', from: string) => boolean;

/**
 * The days of the next card: the yellow one, then the red one, then none. `held` is the day until which a special
 * procedure postpones both; cards raised before the procedure began still count.
 */
export function nextCard<Clock extends { readonly dueOn: string }>(
  clock: Clock,
  yellow: string,
  raised: Raised<Clock>,
  held = '',
): { readonly from: string; readonly redFrom: string } | undefined {
  const late = after(clock.dueOn);
  if (raised(clock, 'red', late)) return undefined;
  const redFrom = late > held ? late : held;
  const yellowDay = yellow > held ? yellow : held;
  return { from: raised(clock, 'yellow', yellow) ? redFrom : yellowDay, redFrom };
}
