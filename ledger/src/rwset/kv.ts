import { list, message, type MessageOf } from '../wire/message.js';
import { WireReader } from '../wire/reader.js';
import { WireWriter } from '../wire/writer.js';
import {
  kvRead,
  kvWrite,
  merkleSummaryMessage,
  metadataWrite,
  type KvRead,
  type MerkleSummary,
  type RangeQuery,
} from './model.js';

const queryReads = message('kvrwset.QueryReads', { reads: list(1, kvRead) });

/** `kvrwset.QueryReads` bytes, which the leaves of the Merkle tree hash. */
export function encodeQueryReads(reads: readonly KvRead[]): Uint8Array {
  return queryReads.encode({ reads });
}

/** Empty raw reads are not written: the simulator sets them only when there were results. */
function writeRangeQuery(query: RangeQuery): WireWriter {
  const { reads } = query;
  const writer = new WireWriter()
    .string(1, query.startKey)
    .string(2, query.endKey)
    .bool(3, query.exhausted);
  if (isMerkleSummary(reads)) return writer.message(5, merkleSummaryMessage.write(reads));
  return reads.length === 0 ? writer : writer.message(4, queryReads.write({ reads }));
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
  return info.tag === RAW_READS
    ? queryReads.decode(info.bytes).reads
    : merkleSummaryMessage.decode(info.bytes);
}

/** Distinguishes the two forms of a range query's reads. */
export function isMerkleSummary(reads: RangeQuery['reads']): reads is MerkleSummary {
  return 'maxDegree' in reads;
}

/** The part of a namespace that is in `kvrwset.KVRWSet`. */
export const kvRwSet = message(
  'kvrwset.KVRWSet',
  {
    reads: list(1, kvRead),
    rangeQueries: list(2, { decode: decodeRangeQuery, write: writeRangeQuery }),
    writes: list(3, kvWrite),
    metadataWrites: list(4, metadataWrite),
  },
  () => ({ reads: [], rangeQueries: [], writes: [], metadataWrites: [] }),
);
export type KvRwSet = MessageOf<typeof kvRwSet>;

const kvWrites = message('kvrwset.KVRWSet', {
  writes: list(3, kvWrite),
  metadataWrites: list(4, metadataWrite),
});

/** {@link kvRwSet} that skips reads and range queries. @throws LedgerError MALFORMED_BYTES */
export function decodeKvWrites(bytes: Uint8Array): KvRwSet {
  return { ...kvRwSet.zero, ...kvWrites.decode(bytes) };
}
