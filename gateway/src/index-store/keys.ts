import { keyOf, under } from '../store/state-store.js';

/** Version of the index layout; an index with another version is rebuilt from block 0. */
export const indexLayout = 13;

/** Every key prefix of the index. Raise {@link indexLayout} when one changes its meaning. */
const indexPrefixes = {
  /** 'checkpoint' -> Checkpoint; 'times' -> when the newest acts were */
  meta: 'm',
  /** kind, key attributes -> the record's JSON exactly as on the ledger */
  record: 'r',
  /** index name, index fields, primary key -> the row, or nothing where the row is stored elsewhere */
  entry: 'i',
  /** block number -> BlockRow */
  block: 'b',
  /** block number, position -> TransactionRow */
  position: 'p',
  /** Fabric transaction id -> [block, position] */
  transaction: 't',
  /** block number, position -> EventRow */
  event: 'e',
} as const;

/** Sixteen digits suffice for every block number that JSON represents exactly. */
const blockDigits = 16;
/** A Fabric block contains far fewer transactions (BatchSize.MaxMessageCount). */
const positionDigits = 7;

const paddedBlock = (block: number): string => String(block).padStart(blockDigits, '0');
const paddedPosition = (position: number): string => String(position).padStart(positionDigits, '0');

export const indexKeys = {
  checkpoint: keyOf(indexPrefixes.meta, 'checkpoint'),
  times: keyOf(indexPrefixes.meta, 'times'),
  record: (kind: string, ...attributes: readonly string[]) =>
    keyOf(indexPrefixes.record, kind, ...attributes),
  records: (kind: string, ...attributes: readonly string[]) =>
    under(indexPrefixes.record, kind, ...attributes),
  entry: (index: string, ...fields: readonly string[]) =>
    keyOf(indexPrefixes.entry, index, ...fields),
  entries: (index: string, ...fields: readonly string[]) =>
    under(indexPrefixes.entry, index, ...fields),
  block: (block: number) => keyOf(indexPrefixes.block, paddedBlock(block)),
  blocks: () => under(indexPrefixes.block),
  position: (block: number, position: number) =>
    keyOf(indexPrefixes.position, paddedBlock(block), paddedPosition(position)),
  positions: (block: number) => under(indexPrefixes.position, paddedBlock(block)),
  transaction: (txId: string) => keyOf(indexPrefixes.transaction, txId),
  event: (block: number, position: number) =>
    keyOf(indexPrefixes.event, paddedBlock(block), paddedPosition(position)),
  events: () => under(indexPrefixes.event),
} as const;

/** A case number rewritten so that byte order equals numeric order: its last part has four to nine digits. */
export const inNumberOrder = (caseNo: string): string =>
  caseNo.replace(/-(\d+)$/, (_, digits: string) => `-${digitCounts[digits.length] ?? ''}${digits}`);

/** The original case number; other texts are returned unchanged. */
export const fromNumberOrder = (ordered: string): string => ordered.replace(/-[a-z](\d+)$/, '-$1');

const digitCounts = ' abcdefghijklmnopqrstuvwxyz';

/** Splits a Fabric composite key (U+0000 type U+0000 attribute U+0000 ...); undefined for a simple key. */
export function splitCompositeKey(
  key: string,
): { readonly kind: string; readonly attributes: readonly string[] } | undefined {
  if (!key.startsWith('\u0000') || !key.endsWith('\u0000')) return undefined;
  const [kind, ...attributes] = key.slice(1, -1).split('\u0000');
  return kind === undefined || kind === '' ? undefined : { kind, attributes };
}
