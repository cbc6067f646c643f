import { bytesList, embedded, message } from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { NONE } from '../wire/writer.js';
import { blockHeader, dataHash, type BlockHeader } from './header.js';

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

type BlockInput = Pick<ParsedBlock, 'number' | 'previousHash' | 'envelopes'>;

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

const blockData = message('common.BlockData', { entries: bytesList(1) });
const blockMetadata = message('common.BlockMetadata', { entries: bytesList(1) });
const blockMessage = message('common.Block', {
  header: embedded(1, blockHeader),
  data: embedded(2, blockData),
  metadata: embedded(3, blockMetadata),
});

/** `common.Block` bytes. */
export function encodeBlock({ envelopes, metadata, ...header }: ParsedBlock): Uint8Array {
  return blockMessage.encode({
    header,
    data: { entries: envelopes },
    metadata: { entries: metadata },
  });
}

/**
 * Decodes a block; the envelopes are views of `bytes`. The data hash is not checked here: see `dataHash`.
 * @throws LedgerError MALFORMED_BYTES, also when header or data is absent.
 */
export function parseBlock(bytes: Uint8Array): ParsedBlock {
  const { header, data, metadata } = blockMessage.decode(bytes);
  if (header === undefined) throw malformed('common.Block', 'no header');
  if (data === undefined) throw malformed('common.Block', 'no data');
  return { ...header, envelopes: data.entries, metadata: metadata?.entries ?? [] };
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
