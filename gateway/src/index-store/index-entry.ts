import type { z } from 'zod';
import { conforming } from './conforms.js';

/** One covering index entry: its key, and the row it answers with. It is the change that puts it: there are very many. */
export interface IndexEntry {
  readonly type: 'put';
  readonly key: string;
  readonly value: string;
  /** A fact: whether it is there depends on its record alone. */
  readonly fact?: true;
}

export const entry = (key: string, value: string): IndexEntry => ({ type: 'put', key, value });

/** An entry that only leads to a row which stands elsewhere, once. */
export const keyOnly = (key: string): IndexEntry => entry(key, '');

/** Reads a record that the same block may have changed already. */
export type RecordLookup = (objectType: string, ...attributes: string[]) => string | undefined;

/** The view of whoever sees every case; a department's view is its id. No department id begins with a star. */
export const everyView = '*';
/** Sorts behind every day. */
export const noDay = '9999-12-31';

/** Turns a record of one kind into its entries. `until` is a day behind which nothing has happened yet. */
export type Indexer = (value: unknown, lookup: RecordLookup, until: string) => IndexEntry[];

/** An indexer of records that are what their schema says. */
export function indexer<T>(
  schema: z.ZodType<T>,
  entries: (record: T, lookup: RecordLookup, until: string) => IndexEntry[],
): Indexer {
  // A record that is not what its kind says gets no entries: it can still be read, it does not stop the index.
  const conforms = conforming(schema);
  return (value, lookup, until) => {
    const record = conforms(value);
    return record === undefined ? [] : entries(record, lookup, until);
  };
}
