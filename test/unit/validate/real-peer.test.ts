import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import {
  commitHash,
  commitHashOf,
  encodeBlock,
  MemoryState,
  parseBlock,
  parseConfigBlock,
  transactionsFilter,
  validateBlock,
  validationCodeName,
  type BlockVerdict,
  type ChannelConfig,
  type ParsedBlock,
} from '@yici/ledger';

/**
 * Sixteen blocks as a Fabric 3.1.5 peer committed them: its codes and commit hashes are in their metadata. The channel
 * was made with configtxgen and cryptogen; the 102 transactions were made to be judged in as many ways as an orderer
 * lets through: spoilt bytes, missing endorsements, key and collection policies, stale and phantom reads, read-write
 * sets that no honest peer makes, duplicates, and three config updates.
 */
const FIXTURE = new URL('../../../fixtures/ledger/fabric-3.1.5.blocks.br', import.meta.url);

/** Blocks with a four-byte length before each, under Brotli. */
function readBlocks(): readonly ParsedBlock[] {
  const bytes = brotliDecompressSync(readFileSync(FIXTURE));
  const blocks: ParsedBlock[] = [];
  for (let position = 0; position < bytes.length;) {
    const length = bytes.readUInt32BE(position);
    blocks.push(parseBlock(bytes.subarray(position + 4, position + 4 + length)));
    position += 4 + length;
  }
  return blocks;
}

async function replay(
  blocks: readonly ParsedBlock[],
): Promise<readonly { block: ParsedBlock; verdict: BlockVerdict }[]> {
  const state = new MemoryState();
  const judged = [];
  let config: ChannelConfig = parseConfigBlock(blocks[0]!);
  for (const block of blocks) {
    const verdict = await validateBlock(block, { config, state });
    config = verdict.config ?? config;
    state.apply(
      verdict.updates,
      verdict.transactions.map(({ txId }) => txId),
    );
    judged.push({ block, verdict });
  }
  return judged;
}

describe('blocks of a real Fabric peer', () => {
  const blocks = readBlocks();
  let judged: Awaited<ReturnType<typeof replay>>;

  before(async () => {
    judged = await replay(blocks);
  });

  it('get the validation codes that the peer gave', () => {
    const names = (codes: Iterable<number>): string[] => Array.from(codes, validationCodeName);
    for (const { block, verdict } of judged.slice(1)) {
      const ours = verdict.transactions.map(({ code }) => code);
      expect(names(ours), `block ${block.number}`).to.deep.equal(
        names(transactionsFilter(block) ?? []),
      );
      expect(verdict.halt).to.equal(undefined);
    }
  });

  it('show every code that an orderer lets through to a peer', () => {
    const codes = judged.flatMap(({ verdict }) => verdict.transactions.map(({ code }) => code));
    expect(codes).to.have.length(103);
    expect([...new Set(codes.map(validationCodeName))].sort()).to.deep.equal([
      'BAD_COMMON_HEADER',
      'BAD_HEADER_EXTENSION',
      'BAD_PROPOSAL_TXID',
      'BAD_RESPONSE_PAYLOAD',
      'BAD_RWSET',
      'DUPLICATE_TXID',
      'ENDORSEMENT_POLICY_FAILURE',
      'ILLEGAL_WRITESET',
      'INVALID_CHAINCODE',
      'INVALID_ENDORSER_TRANSACTION',
      'INVALID_OTHER_REASON',
      'MVCC_READ_CONFLICT',
      'PHANTOM_READ_CONFLICT',
      'VALID',
    ]);
  });

  it('lead to the state changes that the peer chained into its commit hash', () => {
    let previous: Uint8Array | undefined;
    for (const { block, verdict } of judged.slice(1)) {
      const heights = new Map(
        verdict.transactions.map(({ txId }, tx) => [txId, { block: block.number, tx }]),
      );
      const theirs = commitHashOf(block) ?? new Uint8Array(0);
      const ours = commitHash({
        codes: transactionsFilter(block) ?? new Uint8Array(0),
        updates: verdict.updates,
        heightOf: (txId) => heights.get(txId) ?? { block: -1n, tx: 0 },
        previous,
      });
      expect(Buffer.from(ours).equals(theirs), `block ${block.number}`).to.equal(true);
      previous = theirs;
    }
  });

  it('bring three config updates, each authorised by the config before it', () => {
    const configs = judged.flatMap(({ verdict }) => verdict.config ?? []);
    expect(configs.map(({ sequence }) => sequence)).to.deep.equal([0n, 1n, 2n, 3n]);
    expect(configs[1]?.orderer?.batch.timeoutMs).to.equal(1000);
    expect(configs[2]?.policy('/Channel/Application/Nested')).to.equal(undefined);
    expect(configs[3]?.application?.organizations.map(({ mspId }) => mspId)).to.deep.equal([
      'Org1MSP',
    ]);
  });

  it('get a reason for every transaction that is not valid, and for no other', () => {
    for (const { verdict } of judged) {
      for (const { code, reason } of verdict.transactions) {
        expect(reason === '').to.equal(code === 0);
      }
    }
  });

  it('are the same bytes after being read and written', () => {
    const first = blocks[0]!;
    expect(parseBlock(encodeBlock(first))).to.deep.equal(first);
  });
});
