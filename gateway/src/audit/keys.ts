import { keyOf } from '../store/state-store.js';
import type { JournalEntry } from './lines.js';

/** The chain of all reads. No department's id begins with a star. */
export const everyRead = '*';

/** Every key prefix of the journal's store. */
export const journalStoreKeys = {
  /** number -> the line's canonical JSON */
  line: 'l',
  /** chain, number -> its number and link in that chain */
  link: 'c',
  /** chain -> JournalHead */
  head: 'h',
  /** chain -> number of its first line that is not in the archive */
  first: 'f',
  /** chain of reads, field, value, number -> nothing */
  pointer: 'p',
  /** what the journal knows of custodial accounts */
  accounts: 'a',
  /** the channel config that the journal noted last */
  config: 'm',
} as const;

/** Where the lines are found that were made to be anchored. */
export const anchorLines = keyOf(journalStoreKeys.pointer, everyRead, 'kind', 'journal.anchor');

/** Twelve digits: as numbers sort, so do their texts. */
export const paddedSeq = (seq: number): string => String(seq).padStart(12, '0');

/** A chain beside the journal's own. */
export interface ChainOf {
  readonly of: 'department' | 'document';
  readonly id: string;
}

/** The chains that a line stands in beside the journal's own, and the keys that it is found by. */
export function chainsOf(line: JournalEntry & { readonly seq: number }): {
  readonly chains: readonly ChainOf[];
  readonly pointers: readonly string[];
} {
  switch (line.kind) {
    case 'document.read':
    case 'document.grant':
    case 'document.erase':
      return { chains: [{ of: 'document', id: line.document }], pointers: [] };
    case 'record.read': {
      const ids = [everyRead, ...line.departments];
      const found = [['user', line.by.user], ...line.records.map((id) => ['record', id])];
      const seq = paddedSeq(line.seq);
      return {
        chains: ids.map((id) => ({ of: 'department', id })),
        pointers: ids.flatMap((id) =>
          found.map(([field = '', value = '']) =>
            keyOf(journalStoreKeys.pointer, id, field, value, seq),
          ),
        ),
      };
    }
    case 'journal.anchor':
      return { chains: [], pointers: [keyOf(anchorLines, paddedSeq(line.seq))] };
    default:
      return { chains: [], pointers: [] };
  }
}
