import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import {
  commitHash,
  parseBlock,
  parseConfigBlock,
  validateBlock,
  type BlockVerdict,
  type ChannelConfig,
  type ParsedBlock,
} from '@yici/ledger';
import { MemoryState } from '@yici/ledger/testing';

/**
 * Sixteen blocks as a Fabric 3.1.5 peer committed them: its codes and commit hashes are in their metadata. The channel
 * was made with configtxgen and cryptogen; the 102 transactions were made to be judged in as many ways as an orderer
 * lets through: spoilt bytes, missing endorsements, key and collection policies, stale and phantom reads, read-write
 * sets that no honest peer makes, duplicates, and three config updates.
 */
const FIXTURE = new URL('../../../fixtures/ledger/fabric-3.1.5.blocks.br', import.meta.url);

/** Blocks with a four-byte length before each, under Brotli. */
export function realBlocks(): readonly ParsedBlock[] {
  const bytes = brotliDecompressSync(readFileSync(FIXTURE));
  const blocks: ParsedBlock[] = [];
  for (let position = 0; position < bytes.length;) {
    const length = bytes.readUInt32BE(position);
    blocks.push(parseBlock(bytes.subarray(position + 4, position + 4 + length)));
    position += 4 + length;
  }
  return blocks;
}

/** A block with what the validator makes of it. */
export interface JudgedBlock {
  readonly block: ParsedBlock;
  readonly verdict: BlockVerdict;
  /** The hash that a peer chains its codes and state changes into; none for the genesis block. */
  readonly commitHash: Uint8Array | undefined;
}

/** Validates a chain from its genesis block on, with nothing but the blocks. */
export async function replay(blocks: readonly ParsedBlock[]): Promise<readonly JudgedBlock[]> {
  const state = new MemoryState();
  const judged: JudgedBlock[] = [];
  let config: ChannelConfig = parseConfigBlock(blocks[0]!);
  let previous: Uint8Array | undefined;
  for (const block of blocks) {
    const verdict = await validateBlock(block, { config, state });
    config = verdict.config ?? config;
    const txIds = verdict.transactions.map(({ txId }) => txId);
    state.apply(verdict.updates, txIds);
    if (block.number > 0n) previous = sealOf(block, verdict, previous);
    judged.push({ block, verdict, commitHash: previous });
  }
  return judged;
}

function sealOf(
  block: ParsedBlock,
  { transactions, updates }: BlockVerdict,
  previous: Uint8Array | undefined,
): Uint8Array {
  const heights = new Map(transactions.map(({ txId }, tx) => [txId, { block: block.number, tx }]));
  return commitHash({
    codes: Uint8Array.from(transactions, ({ code }) => code),
    updates,
    heightOf: (txId) => heights.get(txId) ?? { block: -1n, tx: 0 },
    previous,
  });
}
