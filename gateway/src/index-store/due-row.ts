import { dateOfDay, dayNumber } from '@yici/domain/model';
import { z } from 'zod';
import { entry, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';

/** The index of due acts: day, subject, command, part. All acts due on a day are one short range. */
export const dueIndex = 'due';

/** What any member may have done once the day has come, as a command of the contract. */
const dueCommands = [
  'case.deemAccepted',
  'case.deemWithdrawn',
  'case.lapseStep',
  'card.raise',
  'card.raiseOther',
  'oneThing.advance',
  'matter.markForReview',
  'sharing.end',
  'sharing.purgeExpired',
] as const;
export type DueCommand = (typeof dueCommands)[number];

export const dueRowSchema = z.strictObject({
  command: z.enum(dueCommands),
  /** The subject: due acts with the same subject are done one after the other. */
  about: z.string(),
  /** The known part of the command's input. */
  input: z.record(z.string(), z.unknown()),
  /** For a card: red from this day on, yellow before; absent: never red. */
  redFrom: z.string().nullable(),
});
export type DueRow = z.infer<typeof dueRowSchema>;

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
  return all.map(({ from, command, part = '', input, redFrom = null }) => {
    const row: DueRow = { command, about, input, redFrom };
    return entry(indexKeys.entry(dueIndex, from, about, command, part), JSON.stringify(row));
  });
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
