import { malformed, WireReader } from '../wire/reader.js';
import { NONE, WireWriter } from '../wire/writer.js';
import { dataHash, type BlockHeader } from './header.js';

/** Index of each kind of block metadata (common.BlockMetadataIndex). */
export const blockMetadataIndex = {
  signatures: 0,
  lastConfig: 1,
  transactionsFilter: 2,
  orderer: 3,
  commitHash: 4,
} as const;

type BlockMetadataIndex = (typeof blockMetadataIndex)[keyof typeof blockMetadataIndex];

const METADATA_SLOTS = 5;

/** common.Block; envelopes and metadata are still encoded. */
export interface ParsedBlock extends BlockHeader {
  /** `common.Envelope` bytes, one entry per transaction. */
  readonly envelopes: readonly Uint8Array[];
  /** Indexed by {@link blockMetadataIndex}; slots may be empty or absent. */
  readonly metadata: readonly Uint8Array[];
}

interface BlockInput {
  readonly number: bigint;
  readonly previousHash: Uint8Array;
  readonly envelopes: readonly Uint8Array[];
}

/** A block with its data hash and five empty metadata slots (protoutil/blockutils.go NewBlock). */
export function buildBlock(input: BlockInput): ParsedBlock {
  return {
    number: input.number,
    previousHash: input.previousHash,
    dataHash: dataHash(input.envelopes),
    envelopes: input.envelopes,
    metadata: Array.from({ length: METADATA_SLOTS }, () => NONE),
  };
}

/** `common.Block` bytes. */
export function encodeBlock(block: ParsedBlock): Uint8Array {
  const header = new WireWriter()
    .varint(1, block.number)
    .bytes(2, block.previousHash)
    .bytes(3, block.dataHash);
  return new WireWriter()
    .message(1, header)
    .message(2, new WireWriter().repeated(1, block.envelopes))
    .message(3, new WireWriter().repeated(1, block.metadata))
    .finish();
}

/**
 * Decodes a block; the envelopes are views of `bytes`. The data hash is not checked here: see `dataHash`.
 * @throws LedgerError MALFORMED_BYTES, also when header or data is absent.
 */
export function parseBlock(bytes: Uint8Array): ParsedBlock {
  const reader = new WireReader(bytes, 'common.Block');
  let header: Uint8Array | undefined;
  let data: Uint8Array | undefined;
  let metadata: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        header = reader.message(header);
        break;
      case 0x12:
        data = reader.message(data);
        break;
      case 0x1a:
        metadata = reader.message(metadata);
        break;
      default:
        reader.skip();
    }
  }
  if (header === undefined) throw malformed('common.Block', 'no header');
  if (data === undefined) throw malformed('common.Block', 'no data');
  const { number, previousHash, dataHash: hash } = decodeBlockHeader(header);
  return {
    number,
    previousHash,
    dataHash: hash,
    envelopes: repeatedBytes(data, 'common.BlockData'),
    metadata: repeatedBytes(metadata ?? NONE, 'common.BlockMetadata'),
  };
}

/** @throws LedgerError MALFORMED_BYTES */
function decodeBlockHeader(bytes: Uint8Array): BlockHeader {
  const reader = new WireReader(bytes, 'common.BlockHeader');
  let number = 0n;
  let previousHash = NONE;
  let hash = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x08:
        number = reader.uint64();
        break;
      case 0x12:
        previousHash = reader.bytes();
        break;
      case 0x1a:
        hash = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { number, previousHash, dataHash: hash };
}

/** One metadata slot; empty when the block does not have it. */
export function metadataAt(
  block: Pick<ParsedBlock, 'metadata'>,
  index: BlockMetadataIndex,
): Uint8Array {
  return block.metadata[index] ?? NONE;
}

/** A copy of the block with one metadata slot replaced and all five slots present. */
export function withMetadata(
  block: ParsedBlock,
  index: BlockMetadataIndex,
  bytes: Uint8Array,
): ParsedBlock {
  const slots = Math.max(METADATA_SLOTS, block.metadata.length);
  const metadata = Array.from({ length: slots }, (_, slot) =>
    slot === index ? bytes : (block.metadata[slot] ?? NONE),
  );
  return { ...block, metadata };
}

function repeatedBytes(bytes: Uint8Array, name: string): Uint8Array[] {
  const reader = new WireReader(bytes, name);
  const found: Uint8Array[] = [];
  while (reader.next()) {
    if (reader.tag === 0x0a) found.push(reader.bytes());
    else reader.skip();
  }
  return found;
}
