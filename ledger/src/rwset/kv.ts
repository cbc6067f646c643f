import { WireReader } from '../wire/reader.js';
import { NONE, WireWriter } from '../wire/writer.js';
import type {
  KvRead,
  KvWrite,
  MerkleSummary,
  MetadataEntry,
  MetadataWrite,
  NamespaceRwSet,
  RangeQuery,
  Version,
} from './model.js';

/** The part of a namespace that is in `kvrwset.KVRWSet`. */
export type KvRwSet = Pick<NamespaceRwSet, 'reads' | 'rangeQueries' | 'writes' | 'metadataWrites'>;

/** `kvrwset.KVRWSet`. */
export function writeKvRwSet(rwset: KvRwSet): WireWriter {
  return new WireWriter()
    .repeated(1, rwset.reads.map(writeKvRead))
    .repeated(2, rwset.rangeQueries.map(encodeRangeQuery))
    .repeated(3, rwset.writes.map(writeKvWrite))
    .repeated(4, rwset.metadataWrites.map(encodeMetadataWrite));
}

/** `kvrwset.KVRWSet` bytes. */
export function encodeKvRwSet(rwset: KvRwSet): Uint8Array {
  return writeKvRwSet(rwset).finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeKvRwSet(bytes: Uint8Array): KvRwSet {
  const reader = new WireReader(bytes, 'kvrwset.KVRWSet');
  const reads: KvRead[] = [];
  const rangeQueries: RangeQuery[] = [];
  const writes: KvWrite[] = [];
  const metadataWrites: MetadataWrite[] = [];
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        reads.push(decodeKvRead(reader.bytes()));
        break;
      case 0x12:
        rangeQueries.push(decodeRangeQuery(reader.bytes()));
        break;
      case 0x1a:
        writes.push(decodeKvWrite(reader.bytes()));
        break;
      case 0x22:
        metadataWrites.push(decodeMetadataWrite(reader.bytes()));
        break;
      default:
        reader.skip();
    }
  }
  return { reads, rangeQueries, writes, metadataWrites };
}

/** {@link decodeKvRwSet} that skips reads and range queries. @throws LedgerError MALFORMED_BYTES */
export function decodeKvWrites(bytes: Uint8Array): KvRwSet {
  const reader = new WireReader(bytes, 'kvrwset.KVRWSet');
  const writes: KvWrite[] = [];
  const metadataWrites: MetadataWrite[] = [];
  while (reader.next()) {
    switch (reader.tag) {
      case 0x1a:
        writes.push(decodeKvWrite(reader.bytes()));
        break;
      case 0x22:
        metadataWrites.push(decodeMetadataWrite(reader.bytes()));
        break;
      default:
        reader.skip();
    }
  }
  return { reads: [], rangeQueries: [], writes, metadataWrites };
}

/** `kvrwset.Version` bytes; empty for height 0:0, but the message is written. */
export function encodeVersion(version: Version): Uint8Array {
  return new WireWriter().varint(1, version.block).varint(2, version.tx).finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeVersion(bytes: Uint8Array): Version {
  const reader = new WireReader(bytes, 'kvrwset.Version');
  let block = 0n;
  let tx = 0n;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x08:
        block = reader.uint64();
        break;
      case 0x10:
        tx = reader.uint64();
        break;
      default:
        reader.skip();
    }
  }
  // Precision is lost above 2^53, which is harmless: no position in a block is that high, so it equals none.
  return { block, tx: Number(tx) };
}

/** `kvrwset.KVRead` bytes. */
function encodeKvRead(read: KvRead): Uint8Array {
  return writeKvRead(read).finish();
}

function writeKvRead({ key, version }: KvRead): WireWriter {
  return new WireWriter().string(1, key).message(2, version && encodeVersion(version));
}

function decodeKvRead(bytes: Uint8Array): KvRead {
  const reader = new WireReader(bytes, 'kvrwset.KVRead');
  let key = '';
  let version: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        key = reader.string();
        break;
      case 0x12:
        version = reader.message(version);
        break;
      default:
        reader.skip();
    }
  }
  return version === undefined ? { key } : { key, version: decodeVersion(version) };
}

function writeKvWrite({ key, isDelete, value }: KvWrite): WireWriter {
  return new WireWriter().string(1, key).bool(2, isDelete).bytes(3, value);
}

function decodeKvWrite(bytes: Uint8Array): KvWrite {
  const reader = new WireReader(bytes, 'kvrwset.KVWrite');
  let key = '';
  let isDelete = false;
  let value = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        key = reader.string();
        break;
      case 0x10:
        isDelete = reader.bool();
        break;
      case 0x1a:
        value = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { key, isDelete, value };
}

