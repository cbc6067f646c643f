import { isConflictCode } from '@yici/ledger';
import type { TransactionRow } from '../index-store/model.js';
import { validCode } from '../index-store/validation-codes.js';
import type {
  Endorsed,
  PendingTransaction,
  Proposed,
  Refused,
  Submitted,
} from './pending-model.js';
import { mostAhead } from './proposals.js';
import { isTakenCaseNo } from './transitions.js';

/** The state of a transaction, from the gateway's own record and from the index. */
export type Standing =
  | { readonly state: 'proposed'; readonly transaction: Proposed; readonly signable: Uint8Array }
  | { readonly state: 'endorsed'; readonly transaction: Endorsed }
  | { readonly state: 'submitted'; readonly transaction: Submitted }
  | { readonly state: 'refused'; readonly transaction: Refused }
  | { readonly state: 'expired'; readonly transaction: Proposed | Endorsed }
  | {
      readonly state: 'committed' | 'invalid';
      readonly transaction: PendingTransaction;
      readonly outcome: TransactionRow;
    };

/** `signable` is the proposal to be signed; undefined if it is no longer in memory, so that it cannot be signed. */
export function standingOf(
  transaction: PendingTransaction,
  outcome: TransactionRow | undefined,
  now: Date,
  signable: Uint8Array | undefined,
): Standing {
  if (outcome !== undefined) {
    const state = outcome.code.number === validCode ? 'committed' : 'invalid';
    return { state, transaction, outcome };
  }
  const isOver = isLate(transaction, now);
  switch (transaction.state) {
    case 'proposed':
      return isOver || signable === undefined
        ? { state: 'expired', transaction }
        : { state: 'proposed', transaction, signable };
    case 'endorsed':
      return isOver ? { state: 'expired', transaction } : { state: 'endorsed', transaction };
    case 'submitted':
      return { state: 'submitted', transaction };
    case 'refused':
      return { state: 'refused', transaction };
  }
}

/** Whether the time to sign has run out, or was that of a clock which was ahead and has been set right: nobody takes it then. */
function isLate({ timestamp, expiresAt }: PendingTransaction, now: Date): boolean {
  const ahead = new Date(timestamp).getTime() - now.getTime();
  return new Date(expiresAt) <= now || ahead > mostAhead;
}

/** Whether the same command may be signed again under a new Fabric id. */
export function mayRetry(standing: Standing): boolean {
  // Only the caller has the confidential part, so it has to send the command again.
  if (standing.transaction.privately) return false;
  switch (standing.state) {
    case 'expired':
      return true;
    case 'invalid':
      return isConflictCode(standing.outcome.code.number);
    case 'refused':
      return isTakenCaseNo(standing.transaction);
    default:
      return false;
  }
}
