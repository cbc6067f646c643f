import { subjectKinds, type SubjectKind } from '@yici/api';
import { shanghaiDate, type CaseRecord } from '@yici/domain/model';
import { z } from 'zod';
import { indexKeys } from '../index-store/keys.js';
import { keyOf } from '../store/state-store.js';
import type { IndexEntry } from '../index-store/index-entry.js';
import type { Family, LabelOf, NumberOf } from './families.js';

/** One stored fact: a covering row, so that a figure needs one scan of the days it is about. */
export const factSchema = z.strictObject({
  /** The day it counts on, in Asia/Shanghai. */
  day: z.string(),
  /** The last day of a lasting fact; absent while it lasts. */
  until: z.string().optional(),
  /** Something not done yet: it counts once `day` is over. */
  open: z.literal(true).optional(),
  subject: z.strictObject({ kind: z.enum(subjectKinds), id: z.string() }),
  /** Departments that may see the record behind it; absent: everybody. */
  parties: z.array(z.string()).optional(),
  labels: z.record(z.string(), z.string()),
  numbers: z.record(z.string(), z.number()),
  /** What ran, or runs: its instants, and the days that held it. Its `hours` depend on the period that is asked for. */
  span: z
    .strictObject({
      from: z.string(),
      to: z.string().optional(),
      held: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    })
    .optional(),
  /** The month in which it became known as it is, where that is after the month of its day. */
  since: z.string().optional(),
  /** Of a fact that an act has changed or taken back: the month of that act. */
  till: z.string().optional(),
});
export type Fact = z.infer<typeof factSchema>;

/** A fact of one family as returned by the pure functions; undefined values do not apply. */
export interface FactOf<F extends Family> {
  readonly day: string;
  readonly until?: string | undefined;
  readonly open?: boolean | undefined;
  readonly subject: SubjectKind;
  readonly id: string;
  /** Distinguishes the facts of one subject. */
  readonly part?: string | undefined;
  readonly parties?: readonly string[] | undefined;
  readonly labels: Partial<Record<LabelOf<F>, string | undefined>>;
  readonly numbers: Partial<Record<NumberOf<F>, number | undefined>>;
  readonly span?: Fact['span'];
}

/** A fact and its key in the store. */
export interface PlacedFact {
  readonly key: string;
  readonly fact: Fact;
}

export const statIndex = (family: Family): string => `stat.${family}`;
/** The index of what a family's facts were at the end of former months: the same keys, with the month in which each changed. */
export const pastIndex = (family: Family): string => `past.${family}`;
const pastKey = (key: string, till: string): string => keyOf(key.replace('stat.', 'past.'), till);
/** The key under which a past fact stood. */
export const keyBefore = (key: string): string =>
  key.replace('past.', 'stat.').slice(0, key.lastIndexOf('\u0000'));

/** The first month at whose end a fact counted as it is. */
export const knownFrom = ({ day, since = '' }: Pick<Fact, 'day' | 'since'>): string => {
  const month = day.slice(0, 7);
  return since > month ? since : month;
};

type FactEntry = Required<IndexEntry>;

/** A fact as an act of a month leaves it: a report of an earlier month does not count it like this. */
export const rowSince = ({ fact: one, value }: FactEntry, month: string): string =>
  month > one.day.slice(0, 7) ? JSON.stringify({ ...one, since: month }) : value;

/**
 * What is kept of a fact that an act of a month changes or takes back: nothing, unless it stood at the end of an earlier
 * month. `stored` reads its row, which is seldom needed: most facts change in the month of their day.
 */
export function pastOf(
  { key, fact: one }: FactEntry,
  stored: () => string | undefined,
  month: string,
): IndexEntry[] {
  const row = one.day.slice(0, 7) < month ? stored() : undefined;
  if (row === undefined) return [];
  const was = factSchema.parse(JSON.parse(row));
  if (knownFrom(was) >= month) return [];
  return [
    { type: 'put', key: pastKey(key, month), value: JSON.stringify({ ...was, till: month }) },
  ];
}

/** Checks names against the family at compile time, and builds the fact's key: family, day, subject, part. */
export function fact<F extends Family>(family: F, given: FactOf<F>): PlacedFact {
  const { day, until, open, subject, id, part = '', parties, span } = given;
  return {
    key: indexKeys.entry(statIndex(family), day, subject, id, part),
    fact: {
      day,
      ...(until === undefined ? {} : { until }),
      ...(open === true ? { open } : {}),
      subject: { kind: subject, id },
      ...(parties === undefined ? {} : { parties: [...parties] }),
      labels: defined(given.labels),
      numbers: defined(given.numbers),
      ...(span === undefined ? {} : { span }),
    },
  };
}

/** A plain loop because it runs for every act of every case. */
function defined<T>(values: Readonly<Record<string, T | undefined>>): Record<string, T> {
  const kept: Record<string, T> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** The index rows of facts. */
export function factEntries(facts: readonly PlacedFact[]): FactEntry[] {
  return facts.map(({ key, fact: one }) => ({
    type: 'put',
    key,
    value: JSON.stringify(one),
    fact: one,
  }));
}

export const yes = (holds: boolean): 0 | 1 => (holds ? 1 : 0);
/** The day of an instant, if there is one. */
export const dayOf = (at: string | undefined): string | undefined =>
  at === undefined ? undefined : shanghaiDate(at);

/** What the facts of a case have in common. */
export const aboutCase = ({
  caseNo,
  parties,
}: CaseRecord): Pick<FactOf<'filed'>, 'subject' | 'id' | 'parties'> => ({
  subject: 'case',
  id: caseNo,
  parties,
});
