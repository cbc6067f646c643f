import { sha256 } from '../crypto/hash.js';
import { bytes, message } from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { compareUtf8 } from '../rwset/order.js';
import type { Version } from '../rwset/model.js';
import type { StateUpdates } from '../state/model.js';
import { NONE, encodeVarint, utf8, WireWriter } from '../wire/writer.js';
import { blockMetadataIndex, metadataAt, withMetadata, type ParsedBlock } from './block.js';

/** Validation codes by position, one byte each; undefined where the block has none, as from an orderer. */
export function transactionsFilter(block: ParsedBlock): Uint8Array | undefined {
  const codes = metadataAt(block, blockMetadataIndex.transactionsFilter);
  return codes.length === block.envelopes.length && codes.length > 0 ? codes : undefined;
}

/**
 * A copy of the block with its validation codes. @throws LedgerError MALFORMED_BYTES unless there is one code per transaction.
 */
export function withTransactionsFilter(block: ParsedBlock, codes: ArrayLike<number>): ParsedBlock {
  if (codes.length !== block.envelopes.length) {
    throw malformed('common.BlockMetadata', 'not one validation code a transaction', {
      codes: codes.length,
      transactions: block.envelopes.length,
    });
  }
  return withMetadata(block, blockMetadataIndex.transactionsFilter, Uint8Array.from(codes));
}

const storedHash = message('common.Metadata', { value: bytes(1) });

/** The commit hash stored in a block; undefined when there is none. @throws LedgerError MALFORMED_BYTES */
export function commitHashOf(block: ParsedBlock): Uint8Array | undefined {
  const { value } = storedHash.decode(metadataAt(block, blockMetadataIndex.commitHash));
  return value.length === 0 ? undefined : value;
}

/** A copy of the block with its commit hash. */
export function withCommitHash(block: ParsedBlock, hash: Uint8Array): ParsedBlock {
  return withMetadata(block, blockMetadataIndex.commitHash, storedHash.encode({ value: hash }));
}

/** The updates that the commit hash covers. Purges are not hashed: they change no state. */
type HashedIn = Pick<StateUpdates, 'writes' | 'hashes'>;

interface CommitHashInput {
  /** Validation codes by position. */
  readonly codes: Uint8Array;
  readonly updates: HashedIn;
  /** Height of a transaction of this block. Needed because deletes carry it too and an update does not contain it. */
  readonly heightOf: (txId: string) => Version;
  /** Undefined for block 1: Fabric gives block 0 no commit hash. */
  readonly previous: Uint8Array | undefined;
}

/**
 * The commit hash of a block: SHA-256(varint(number of codes) ‖ codes ‖ updates ‖ previous commit hash), 32 bytes
 * (core/ledger/kvledger/kv_ledger.go addBlockCommitHash).
 */
export function commitHash(input: CommitHashInput): Uint8Array {
  return sha256(
    encodeVarint(BigInt(input.codes.length)),
    input.codes,
    encodeUpdates(input.updates, input.heightOf),
    input.previous ?? NONE,
  );
}

/**
 * Encodes a block's public and hashed updates in the order that all peers use: by namespace, public keys first, then
 * collections; a name is written only where it changes (core/ledger/kvledger/txmgmt/txmgr/update_batch_bytes.go). The
 * last update of a key wins. The empty namespace, which holds the channel config, is left out.
 */
export function encodeUpdates(updates: HashedIn, heightOf: (txId: string) => Version): Uint8Array {
  const namespaces = groupUpdates(updates, heightOf);
  const writer = new WireWriter();
  for (const name of sortedNames(namespaces)) {
    const group = namespaces.get(name);
    if (name === '' || group === undefined) continue;
    let namespace = name;
    for (const collection of sortedNames(group)) {
      let label = collection;
      for (const write of sortedWrites(group.get(collection))) {
        writer.message(1, encodeWrite(namespace, label, write));
        namespace = '';
        label = '';
      }
    }
  }
  return writer.finish();
}

interface Write {
  readonly key: Uint8Array;
  /** undefined: the key is deleted. */
  readonly value: Uint8Array | undefined;
  readonly version: Version;
}

/** By namespace, then by collection ('' for public keys), then by key bytes. */
type Groups = Map<string, Map<string, Map<string, Write>>>;

function groupUpdates(updates: HashedIn, heightOf: (txId: string) => Version): Groups {
  const groups: Groups = new Map();
  for (const { namespace, key, next, txId } of updates.writes) {
    const version = next?.version ?? heightOf(txId);
    put(groups, namespace, '', { key: utf8(key), value: next?.value, version });
  }
  for (const { namespace, collection, keyHash, next, txId } of updates.hashes) {
    const version = next?.version ?? heightOf(txId);
    put(groups, namespace, collection, { key: keyHash, value: next?.valueHash, version });
  }
  return groups;
}

function put(groups: Groups, namespace: string, collection: string, write: Write): void {
  let collections = groups.get(namespace);
  if (!collections) groups.set(namespace, (collections = new Map<string, Map<string, Write>>()));
  let writes = collections.get(collection);
  if (!writes) collections.set(collection, (writes = new Map<string, Write>()));
  writes.set(Buffer.from(write.key).toString('latin1'), write);
}

/** Names are written only when they differ from the previous entry: at the first key of a namespace or collection. */
function encodeWrite(namespace: string, collection: string, write: Write): Uint8Array {
  return new WireWriter()
    .string(1, namespace)
    .string(2, collection)
    .bytes(3, write.key)
    .bool(4, write.value === undefined)
    .bytes(5, write.value)
    .bytes(6, encodeHeight(write.version))
    .finish();
}

/** Encodes a height so that byte order equals height order (common/ledger/util EncodeOrderPreservingVarUint64). */
export function encodeHeight(version: Version): Uint8Array {
  const block = digitsOf(version.block);
  const tx = digitsOf(BigInt(version.tx));
  return Uint8Array.of(block.length, ...block, tx.length, ...tx);
}

/** Base-256 digits, most significant first; empty for zero. */
function digitsOf(value: bigint): number[] {
  const digits: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) digits.unshift(Number(rest & 0xffn));
  return digits;
}

function sortedNames(names: ReadonlyMap<string, unknown>): string[] {
  return [...names.keys()].sort(compareUtf8);
}

function sortedWrites(writes: ReadonlyMap<string, Write> | undefined): Write[] {
  return [...(writes?.values() ?? [])].sort((a, b) => Buffer.compare(a.key, b.key));
}
