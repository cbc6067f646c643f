import { setTimeout as pause } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import { putJson } from '../store/json-values.js';
import type { StateStore } from '../store/state-store.js';
import { blockChanges, calendarYears, countedCases, type Overlay } from './apply.js';
import { decodeBlock, type DecodedBlock, type UserNames } from '../index-store/decode.js';
import type { IndexFeed } from '../index-store/feed.js';
import { indexKeys, indexLayout } from '../index-store/keys.js';
import type { Checkpoint } from '../index-store/model.js';
import { IndexReader } from '../index-store/reader.js';
import { oneBlock, type BlockSource } from '../peer/block-source.js';
import type { Target } from '../peer/port.js';

interface FollowerDependencies {
  readonly store: StateStore;
  readonly source: BlockSource;
  readonly feed: IndexFeed;
  readonly userName: UserNames;
  /** Receives every block with a channel config: at start the one in force, then each new one. */
  readonly onConfig: (block: Uint8Array) => void;
  readonly onProgress?: (indexed: number) => void;
  /** The index has the layout of another release and was emptied. */
  readonly onRebuild?: (layout: { readonly from: number; readonly to: number }) => void;
  /** Called for each lost stream before it is reopened. */
  readonly onLost?: (error: unknown) => void;
}

/** A block whose batch is being written while the next block is decoded. */
interface Ahead {
  readonly checkpoint: Checkpoint;
  readonly after: Overlay;
  readonly written: Promise<void>;
}

/** A stream that the peer refuses ends at once; one that is open for this long (ms) is not refused. */
const refusedWithin = 1_000;
const firstPause = 100;
const maxPause = 5_000;

/**
 * Keeps the index at the peer's height. A block's changes and the checkpoint are one batch, so each block is applied
 * exactly once; the chain of header hashes is verified.
 */
export class BlockFollower {
  readonly #options: Target;
  readonly #deps: FollowerDependencies;
  readonly #reader: IndexReader;
  readonly #stop = new AbortController();
  /** The newest block while it is being written. */
  #ahead: Ahead | undefined;
  #running: Promise<void> | undefined;
  #failure: GatewayError | undefined;
  #refusal: GatewayError | undefined;

  constructor(options: Target, dependencies: FollowerDependencies) {
    this.#options = options;
    this.#deps = dependencies;
    this.#reader = new IndexReader(dependencies.store);
  }

  /**
   * Checks that the index belongs to this channel (or creates one), reports the config in force and starts to follow.
   * @throws GatewayError INDEX_OF_OTHER_CHANNEL when the genesis blocks differ.
   */
  async start(): Promise<void> {
    const genesisBytes = await this.#fetch(0);
    const genesis = decodeBlock(genesisBytes, this.#deps.userName);
    const checkpoint = await this.#current(genesis);
    if (checkpoint === undefined) {
      await this.#apply(genesis, genesisBytes, undefined);
      await this.#settle();
    } else {
      this.#deps.onConfig(
        checkpoint.configBlock === 0 ? genesisBytes : await this.#fetch(checkpoint.configBlock),
      );
    }
    this.#running = this.#follow();
  }

  /** Why following ended permanently; undefined while it continues. */
  get failure(): GatewayError | undefined {
    return this.#failure;
  }

  /** Why the peer refuses the block stream, as it does once the gateway's own certificate is not accepted; it is tried again. */
  get refusal(): GatewayError | undefined {
    return this.#refusal;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** The checkpoint of this channel's index; an index with an older layout is cleared and rebuilt. */
  async #current(genesis: DecodedBlock): Promise<Checkpoint | undefined> {
    const checkpoint = this.#reader.checkpoint();
    if (checkpoint === undefined) return undefined;
    if (checkpoint.genesis !== genesis.hash || checkpoint.channel !== this.#options.channel) {
      throw new GatewayError(
        'INDEX_OF_OTHER_CHANNEL',
        `The index belongs to channel ${checkpoint.channel} with genesis ${checkpoint.genesis}, the peer serves ` +
          `${this.#options.channel} with genesis ${genesis.hash}. Point the gateway at the right peer, or rebuild.`,
      );
    }
    if (checkpoint.layout === indexLayout) return checkpoint;
    await this.#deps.store.clear();
    this.#deps.onRebuild?.({ from: checkpoint.layout, to: indexLayout });
    return undefined;
  }

  #fetch(number: number): Promise<Uint8Array> {
    return oneBlock(this.#deps.source, number, this.#stop.signal);
  }

