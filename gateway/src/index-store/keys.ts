import { keyOf, under } from '../store/state-store.js';

/** Version of the index layout; an index with another version is rebuilt from block 0. */
export const indexLayout = 20;

/** Sixteen digits suffice for every block number that JSON represents exactly. */
const blockDigits = 16;
/** A Fabric block contains far fewer transactions (BatchSize.MaxMessageCount). */
const positionDigits = 7;

const paddedBlock = (block: number): string => String(block).padStart(blockDigits, '0');
const paddedPosition = (position: number): string => String(position).padStart(positionDigits, '0');

/** Every key of the index, by its prefix. Raise {@link indexLayout} when one changes its meaning. */
export const indexKeys = {
  /** -> Checkpoint */
  checkpoint: keyOf('m', 'checkpoint'),
  /** -> when the newest acts were */
  times: keyOf('m', 'times'),
  /** kind, key attributes -> the record's JSON exactly as on the ledger */
  record: (kind: string, ...attributes: readonly string[]) => keyOf('r', kind, ...attributes),
  records: (kind: string, ...attributes: readonly string[]) => under('r', kind, ...attributes),
  /** index name, index fields, primary key -> the row, or nothing where the row is stored elsewhere */
  entry: (index: string, ...fields: readonly string[]) => keyOf('i', index, ...fields),
  entries: (index: string, ...fields: readonly string[]) => under('i', index, ...fields),
  /** block number -> BlockRow */
  block: (block: number) => keyOf('b', paddedBlock(block)),
  blocks: () => under('b'),
  /** block number, position -> TransactionRow */
  position: (block: number, position: number) =>
    keyOf('p', paddedBlock(block), paddedPosition(position)),
  positions: (block: number) => under('p', paddedBlock(block)),
  /** Fabric transaction id -> [block, position] */
  transaction: (txId: string) => keyOf('t', txId),
  /** block number, position -> EventRow */
  event: (block: number, position: number) =>
    keyOf('e', paddedBlock(block), paddedPosition(position)),
  events: () => under('e'),
  /** department, user (or nothing), block number, position: acts in order; the row is the event */
  act: (department: string, user: string, block: number, position: number) =>
    keyOf('a', department, user, paddedBlock(block), paddedPosition(position)),
  acts: (department: string, user: string) => under('a', department, user),
  /** digest, department, block number, position: acts of a department that name a document; the row is the event */
  documentAct: (digest: string, department: string, block: number, position: number) =>
    keyOf('d', digest, department, paddedBlock(block), paddedPosition(position)),
  documentActs: (digest: string, department: string) => under('d', digest, department),
  /** which of the two, its id -> [block, position] of the transaction that issued it */
  issued: (of: 'card' | 'order', id: string) => keyOf('s', of, id),
} as const;

/** The numbers at the end of a key that names a block and a position. */
export const positionIn = (key: string): [block: number, position: number] => {
  const [block, position] = key.split('\u0000').slice(-2).map(Number);
  return [block ?? 0, position ?? 0];
};

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
