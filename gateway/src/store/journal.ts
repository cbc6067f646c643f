import { createHash } from 'node:crypto';
import { canonicalJson } from '@yici/chaincode/model';
import type { z } from 'zod';
import { KeyedQueue } from '../commands/keyed-queue.js';
import { readPage, type Page, type PageRequest } from '../index-store/page.js';
import { keyOf, under, type StateStore, type StoreChange } from './state-store.js';

/** The `prev` of a chain's first line. */
export const journalStart = '0'.repeat(64);

/** Nine digits: as numbers sort, so do their texts. */
export const paddedSeq = (seq: number): string => String(seq).padStart(9, '0');

/** What every line of a journal has: its number in the chain, and the SHA-256 of the canonical JSON of the line before. */
export interface JournalLine {
  readonly seq: number;
  readonly prev: string;
}

/**
 * Chains of lines to which lines are only added: one that is taken out or changed later shows in the line behind it. What
 * is missing at the end shows only to whoever noted the newest line before.
 */
export class Journal<T extends JournalLine> {
  readonly #level: StateStore;
  readonly #prefix: string;
  readonly #schema: z.ZodType<T>;
  readonly #queue = new KeyedQueue();

  constructor(level: StateStore, prefix: string, schema: z.ZodType<T>) {
    this.#level = level;
    this.#prefix = prefix;
    this.#schema = schema;
  }

  /**
   * Adds a line to each of the chains, and with each other changes, all or nothing; resolves when it is on the disk. Two that
   * share a chain must share the first.
   */
  append(
    chains: readonly [string, ...string[]],
    line: Omit<T, keyof JournalLine>,
    changes: (chain: string, seq: number) => readonly StoreChange[] = () => [],
  ): Promise<void> {
    return this.#queue.run(chains[0], async () => {
      const lines: StoreChange[] = [];
      for (const chain of chains) {
        const next = await this.#next(chain);
        const value = canonicalJson({ ...line, ...next });
        lines.push({ type: 'put', key: this.#key(chain, next.seq), value });
        lines.push(...changes(chain, next.seq));
      }
      await this.#level.write(lines, true);
    });
  }

  /** A chain's lines, oldest first unless `reverse`. */
  list(chain: string, request: PageRequest, reverse = false): Promise<Page<T>> {
    const read = (text: string) => this.#schema.parse(JSON.parse(text));
    return readPage(this.#level, { ...under(this.#prefix, chain), reverse, read }, request);
  }

  /** One line. */
  line(chain: string, seq: number): T | undefined {
    const text = this.#level.get(this.#key(chain, seq));
    return text === undefined ? undefined : this.#schema.parse(JSON.parse(text));
  }

  #key(chain: string, seq: number): string {
    return keyOf(this.#prefix, chain, paddedSeq(seq));
  }

  async #next(chain: string): Promise<JournalLine> {
    const last = { ...under(this.#prefix, chain), reverse: true, limit: 1 };
    for await (const [key, text] of this.#level.range(last)) {
      const prev = createHash('sha256').update(text).digest('hex');
      return { seq: Number(key.slice(-9)) + 1, prev };
    }
    return { seq: 0, prev: journalStart };
  }
}