  async #follow(): Promise<void> {
    let wait = firstPause;
    while (!this.#stopping()) {
      const taken = setTimeout(() => (this.#refusal = undefined), refusedWithin);
      try {
        for await (const block of this.#newBlocks()) {
          await this.#take(block);
          wait = firstPause;
        }
        await this.#settle();
      } catch (error) {
        // Unwritten blocks are fetched again, starting at the checkpoint.
        await this.#settle().catch(() => undefined);
        if (isFatal(error)) {
          this.#failure = error;
          this.#deps.onLost?.(error);
          return;
        }
        if (isRefusal(error)) this.#refusal = error;
        if (!this.#stopping()) this.#deps.onLost?.(error);
      } finally {
        clearTimeout(taken);
      }
      await this.#pause(wait);
      wait = Math.min(wait * 2, maxPause);
    }
  }

  #newBlocks(): AsyncIterable<Uint8Array> {
    const next = (this.#reader.checkpoint()?.block ?? -1) + 1;
    return this.#deps.source.blocks(next, undefined, this.#stop.signal);
  }

  #stopping(): boolean {
    return this.#stop.signal.aborted;
  }

  async #pause(milliseconds: number): Promise<void> {
    if (this.#stopping()) return;
    await pause(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  async #take(bytes: Uint8Array): Promise<void> {
    const block = decodeBlock(bytes, this.#deps.userName);
    const checkpoint = this.#ahead?.checkpoint ?? this.#reader.checkpoint();
    if (checkpoint !== undefined && block.number <= checkpoint.block) return;
    await this.#apply(block, bytes, checkpoint);
    // What comes next is judged by the members it names.
    if (block.config) await this.#ahead?.written;
  }

  /** Resolves when the block is being written and every earlier block is in the store. */
  async #apply(
    block: DecodedBlock,
    bytes: Uint8Array,
    previous: Checkpoint | undefined,
  ): Promise<void> {
    this.#checkLink(block, previous);
    const { store, feed } = this.#deps;
    const { chaincode } = this.#options;
    const years = calendarYears(block, chaincode);
    // Cases are listed by the store alone.
    if (years.size > 0) await this.#settle();
    const counted = await countedCases(store, years);
    const base = this.#ahead?.after ?? store;
    const { changes, applied, after } = blockChanges(block, base, chaincode, counted);
    await this.#ahead?.written;
    after.rebase(store);
    const checkpoint = this.#checkpointAt(block, previous);
    changes.push(putJson(indexKeys.checkpoint, checkpoint));
    const written = store.write(changes).then(() => {
      // Before anybody is told of the block: whom the config shuts out is told of nothing more.
      if (block.config) this.#deps.onConfig(bytes);
      feed.publish(applied);
      this.#deps.onProgress?.(block.number);
    });
    // Awaited with the next block; until then a rejection must not end the process as unhandled.
    written.catch(() => undefined);
    this.#ahead = { checkpoint, after, written };
  }

  /** Waits until everything taken is written or has failed. */
  async #settle(): Promise<void> {
    const { written } = this.#ahead ?? {};
    this.#ahead = undefined;
    await written;
  }

  #checkLink(block: DecodedBlock, checkpoint: Checkpoint | undefined): void {
    const expected = checkpoint === undefined ? 0 : checkpoint.block + 1;
    const linked = checkpoint === undefined || block.previousHash === checkpoint.hash;
    if (block.number === expected && linked) return;
    throw new GatewayError(
      'INDEX_OF_OTHER_CHANNEL',
      `Block ${String(block.number)} does not follow block ${String(expected - 1)} of the index.`,
    );
  }

  #checkpointAt(block: DecodedBlock, previous: Checkpoint | undefined): Checkpoint {
    return {
      layout: indexLayout,
      channel: this.#options.channel,
      genesis: previous?.genesis ?? block.hash,
      block: block.number,
      hash: block.hash,
      configBlock: block.config ? block.number : (previous?.configBlock ?? 0),
    };
  }
}

function isRefusal(error: unknown): error is GatewayError {
  const codes = ['PEER_REFUSED', 'DEPARTMENT_OUT'];
  return error instanceof GatewayError && codes.includes(error.code);
}

/** Errors of the blocks themselves, for which a retry is pointless. */
function isFatal(error: unknown): error is GatewayError {
  return (
    error instanceof GatewayError &&
    (error.code === 'INDEX_OF_OTHER_CHANNEL' || error.code === 'BLOCK_UNREADABLE')
  );
}
