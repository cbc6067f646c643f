import type { z } from 'zod';
import { conforming } from './conforms.js';

/**
 * A covering index entry: its key and row. It has the form of a store change to avoid a conversion, because there are
 * very many.
 */
export interface IndexEntry {
  readonly type: 'put';
  readonly key: string;
  readonly value: string;
  /** A fact: it depends on its record alone. */
  readonly fact?: true;
}

export const entry = (key: string, value: string): IndexEntry => ({ type: 'put', key, value });

/** An entry without a row; the row is stored once elsewhere. */
export const keyOnly = (key: string): IndexEntry => entry(key, '');

/** Reads a record, including changes of the block being applied. */
export type RecordLookup = (objectType: string, ...attributes: string[]) => string | undefined;

/** The view of all cases; a department's view is its id. No department id starts with an asterisk. */
export const everyView = '*';
/** Sorts after every day. */
export const noDay = '9999-12-31';

/** Computes the entries of a record. `until` is a day up to which all acts are known. */
export type Indexer = (value: unknown, lookup: RecordLookup, until: string) => IndexEntry[];

/** An indexer that runs only for records that conform to their schema. */
export function indexer<T>(
  schema: z.ZodType<T>,
  entries: (record: T, lookup: RecordLookup, until: string) => IndexEntry[],
): Indexer {
  // A malformed record gets no entries: it can still be read, and it does not stop the index.
  const conforms = conforming(schema);
  return (value, lookup, until) => {
    const record = conforms(value);
    return record === undefined ? [] : entries(record, lookup, until);
  };
}
