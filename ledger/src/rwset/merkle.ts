import { sha256 } from '../crypto/hash.js';
import { LedgerError } from '../errors.js';
import { encodeQueryReads } from './kv.js';
import type { KvRead, MerkleSummary } from './model.js';

/** The degree that Fabric's peers use for range queries (core/ledger/kvledger/txmgmt/txmgr). */
const MERKLE_MAX_DEGREE = 50;

/**
 * Collects the results of a range query. Gives the raw reads while they are few, otherwise the hashes of the top level of a
 * Merkle tree whose nodes take `maxDegree + 1` children. Source: core/ledger/kvledger/txmgmt/rwsetutil/query_results_helper.go.
 */
export class RangeReads {
  readonly #maxDegree: number;
  readonly #levels: Uint8Array[][] = [];
  #pending: KvRead[] = [];

  /** @throws LedgerError MALFORMED_BYTES when `maxDegree` is below 2, since it may come from an untrusted read-write set. */
  constructor(maxDegree: number = MERKLE_MAX_DEGREE) {
    if (maxDegree < 2) {
      throw new LedgerError('MALFORMED_BYTES', 'a Merkle tree needs a degree of 2 or more', {
        details: { message: 'kvrwset.QueryReadsMerkleSummary', maxDegree },
      });
    }
    this.#maxDegree = maxDegree;
  }

  add(read: KvRead): void {
    this.#pending.push(read);
    if (this.#pending.length > this.#maxDegree) this.#hashPending();
  }

  /** The current top level: a validator can stop as soon as it exceeds the one it compares with. */
  get summary(): MerkleSummary {
    const maxLevel = Math.max(this.#levels.length, 1);
    return {
      maxDegree: this.#maxDegree,
      maxLevel,
      maxLevelHashes: this.#levels[maxLevel - 1] ?? [],
    };
  }

  /** Ends the collection. */
  finish(): readonly KvRead[] | MerkleSummary {
    if (this.#levels.length === 0) return this.#pending;
    if (this.#pending.length > 0) this.#hashPending();
    this.#complete();
    return this.summary;
  }

  #hashPending(): void {
    const leaf = sha256(encodeQueryReads(this.#pending));
    this.#pending = [];
    this.#push(0, leaf);
  }

  #push(level: number, hash: Uint8Array): void {
    const hashes = (this.#levels[level] ??= []);
    hashes.push(hash);
    if (hashes.length <= this.#maxDegree) return;
    this.#levels[level] = [];
    this.#push(level + 1, sha256(...hashes));
  }

  /** Moves the rest of the lower levels up to the top one; a single hash moves up unchanged. */
  #complete(): void {
    const top = this.#levels.length - 1;
    for (let level = 0; level < top; level += 1) {
      const hashes = this.#levels[level] ?? [];
      const [first] = hashes;
      if (first === undefined) continue;
      this.#levels[level] = [];
      // Not #push: in the last pass an upper level may exceed its limit.
      (this.#levels[level + 1] ??= []).push(hashes.length === 1 ? first : sha256(...hashes));
    }
    const hashes = this.#levels[top] ?? [];
    if (hashes.length <= this.#maxDegree) return;
    this.#levels[top] = [];
    this.#levels.push([sha256(...hashes)]);
  }
}

/** The read set entry for a range query with these results. */
export function merkleSummary(
  reads: Iterable<KvRead>,
  maxDegree: number = MERKLE_MAX_DEGREE,
): readonly KvRead[] | MerkleSummary {
  const collected = new RangeReads(maxDegree);
  for (const read of reads) collected.add(read);
  return collected.finish();
}
