import type { Transaction } from '@yici/api';
import { createHash } from 'node:crypto';
import type { PendingTransaction } from './pending-model.js';
import { proposalSummary } from './proposals.js';
import { commandRoute } from './route-table.js';
import { mayRetry, type Standing } from './standing.js';

type SigningRequest = NonNullable<Transaction['sign']>;

export function transactionView(standing: Standing): Transaction {
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

function signingRequest(standing: Standing): { sign?: SigningRequest } {
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
