import type { IndexFeed } from '../index-store/feed.js';
import type { TransactionRow } from '../index-store/model.js';
import type { Target } from '../peer/port.js';
import { traced } from '../tracing.js';
import { Drafts, type DraftDependencies } from './drafts.js';
import { Idempotency } from './idempotency.js';
import { PeerSteps, type PeerStepDependencies } from './peer-steps.js';
import type { PendingTransaction } from './pending-model.js';
import type { PendingStore } from './pending-store.js';
import { standingOf, type Standing } from './standing.js';

/** The state of transactions, according to the index. */
interface Outcomes {
  readonly standing: (transaction: PendingTransaction) => Standing;
  /** Waits until a transaction is in the index; its row, or undefined after `milliseconds`. */
  readonly whenApplied: (txId: string, milliseconds: number) => Promise<TransactionRow | undefined>;
}

export type WriteDependencies = DraftDependencies &
  Omit<PeerStepDependencies, 'drafts'> & {
    readonly pending: PendingStore;
    readonly feed: IndexFeed;
  };

/** The parts shared by writes with a caller's own key and writes with a custodial key. */
export type WriteParts = ReturnType<typeof writeParts>;

export function writeParts(target: Target, dependencies: WriteDependencies) {
  const { pending } = dependencies;
  const drafts = new Drafts(target, dependencies);
  return {
    ...{ target, pending, drafts },
    idempotency: new Idempotency(pending),
    peer: new PeerSteps(target, { ...dependencies, drafts }),
    outcomes: outcomesOf(dependencies, drafts),
  };
}

function outcomesOf({ index, feed, now }: WriteDependencies, drafts: Drafts): Outcomes {
  return {
    standing: (transaction) => {
      const outcome = index.transaction(transaction.txId);
      return standingOf(transaction, outcome, now(), drafts.kept(transaction));
    },
    whenApplied: (txId, milliseconds) =>
      traced(
        'commit and index',
        { 'yici.tx_id': txId },
        async () => index.transaction(txId) ?? (await feed.whenApplied(txId, milliseconds)),
      ),
  };
}
