import { claimedConfigs, parseBlock } from '@yici/ledger';
import { oneBlock, type BlockSource } from './block-source.js';

/** A block as stored by the peer, with the orderers' signatures and the peer's validation codes. */
export interface WholeBlock {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** Whole blocks from the peer, for clients that verify them. Every read fails with GatewayError PEER_…. */
export class WholeBlocks {
  readonly #source: BlockSource;
  /** Cache: config blocks do not change and are read repeatedly. */
  readonly #configs = new Map<number, { readonly bytes: Uint8Array; readonly previous: number }>();

  constructor(source: BlockSource) {
    this.#source = source;
  }

  async range(from: number, to: number): Promise<WholeBlock[]> {
    const found: WholeBlock[] = [];
    for await (const bytes of this.#source.blocks(from, to)) {
      found.push({ number: from + found.length, bytes });
    }
    return found;
  }

  /** The blocks from a number up to another, cut off behind the one with which they are `bytes` long or longer. */
  async within(from: number, to: number, bytes: number): Promise<Uint8Array[]> {
    const found: Uint8Array[] = [];
    if (from > to) return found;
    let length = 0;
    for await (const block of this.#source.blocks(from, to)) {
      found.push(block);
      length += block.length;
      if (length >= bytes) break;
    }
    return found;
  }

  /**
   * The config blocks after a number, ascending, up to `newest`, which must be one: the block before a config block
   * names the previous config block.
   */
  async configs(after: number, newest: number): Promise<WholeBlock[]> {
    const found: WholeBlock[] = [];
    for (let number = newest; number > after;) {
      const { bytes, previous } = await this.#config(number);
      found.unshift({ number, bytes });
      number = previous;
    }
    return found;
  }

  async #config(number: number) {
    const known = this.#configs.get(number);
    if (known !== undefined) return known;
    const bytes = await oneBlock(this.#source, number);
    const previous =
      number === 0 ? -1 : lastConfigOf(await oneBlock(this.#source, number - 1), number);
    const config = { bytes, previous };
    this.#configs.set(number, config);
    return config;
  }
}

function lastConfigOf(bytes: Uint8Array, before: number): number {
  if (before === 1) return 0;
  const claims = claimedConfigs(parseBlock(bytes)).map(Number);
  return Math.min(before - 1, Math.max(0, ...claims));
}
