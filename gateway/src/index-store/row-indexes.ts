import { inboxRowSchema, shareClockRowSchema } from '@yici/api';
import { reviewRecord } from '@yici/domain/model';
import type { z } from 'zod';
import { entry, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';
import { dueRowSchema } from './model.js';

/** A covering index: its entries contain the rows, so that a list is one range scan. */
function rowIndex<Row>(name: string, schema: z.ZodType<Row>) {
  return {
    name,
    /** The entries of a row under several keys; each key is given by its fields. */
    entries: (row: Row, keys: readonly (readonly string[])[]): IndexEntry[] => {
      const value = JSON.stringify(row);
      return keys.map((fields) => entry(indexKeys.entry(name, ...fields), value));
    },
    /** The range of the entries whose keys start with these fields. */
    range: (...fields: readonly string[]) => indexKeys.entries(name, ...fields),
    read: (text: string): Row => schema.parse(JSON.parse(text)),
  };
}

/** Every covering index; the comment gives the fields of its keys in order. */
export const rowIndexes = {
  /** department, due day (or {@link noDay}), id, todo, step */
  inbox: rowIndex('inbox', inboxRowSchema),
  /** department, the first day on which it can be done, id, todo, step: what time brings, shown from its day on */
  inboxLater: rowIndex('inbox.later', inboxRowSchema),
  /** day, subject, command, part: all acts due on a day are one short range */
  due: rowIndex('due', dueRowSchema),
  /** view, due day, what, the record's id */
  shareClocks: rowIndex('share.clock', shareClockRowSchema),
  /** view, status, due day, task code, version, duty version */
  reviews: rowIndex('review.due', reviewRecord),
} as const;

/** Names of the indexes whose rows are stored elsewhere, besides those of narrowed-lists.ts; with the fields of their keys. */
export const keyIndexes = {
  /** view, caseNo in numeric order (it starts with the task code); the row is stored under the view of all */
  casesByNumber: 'case.no',
  /** view, whether parts can be opened, instant of submission, number: filed one things, with the suffix of their other lists */
  moves: 'oneThing.move',
  /** year, caseNo: open cases that counted with the year's calendar */
  counted: 'case.year',
  /** MSP id, role, user -> when that official signed last */
  signers: 'signer',
  /** view, the first day on which a half counts as missing, share id; pages end at today, so future days are not shown */
  unmatched: 'share.unmatched',
  /** case, data set: an attestation of it was issued for the case and holds */
  attested: 'case.attested',
  /** department, case -> when it was last reminded of the case */
  urged: 'case.urged',
  /** instant of the explanation, key of the card: explanations for the public, which a cancelled card needs none of */
  explained: 'card.explained',
} as const;
