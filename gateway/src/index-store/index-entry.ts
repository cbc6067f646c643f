import { keyKinds, type RecordKind, type RecordOf } from '@yici/domain/model';
import { conforming } from './conforms.js';

/**
 * A covering index entry: its key and row. It has the form of a store change to avoid a conversion, because there are
 * very many.
 */
export interface IndexEntry {
  readonly type: 'put';
  readonly key: string;
  readonly value: string;
  /** The row, if it is a fact: it depends on its record alone. */
  readonly fact?: { readonly day: string };
}

export const entry = (key: string, value: string): IndexEntry => ({ type: 'put', key, value });

/** An entry without a row; the row is stored once elsewhere. */
export const keyOnly = (key: string): IndexEntry => entry(key, '');

/** Reads a record, including changes of the block being applied. */
export type RecordLookup = (objectType: string, ...attributes: string[]) => string | undefined;

/** A record that another one's entries depend on; a malformed one counts as absent. */
export function recordIn<K extends RecordKind>(
  lookup: RecordLookup,
  kind: K,
  ...attributes: string[]
): RecordOf<K> | undefined {
  const text = lookup(keyKinds[kind].objectType, ...attributes);
  return text === undefined ? undefined : keyKinds[kind].schema.safeParse(JSON.parse(text)).data;
}

export const holderOf = (lookup: RecordLookup, name: string): string | undefined =>
  recordIn(lookup, 'functionHolder', name)?.department;

/** The view of all cases; a department's view is its id. No department id starts with an asterisk. */
export const everyView = '*';
/** Sorts after every day. */
export const noDay = '9999-12-31';

/** What the entries of a record depend on besides the record. */
export interface Surroundings {
  readonly lookup: RecordLookup;
  /** A day up to which all acts are known. */
  readonly until: string;
  /** The month of the act. */
  readonly month: string;
  /** The open cases that counted with a year's calendar, of the years whose calendar the block changes. */
  readonly countedWith: (year: string) => readonly string[];
}

export type Indexer = (value: unknown, around: Surroundings) => IndexEntry[];

/** By kind of record: the functions that together give its entries, each in a new array. */
type EntriesByKind = {
  readonly [K in RecordKind]?: readonly ((
    record: RecordOf<K>,
    around: Surroundings,
  ) => IndexEntry[])[];
};

export function indexersOf(byKind: EntriesByKind): ReadonlyMap<string, Indexer> {
  // Object.keys gives texts, whatever the type of the keys.
  const kinds = Object.keys(byKind) as RecordKind[];
  return new Map(kinds.map((kind) => [keyKinds[kind].objectType, indexerOf(kind, byKind[kind])]));
}

function indexerOf<K extends RecordKind>(kind: K, functions: EntriesByKind[K]): Indexer {
  // A malformed record gets no entries: it can still be read, and it does not stop the index.
  const conforms = conforming(keyKinds[kind].schema);
  const [first, ...others] = functions ?? [];
  return (value, around) => {
    const record = conforms(value);
    if (record === undefined || first === undefined) return [];
    const entries = first(record, around);
    for (const more of others) entries.push(...more(record, around));
    return entries;
  };
}
