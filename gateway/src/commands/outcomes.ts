import type { IndexFeed } from '../index-store/feed.js';
import type { TransactionRow } from '../index-store/model.js';
import type { IndexReader } from '../index-store/reader.js';
import type { Drafts } from './drafts.js';
import type { PendingTransaction } from './pending-model.js';
import { standingOf, type Standing } from './standing.js';

export interface OutcomeDependencies {
  readonly index: IndexReader;
  readonly feed: IndexFeed;
  readonly drafts: Drafts;
  readonly now: () => Date;
}

/** The state of transactions, according to the index. */
export class Outcomes {
  readonly #deps: OutcomeDependencies;

  constructor(dependencies: OutcomeDependencies) {
    this.#deps = dependencies;
  }

  standing(transaction: PendingTransaction): Standing {
    const { index, drafts, now } = this.#deps;
    const outcome = index.transaction(transaction.txId);
    return standingOf(transaction, outcome, now(), drafts.kept(transaction));
  }

  /** Waits until a transaction is in the index; its row, or undefined after `milliseconds`. */
  async whenApplied(txId: string, milliseconds: number): Promise<TransactionRow | undefined> {
    const { index, feed } = this.#deps;
    const stop = new AbortController();
    const waiting = feed.whenApplied(txId, milliseconds, stop.signal);
    const known = index.transaction(txId);
    if (known !== undefined) stop.abort();
    await waiting;
    return known ?? index.transaction(txId);
  }
}
