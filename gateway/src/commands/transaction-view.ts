import type { TransactionState } from '@yici/api';
import { createHash } from 'node:crypto';
import type { PendingError, PendingTransaction } from './pending-model.js';
import { proposalSummary } from './proposals.js';
import { commandRoute } from './route-table.js';
import { mayRetry, type Standing } from './standing.js';

/** What is to be signed next. */
interface SigningRequest {
  readonly kind: 'proposal' | 'transaction';
  /** base64 */
  readonly bytes: string;
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
}

export interface TransactionView {
  readonly id: string;
  readonly txId: string;
  readonly attempt: number;
  readonly state: TransactionState;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly sign?: SigningRequest;
  readonly result?: unknown;
  readonly block?: number;
  readonly code?: { readonly number: number; readonly name: string };
  readonly retry?: true;
  readonly error?: PendingError;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A transaction as the API shows it. */
export function transactionView(standing: Standing): TransactionView {
  const { state, transaction } = standing;
  const result = 'result' in transaction ? transaction.result : null;
  const { id, txId, attempt, command, input, createdAt, expiresAt } = transaction;
  return {
    ...{ id, txId, attempt, state, command, input },
    summary: summaryOf(transaction),
    ...signingRequest(standing),
    ...(result === null ? {} : { result }),
    ...('outcome' in standing
      ? { block: standing.outcome.block, code: standing.outcome.code }
      : {}),
    ...(mayRetry(standing) ? { retry: true } : {}),
    ...(transaction.state === 'refused' ? { error: transaction.error } : {}),
    ...{ createdAt, expiresAt },
  };
}

function signingRequest(standing: Standing): { readonly sign?: SigningRequest } {
  switch (standing.state) {
    case 'proposed':
      return { sign: request('proposal', standing.signable) };
    case 'endorsed':
      return { sign: request('transaction', Buffer.from(standing.transaction.payload, 'base64')) };
    default:
      return {};
  }
}

function request(kind: SigningRequest['kind'], bytes: Uint8Array): SigningRequest {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { kind, bytes: Buffer.from(bytes).toString('base64'), digest };
}

function summaryOf(transaction: PendingTransaction): Record<string, unknown> {
  return {
    ...proposalSummary(Buffer.from(transaction.proposal, 'base64')),
    mspId: transaction.mspId,
    user: transaction.user,
    timestamp: transaction.timestamp,
    text: commandRoute(transaction.command)?.summary,
  };
}
