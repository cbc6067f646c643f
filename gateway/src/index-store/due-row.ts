import { dateOfDay, dayNumber } from '@yici/chaincode/model';
import { z } from 'zod';
import { entry, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';

/** The index of what time makes due: day, what it is about, command, part. One short range is all that is due on a day. */
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
  /** What it is about: what is due about one thing is done one after the other. */
  about: z.string(),
  /** The command's input as far as the index knows it. */
  input: z.record(z.string(), z.unknown()),
  /** Of a card: its colour is red from this day on and yellow before; a clock without it is never red. */
  redFrom: z.string().nullable(),
});
export type DueRow = z.infer<typeof dueRowSchema>;

/** What becomes due on a day. */
export interface Due extends Omit<DueRow, 'redFrom' | 'about'> {
  readonly from: string;
  /** Tells it from others of the same command about the same thing. */
  readonly part?: string;
  readonly redFrom?: string;
}

/** The first day that is too late. */
export const after = (dueOn: string): string => dateOfDay(dayNumber(dueOn) + 1);

export function dueEntries(about: string, all: readonly Due[]): IndexEntry[] {
  return all.map(({ from, command, part = '', input, redFrom = null }) => {
    const row: DueRow = { command, about, input, redFrom };
    return entry(indexKeys.entry(dueIndex, from, about, command, part), JSON.stringify(row));
  });
}

/** Whether the card of a clock, which can be raised from a day on, is there. */
export type Raised<Clock> = (clock: Clock, colour: 'yellow' | 'red', from: string) => boolean;

/**
 * The days of the card that is still to be raised: the yellow one, after it the red one, then none. `held` is a day before
 * which a special procedure keeps both back; what was raised before the procedure began is there all the same.
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