function encodeMetadataWrite(write: MetadataWrite): Uint8Array {
  return new WireWriter()
    .string(1, write.key)
    .repeated(2, write.entries.map(encodeMetadataEntry))
    .finish();
}

function decodeMetadataWrite(bytes: Uint8Array): MetadataWrite {
  const reader = new WireReader(bytes, 'kvrwset.KVMetadataWrite');
  const entries: MetadataEntry[] = [];
  let key = '';
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        key = reader.string();
        break;
      case 0x12:
        entries.push(decodeMetadataEntry(reader.bytes()));
        break;
      default:
        reader.skip();
    }
  }
  return { key, entries };
}

/** `kvrwset.KVMetadataEntry` bytes. */
export function encodeMetadataEntry(entry: MetadataEntry): Uint8Array {
  return new WireWriter().string(1, entry.name).bytes(2, entry.value).finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeMetadataEntry(bytes: Uint8Array): MetadataEntry {
  const reader = new WireReader(bytes, 'kvrwset.KVMetadataEntry');
  let name = '';
  let value = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        name = reader.string();
        break;
      case 0x12:
        value = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { name, value };
}

/** `kvrwset.QueryReads` bytes, which the leaves of the Merkle tree hash. */
export function encodeQueryReads(reads: readonly KvRead[]): Uint8Array {
  return new WireWriter().repeated(1, reads.map(encodeKvRead)).finish();
}

/** Empty raw reads are not written: the simulator sets them only when there were results. */
function encodeRangeQuery(query: RangeQuery): Uint8Array {
  const writer = new WireWriter()
    .string(1, query.startKey)
    .string(2, query.endKey)
    .bool(3, query.exhausted);
  if (isMerkleSummary(query.reads)) writer.message(5, encodeMerkleSummary(query.reads));
  else if (query.reads.length > 0) writer.message(4, encodeQueryReads(query.reads));
  return writer.finish();
}

function decodeRangeQuery(bytes: Uint8Array): RangeQuery {
  const reader = new WireReader(bytes, 'kvrwset.RangeQueryInfo');
  const query = { startKey: '', endKey: '', exhausted: false };
  let info: ReadsInfo | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        query.startKey = reader.string();
        break;
      case 0x12:
        query.endKey = reader.string();
        break;
      case 0x18:
        query.exhausted = reader.bool();
        break;
      case RAW_READS:
      case MERKLE_READS:
        info = readReadsInfo(reader, info);
        break;
      default:
        reader.skip();
    }
  }
  return { ...query, reads: decodeReadsInfo(info) };
}

const RAW_READS = 0x22;
const MERKLE_READS = 0x2a;

/** The oneof of a range query: its member, and the member's bytes. */
interface ReadsInfo {
  readonly tag: number;
  readonly bytes: Uint8Array;
}

/** Of two different members the last wins, though the first must be decodable too; equal ones are merged. */
function readReadsInfo(reader: WireReader, before: ReadsInfo | undefined): ReadsInfo {
  const { tag } = reader;
  if (before?.tag === tag) return { tag, bytes: reader.message(before.bytes) };
  decodeReadsInfo(before);
  return { tag, bytes: reader.bytes() };
}

function decodeReadsInfo(info: ReadsInfo | undefined): RangeQuery['reads'] {
  if (info === undefined) return [];
  return info.tag === RAW_READS ? decodeQueryReads(info.bytes) : decodeMerkleSummary(info.bytes);
}

function decodeQueryReads(bytes: Uint8Array): KvRead[] {
  const reader = new WireReader(bytes, 'kvrwset.QueryReads');
  const reads: KvRead[] = [];
  while (reader.next()) {
    if (reader.tag === 0x0a) reads.push(decodeKvRead(reader.bytes()));
    else reader.skip();
  }
  return reads;
}

function encodeMerkleSummary(summary: MerkleSummary): Uint8Array {
  return new WireWriter()
    .varint(1, summary.maxDegree)
    .varint(2, summary.maxLevel)
    .repeated(3, summary.maxLevelHashes)
    .finish();
}

function decodeMerkleSummary(bytes: Uint8Array): MerkleSummary {
  const reader = new WireReader(bytes, 'kvrwset.QueryReadsMerkleSummary');
  const maxLevelHashes: Uint8Array[] = [];
  let maxDegree = 0;
  let maxLevel = 0;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x08:
        maxDegree = reader.uint32();
        break;
      case 0x10:
        maxLevel = reader.uint32();
        break;
      case 0x1a:
        maxLevelHashes.push(reader.bytes());
        break;
      default:
        reader.skip();
    }
  }
  return { maxDegree, maxLevel, maxLevelHashes };
}

/** Distinguishes the two forms of a range query's reads. */
export function isMerkleSummary(reads: RangeQuery['reads']): reads is MerkleSummary {
  return 'maxDegree' in reads;
}
