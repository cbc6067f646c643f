import { keyOf } from '../store/state-store.js';
import type { JournalEntry } from '@yici/api';

/** The chain of all reads. No department id starts with an asterisk. */
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
  /** the recorded state of the custodial accounts */
  accounts: 'a',
  /** the last recorded channel config */
  config: 'm',
} as const;

/** Range of the lines written for anchoring. */
export const anchorLines = keyOf(journalStoreKeys.pointer, everyRead, 'kind', 'journal.anchor');

/** Twelve digits, so that texts sort like the numbers. */
export const paddedSeq = (seq: number): string => String(seq).padStart(12, '0');

/** A chain other than the journal's own. */
export interface ChainOf {
  readonly of: 'department' | 'document';
  readonly id: string;
}

/** The chains that a line belongs to besides the journal's own, and the keys by which it is found. */
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
