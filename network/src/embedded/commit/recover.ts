import {
  encodeBlock,
  headerHash,
  parseBlock,
  parseConfigBlock,
  withTransactionsFilter,
  type ParsedBlock,
} from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import type { BlockFiles } from '../storage/block-files.js';
import { buckets, bucketsNotInBlocks, keyOf, withPrefix, type Bucket } from '../storage/buckets.js';
import { blockIs, corrupt, noBlock } from '../storage/errors.js';
import { WriteBatch, type LevelStore } from '../storage/level-store.js';
import {
  readSavepoint,
  removeSavepoint,
  writeSavepoint,
  type Savepoint,
} from '../storage/repositories/savepoint.js';
import type { Tables } from '../storage/repositories/tables.js';
import { VALID, addBlock, savepointOf, type AppliedBlock } from './block-batch.js';
import type { ChainReader } from './chain-reader.js';
import { CollectionRetention } from './collection-retention.js';
import type { ChainState } from './committer.js';
import { ReplayState, replayBlock } from './replay.js';
import { stateView } from './state-view.js';

/** Progress of bringing the state up to date with the block files; reported at the start, on the way and at the end. */
export interface RecoveryProgress {
  /** Blocks applied. */
  readonly done: bigint;
  /** Blocks in the files. */
  readonly total: bigint;
}

interface RecoveryParts {
  readonly store: LevelStore;
  readonly files: BlockFiles;
  readonly tables: Tables;
  readonly chain: ChainReader;
  readonly genesisBlock: Uint8Array;
  readonly isStaged: (txId: string) => boolean;
  readonly onProgress?: ((progress: RecoveryProgress) => void) | undefined;
}

const PROGRESS_EVERY = 256n;

/** Removes everything that is derived from the block files, so that opening rebuilds it. */
export async function forgetState(store: LevelStore): Promise<void> {
  // Remove the savepoint first: without it a half-cleared store is never mistaken for a complete one.
  await removeSavepoint(store);
  const kept: readonly Bucket[] = ['meta', ...bucketsNotInBlocks];
  for (const bucket of bucketNames()) if (!kept.includes(bucket)) await store.clear(bucket);
}

/**
 * Brings the store up to date with the block files and returns the end of the chain. An empty ledger gets its genesis
 * block. Throws GENESIS_MISMATCH, BLOCK_FILE_CORRUPT.
 */
export async function recover(parts: RecoveryParts): Promise<ChainState> {
  const { store, files, chain } = parts;
  if (files.height === 0n) await files.append(0n, judgedGenesis(parts.genesisBlock));
  const before = readSavepoint(store);
  const savepoint = before === undefined ? await rebuild(parts) : await catchUp(parts, before);
  await checkGenesis(parts);
  return {
    config: parseConfigBlock(await blockAt(chain, savepoint.lastConfig)),
    savepoint,
    previousHash: (await blockAt(chain, savepoint.block)).previousHash,
    mayExpire: await hasEntries(store, 'expiry'),
  };
}

/**
 * Builds the whole state. Its writes are not synced one by one, so the store has no savepoint until all of them are
 * durable: after a crash the rebuild starts again. One block is written while the next is read.
 */
async function rebuild(parts: RecoveryParts): Promise<Savepoint> {
  const { store, files } = parts;
  await forgetState(store);
  const total = files.height;
  let writing = Promise.resolve();
  let last: Savepoint | undefined;
  try {
    for await (const { batch, savepoint } of replay(parts, undefined, () => writing)) {
      await writing;
      writing = store.write(batch, { sync: false });
      // Awaited one block later; until then a rejection must not end the process as unhandled.
      writing.catch(() => undefined);
      last = savepoint;
      if (savepoint.block % PROGRESS_EVERY === 0n) {
        parts.onProgress?.({ done: savepoint.block + 1n, total });
      }
    }
  } finally {
    await writing;
  }
  if (last === undefined) throw corrupt('block files', 0, noBlock);
  await store.flush();
  const end = new WriteBatch();
  writeSavepoint(end, last);
  await store.write(end, { sync: true });
  parts.onProgress?.({ done: total, total });
  return last;
}

