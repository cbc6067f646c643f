import { createHash } from 'node:crypto';
import { canonicalJson } from '@yici/domain/model';
import { zipSync, type Zippable } from 'fflate';
import { z } from 'zod';
import { dataSetsOf, translationEdition } from './gbt39046.js';
import { toJson, toXml } from './render.js';
import type { CaseSources } from './sources.js';

/** Position on a ledger where a case's acts are committed. */
export interface LedgerPlace {
  readonly channel: string;
  readonly chaincode: string;
  /** Hash of the genesis block's header, hex: identifies the channel independently of its name. */
  readonly genesisHash: string;
  /** One per event, in order: its transaction, block and position. */
  readonly transactions: readonly {
    readonly txId: string;
    readonly block: number;
    readonly index: number;
  }[];
}

/** Files of a package, in order; the manifest lists all others. */
export const packageFiles = {
  json: 'case.json',
  xml: 'case.xml',
  events: 'events.json',
  records: 'records.json',
  manifest: 'manifest.json',
} as const;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/** A path below the folder that a package is unpacked into: whoever made the package says it, and files are written by it. */
const filePath = z.string().regex(/^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/);

/** Every file but the manifest itself. */
export const listedFiles = z.array(z.strictObject({ name: filePath, size: count, sha256: hash }));

/** The manifest of a package. */
export const manifestSchema = z.strictObject({
  format: z.literal('yici-case-export'),
  v: z.literal(1),
  standard: z.literal('GB/T 39046-2020'),
  /** Version of both translations; absent in the first one. */
  edition: z.int().min(1).default(1),
  caseNo: z.string(),
  channel: z.string(),
  chaincode: z.string(),
  genesisHash: z.string(),
  /** SHA-256 of the canonical newest event: the head in the ledger's record of the case. */
  head: hash,
  events: count,
  files: listedFiles,
  transactions: z.array(z.strictObject({ seq: count, txId: hash, block: count, index: count })),
});
export type Manifest = z.output<typeof manifestSchema>;

/** The case with the standard's field names as JSON. */
export function caseJson(sources: CaseSources): string {
  return toJson(dataSetsOf(sources));
}

/** The same as XML. */
export function caseXml(sources: CaseSources): string {
  return toXml(dataSetsOf(sources));
}

/** The files of a package except the manifest: the two translations, and the ledger's records that they are made from. */
function contentsOf(sources: CaseSources): readonly (readonly [name: string, text: string])[] {
  const { events, ...records } = sources;
  return [
    [packageFiles.json, caseJson(sources)],
    [packageFiles.xml, caseXml(sources)],
    [packageFiles.events, canonicalJson(events)],
    [packageFiles.records, canonicalJson(records)],
  ];
}

function manifestOf(
  { record, events }: CaseSources,
  place: LedgerPlace,
  contents: readonly (readonly [string, Uint8Array])[],
): Manifest {
  const { channel, chaincode, genesisHash, transactions } = place;
  return {
    format: 'yici-case-export',
    v: 1,
    standard: 'GB/T 39046-2020',
    edition: translationEdition,
    caseNo: record.caseNo,
    channel,
    chaincode,
    genesisHash,
    head: record.head,
    events: events.length,
    files: contents.map(([name, bytes]) => ({
      name,
      size: bytes.length,
      sha256: sha256(bytes),
    })),
    transactions: transactions.map((one, seq) => ({ seq, ...one })),
  };
}

/**
 * The whole case as a zip: the same bytes for the same state of the ledger, on any machine and at any time. It contains
 * no documents, only their digests.
 */
export function packCase(sources: CaseSources, place: LedgerPlace): Uint8Array {
  const contents = contentsOf(sources).map(
    ([name, text]) => [name, new TextEncoder().encode(text)] as const,
  );
  const manifest = `${JSON.stringify(manifestOf(sources, place, contents), null, 2)}\n`;
  const files: Zippable = {
    ...Object.fromEntries(contents),
    [packageFiles.manifest]: new TextEncoder().encode(manifest),
  };
  // fflate writes local time: the earliest time of the zip format, in local time, gives the same bytes everywhere.
  return zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) });
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
