import { createHash } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../store/disk.js';
import { writeSynced } from '../store/durable-files.js';
import { keyOf, type StoreChange } from '../store/state-store.js';
import type { AuditJournal } from './journal.js';
import { chainsOf, journalStoreKeys, paddedSeq } from './keys.js';
import type { JournalLine } from '@yici/api';

/** Lines that stay where they can be listed, and lines in one file of the archive. */
interface ArchiveSizes {
  readonly kept: number;
  readonly inFile: number;
}

const sizes: ArchiveSizes = { kept: 1_000_000, inFile: 10_000 };

/**
 * Moves the oldest lines to files `<first>-<last>.jsonl` once there are too many: this bounds the store, and the chain
 * continues through the files, which are verified together with the remaining lines. A file is complete before its
 * lines are removed.
 */
export async function archiveOldest(
  journal: AuditJournal,
  directory: string,
  { kept, inFile }: ArchiveSizes = sizes,
): Promise<number> {
  let moved = 0;
  for (;;) {
    const oldest = await journal.oldest(inFile);
    const first = oldest[0]?.line.seq ?? 0;
    if (oldest.length < inFile || journal.newest.seq + 1 - first < kept + inFile) return moved;
    const to = oldest.at(-1)?.line.seq ?? first;
    const file = `${paddedSeq(first)}-${paddedSeq(to)}.jsonl`;
    const text = oldest.map((one) => `${one.text}\n`).join('');
    await writeDurably(directory, file, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const gone = oldest.flatMap(({ line }) => keysOf(line));
    await journal.append({ kind: 'journal.archive', from: first, to, file, sha256 }, [
      ...gone.map((key): StoreChange => ({ type: 'del', key })),
      ...firstLeft(journal, oldest),
    ]);
    moved += oldest.length;
  }
}

/** The start of each chain after removing these lines; of several lines of a chain the last one counts. */
function firstLeft(
  journal: AuditJournal,
  gone: readonly { readonly line: JournalLine }[],
): StoreChange[] {
  return gone.flatMap(({ line }) =>
    chainsOf(line).chains.map((chain): StoreChange => {
      const key = keyOf(journalStoreKeys.first, chain.of, chain.id);
      return { type: 'put', key, value: String((journal.numberIn(chain, line.seq) ?? 0) + 1) };
    }),
  );
}

function keysOf(line: JournalLine): string[] {
  const seq = paddedSeq(line.seq);
  const { chains, pointers } = chainsOf(line);
  return [
    keyOf(journalStoreKeys.line, seq),
    ...chains.map(({ of, id }) => keyOf(journalStoreKeys.link, of, id, seq)),
    ...pointers,
  ];
}

async function writeDurably(directory: string, name: string, text: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, name);
  await writeSynced(`${path}.new`, text);
  await rename(`${path}.new`, path);
  await syncFolder(directory);
}