/** Applies blocks that are in the files but not in the store: after a crash at most one. */
async function catchUp(parts: RecoveryParts, before: Savepoint): Promise<Savepoint> {
  const { store, files, onProgress } = parts;
  let last = before;
  for await (const { batch, savepoint } of replay(parts, before, () => Promise.resolve())) {
    writeSavepoint(batch, savepoint);
    await store.write(batch, { sync: true });
    last = savepoint;
    onProgress?.({ done: savepoint.block + 1n, total: files.height });
  }
  return last;
}

/**
 * The changes of each block after `before`. The newest of them may still be being written when the next is requested;
 * `written` waits for it.
 */
async function* replay(
  { files, tables, isStaged }: RecoveryParts,
  before: Savepoint | undefined,
  written: () => Promise<void>,
): AsyncGenerator<{ readonly batch: WriteBatch; readonly savepoint: Savepoint }> {
  const state = new ReplayState(stateView(tables), before === undefined);
  const lives = new CollectionRetention(state);
  // A state that starts empty has no keys with an expiry.
  let mayExpire = before !== undefined;
  let savepoint = before;
  const after = before && { number: before.block, location: before.location };
  for await (const stored of files.scan(after)) {
    const block = replayBlock(stored, state, savepoint?.lastConfig ?? 0n);
    checkLink(block.previousHash, savepoint, block.number);
    if (mayExpire || readsStore(block)) await written();
    const batch = new WriteBatch();
    const { scheduled } = await addBlock(batch, block, { tables, lives, mayExpire, isStaged });
    mayExpire ||= scheduled;
    savepoint = savepointOf(block);
    lives.forget();
    yield { batch, savepoint };
  }
}

/** Whether applying the block reads tables that the previous block may have changed. */
function readsStore({ transactions, updates }: AppliedBlock): boolean {
  return updates.hashes.length > 0 || transactions.some(({ code }) => code !== VALID);
}

function checkLink(previousHash: Uint8Array, before: Savepoint | undefined, block: bigint): void {
  if (before === undefined || Buffer.compare(previousHash, before.headerHash) === 0) return;
  const { segment, offset } = before.location;
  throw corrupt(
    `segment ${segment}`,
    offset,
    blockIs(block, `与区块 ${before.block} 不衔接`, `does not follow block ${before.block}`),
  );
}

/** A peer marks the genesis transaction valid without validation. */
function judgedGenesis(bytes: Uint8Array): Uint8Array {
  const block = parseBlock(bytes);
  // Checked before anything is written: a block without a readable config could not be removed later.
  parseConfigBlock(block);
  return encodeBlock(
    withTransactionsFilter(
      block,
      block.envelopes.map(() => VALID),
    ),
  );
}

async function checkGenesis({ chain, genesisBlock }: RecoveryParts): Promise<void> {
  const found = headerHash(await blockAt(chain, 0n));
  const expected = headerHash(parseBlock(genesisBlock));
  if (Buffer.compare(found, expected) === 0) return;
  const details = { found: hex(found), expected: hex(expected) };
  throw new NetworkError(
    'GENESIS_MISMATCH',
    {
      zh: '数据目录属于另一个通道，创世区块不同。使用该目录自己的拓扑文件，或者使用新目录。',
      en: 'The data folder belongs to a channel with another genesis block.',
    },
    { details },
  );
}

async function blockAt(chain: ChainReader, number: bigint): Promise<ParsedBlock> {
  const block = await chain.parsed(number);
  if (block === undefined) throw corrupt('block index', 0, blockIs(number, '缺失', 'is missing'));
  return block;
}

async function hasEntries(store: LevelStore, bucket: Bucket): Promise<boolean> {
  for await (const _ of store.entries(withPrefix(keyOf(bucket)), { limit: 1 })) return true;
  return false;
}

function bucketNames(): Bucket[] {
  return Object.keys(buckets).filter((name): name is Bucket => name in buckets);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
