import { parseBlock, type ParsedBlock } from '@yici/ledger';
import type { BlockFiles } from '../storage/block-files.js';
import type { Tables } from '../storage/repositories/tables.js';
import type { CommittedTransaction } from '../ports.js';

/** Cache size: followers repeatedly read the newest blocks. */
const RECENT_BYTES = 32 * 1024 * 1024;

/** Reads blocks and transactions through the index. */
export class ChainReader {
  readonly #files: BlockFiles;
  readonly #tables: Tables;
  readonly #recent = new Map<bigint, Uint8Array>();
  #recentBytes = 0;

  constructor(files: BlockFiles, tables: Tables) {
    this.#files = files;
    this.#tables = tables;
  }

  /** Raw `common.Block`. Throws BLOCK_FILE_CORRUPT. */
  async byNumber(number: bigint): Promise<Uint8Array | undefined> {
    if (number < 0n) return undefined;
    const recent = this.#recent.get(number);
    if (recent !== undefined) return recent;
    const location = this.#tables.blocks.location(number);
    return location === undefined ? undefined : this.#files.read(number, location);
  }

  async byHash(hash: Uint8Array): Promise<Uint8Array | undefined> {
    const number = this.#tables.blocks.numberOfHash(hash);
    return number === undefined ? undefined : this.byNumber(number);
  }

  async byTxId(txId: string): Promise<Uint8Array | undefined> {
    const place = this.#tables.transactions.get(txId);
    return place === undefined ? undefined : this.byNumber(place.block);
  }

  async transaction(txId: string): Promise<CommittedTransaction | undefined> {
    const place = this.#tables.transactions.get(txId);
    if (place === undefined) return undefined;
    const block = await this.parsed(place.block);
    const envelope = block?.envelopes[place.position];
    return envelope && { envelope, code: place.code, block: place.block };
  }

  async parsed(number: bigint): Promise<ParsedBlock | undefined> {
    const bytes = await this.byNumber(number);
    return bytes === undefined ? undefined : parseBlock(bytes);
  }

  /** Caches a block that was just written. */
  remember(number: bigint, bytes: Uint8Array): void {
    this.#recent.set(number, bytes);
    this.#recentBytes += bytes.length;
    for (const [oldest, { length }] of this.#recent) {
      if (this.#recentBytes <= RECENT_BYTES) return;
      this.#recent.delete(oldest);
      this.#recentBytes -= length;
    }
  }
}
