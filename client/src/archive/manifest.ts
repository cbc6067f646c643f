import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { listedFiles, type Manifest } from '../export/package.js';
import type { CaseSources } from '../export/sources.js';

export const archiveFiles = {
  manifest: 'manifest.json',
  metadata: 'metadata.json',
  /** The case as `yici case export` writes it, unpacked. */
  record: 'case',
  documents: 'documents',
  /** Each as `yici tx verify --receipt` takes it. */
  receipts: 'receipts',
} as const;

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A document that the case names by its salted digest: with its file and salt, or missing because nobody here has it. */
const namedDocument = z.strictObject({
  digest: hash,
  /** Where the case names it first. */
  at: z.string(),
  held: z
    .strictObject({ file: z.string(), salt: z.base64(), name: z.string(), type: z.string() })
    .nullable(),
});

/** Lists every other file of the package with length and digest: its own digest goes to the ledger. */
export const archiveManifest = z.strictObject({
  format: z.literal('yici-case-archive'),
  v: z.literal(1),
  caseNo: z.string(),
  channel: z.string(),
  genesisHash: hash,
  /** The head of the case and the number of its events when the package was made. */
  head: hash,
  events: z.int().min(1),
  documents: z.array(namedDocument),
  files: listedFiles,
});
export type ArchiveManifest = z.output<typeof archiveManifest>;

const digestShape = z.looseObject({ digestAlg: z.enum(['sha256', 'sm3']), digest: hash });

/** Every salted digest in the case and its events, once, with the place where it stands first. */
export function digestsOf({ record, events }: CaseSources): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { data } = digestShape.safeParse(value);
    if (data !== undefined && !found.has(data.digest)) found.set(data.digest, at);
    for (const [name, part] of Object.entries(value)) walk(part, `${at}/${name}`);
  };
  for (const { seq, type, data } of events) walk(data, `events/${String(seq)}/${type}`);
  walk(record, 'record');
  return found;
}

/** The files below a folder but its manifest, by their paths in it; a link or a device has the digest of nothing. */
export async function filesIn(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Manifest['files'] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    if (entry.isDirectory() || name === archiveFiles.manifest) continue;
    files.push({ name, ...(entry.isFile() ? await measured(path) : { size: 0, sha256: '' }) });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function measured(path: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Uint8Array>) {
    hash.update(piece);
    size += piece.length;
  }
  return { size, sha256: hash.digest('hex') };
}
