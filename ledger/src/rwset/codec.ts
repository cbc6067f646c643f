import { WireReader } from '../wire/reader.js';
import { NONE, WireWriter } from '../wire/writer.js';
import type {
  CollectionRwSet,
  HashedMetadataWrite,
  HashedRead,
  HashedWrite,
  NamespaceRwSet,
  TxRwSet,
} from './model.js';
import {
  decodeKvRwSet,
  decodeKvWrites,
  decodeMetadataEntry,
  decodeVersion,
  writeKvRwSet,
  encodeMetadataEntry,
  encodeVersion,
  type KvRwSet,
} from './kv.js';

/**
 * `rwset.TxReadWriteSet` bytes in the given order; use `sortTxRwSet` first when that is not Fabric's order. Source:
 * core/ledger/kvledger/txmgmt/rwsetutil/rwset_proto_util.go.
 */
export function encodeTxRwSet(rwset: TxRwSet): Uint8Array {
  return new WireWriter().repeated(2, rwset.map(writeNamespace)).finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeTxRwSet(bytes: Uint8Array): TxRwSet {
  return decodeNamespaces(bytes, decodeKvRwSet);
}

/** {@link decodeTxRwSet} that skips public reads and range queries, for callers that only apply the writes. */
export function decodeTxWrites(bytes: Uint8Array): TxRwSet {
  return decodeNamespaces(bytes, decodeKvWrites);
}

function decodeNamespaces(bytes: Uint8Array, decodeKv: (bytes: Uint8Array) => KvRwSet): TxRwSet {
  const reader = new WireReader(bytes, 'rwset.TxReadWriteSet');
  const namespaces: NamespaceRwSet[] = [];
  while (reader.next()) {
    if (reader.tag === 0x12) namespaces.push(decodeNamespace(reader.bytes(), decodeKv));
    else reader.skip();
  }
  return namespaces;
}

function writeNamespace(rwset: NamespaceRwSet): WireWriter {
  return new WireWriter()
    .string(1, rwset.namespace)
    .bytes(2, writeKvRwSet(rwset))
    .repeated(3, rwset.collections.map(encodeCollection));
}

function decodeNamespace(
  bytes: Uint8Array,
  decodeKv: (bytes: Uint8Array) => KvRwSet,
): NamespaceRwSet {
  const reader = new WireReader(bytes, 'rwset.NsReadWriteSet');
  const collections: CollectionRwSet[] = [];
  let namespace = '';
  let rwset = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        namespace = reader.string();
        break;
      case 0x12:
        rwset = reader.bytes();
        break;
      case 0x1a:
        collections.push(decodeCollection(reader.bytes()));
        break;
      default:
        reader.skip();
    }
  }
  const { reads, rangeQueries, writes, metadataWrites } = decodeKv(rwset);
  return { namespace, reads, rangeQueries, writes, metadataWrites, collections };
}

function encodeCollection(rwset: CollectionRwSet): Uint8Array {
  const hashed = new WireWriter()
    .repeated(1, rwset.reads.map(encodeHashedRead))
    .repeated(2, rwset.writes.map(encodeHashedWrite))
    .repeated(3, rwset.metadataWrites.map(encodeHashedMetadataWrite))
    .finish();
  return new WireWriter()
    .string(1, rwset.collection)
    .bytes(2, hashed)
    .bytes(3, rwset.privateRwSetHash)
    .finish();
}

function decodeCollection(bytes: Uint8Array): CollectionRwSet {
  const reader = new WireReader(bytes, 'rwset.CollectionHashedReadWriteSet');
  let collection = '';
  let hashed = NONE;
  let privateRwSetHash = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        collection = reader.string();
        break;
      case 0x12:
        hashed = reader.bytes();
        break;
      case 0x1a:
        privateRwSetHash = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  const { reads, writes, metadataWrites } = decodeHashedRwSet(hashed);
  return { collection, reads, writes, metadataWrites, privateRwSetHash };
}

function decodeHashedRwSet(
  bytes: Uint8Array,
): Pick<CollectionRwSet, 'reads' | 'writes' | 'metadataWrites'> {
  const reader = new WireReader(bytes, 'kvrwset.HashedRWSet');
  const reads: HashedRead[] = [];
  const writes: HashedWrite[] = [];
  const metadataWrites: HashedMetadataWrite[] = [];
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        reads.push(decodeHashedRead(reader.bytes()));
        break;
      case 0x12:
        writes.push(decodeHashedWrite(reader.bytes()));
        break;
      case 0x1a:
        metadataWrites.push(decodeHashedMetadataWrite(reader.bytes()));
        break;
      default:
        reader.skip();
    }
  }
  return { reads, writes, metadataWrites };
}

function encodeHashedRead(read: HashedRead): Uint8Array {
  return new WireWriter()
    .bytes(1, read.keyHash)
    .message(2, read.version && encodeVersion(read.version))
    .finish();
}

function decodeHashedRead(bytes: Uint8Array): HashedRead {
  const reader = new WireReader(bytes, 'kvrwset.KVReadHash');
  let keyHash = NONE;
  let version: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        keyHash = reader.bytes();
        break;
      case 0x12:
        version = reader.message(version);
        break;
      default:
        reader.skip();
    }
  }
  return version === undefined ? { keyHash } : { keyHash, version: decodeVersion(version) };
}

function encodeHashedWrite(write: HashedWrite): Uint8Array {
  return new WireWriter()
    .bytes(1, write.keyHash)
    .bool(2, write.isDelete)
    .bytes(3, write.valueHash)
    .bool(4, write.isPurge)
    .finish();
}

function decodeHashedWrite(bytes: Uint8Array): HashedWrite {
  const reader = new WireReader(bytes, 'kvrwset.KVWriteHash');
  let keyHash = NONE;
  let isDelete = false;
  let valueHash = NONE;
  let isPurge = false;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        keyHash = reader.bytes();
        break;
      case 0x10:
        isDelete = reader.bool();
        break;
      case 0x1a:
        valueHash = reader.bytes();
        break;
      case 0x20:
        isPurge = reader.bool();
        break;
      default:
        reader.skip();
    }
  }
  return { keyHash, isDelete, valueHash, isPurge };
}

function encodeHashedMetadataWrite(write: HashedMetadataWrite): Uint8Array {
  return new WireWriter()
    .bytes(1, write.keyHash)
    .repeated(2, write.entries.map(encodeMetadataEntry))
    .finish();
}

function decodeHashedMetadataWrite(bytes: Uint8Array): HashedMetadataWrite {
  const reader = new WireReader(bytes, 'kvrwset.KVMetadataWriteHash');
  const entries = [];
  let keyHash = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        keyHash = reader.bytes();
        break;
      case 0x12:
        entries.push(decodeMetadataEntry(reader.bytes()));
        break;
      default:
        reader.skip();
    }
  }
  return { keyHash, entries };
}

/** Whether a public write deletes its key; in Fabric an empty value is a delete too (rwset_proto_util.go). */
export function isDeleteWrite(write: { isDelete: boolean; value: Uint8Array }): boolean {
  return write.isDelete || write.value.length === 0;
}

const HASH_OF_NOTHING = Buffer.from(
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'hex',
);

/** The same for a hashed write: no hash, or the hash of empty bytes (rwset_proto_util.go IsKVWriteHashDelete). */
export function isDeleteHashedWrite(write: HashedWrite): boolean {
  return write.isDelete || write.valueHash.length === 0 || HASH_OF_NOTHING.equals(write.valueHash);
}
