import { ContractError, GatewayError } from '../errors.js';
import type { TransactionRow } from '../index-store/model.js';
import type { PendingTransaction, Refused } from './pending-model.js';

/** The stored error of a refused transaction. */
export function refusal({ error }: Refused): ContractError | GatewayError {
  const { code, detail, details } = error;
  return code === 'CONTRACT_REFUSED'
    ? new GatewayError(code, detail)
    : new ContractError(code, detail, { details });
}

export function notFound(id: string): GatewayError {
  return new GatewayError('TRANSACTION_NOT_FOUND', 'There is no such transaction of yours.', {
    details: { id },
  });
}

export function expired({ id, expiresAt }: PendingTransaction): GatewayError {
  return new GatewayError(
    'TRANSACTION_EXPIRED',
    'The time to sign has run out; retry for a new signing request.',
    { details: { id, expiresAt } },
  );
}

export function wrongState(id: string, state: string, action: string): GatewayError {
  return new GatewayError(
    'TRANSACTION_STATE',
    `A transaction that is ${state} cannot be ${action}.`,
    { details: { id, state } },
  );
}

export function invalid({ id, txId }: PendingTransaction, outcome: TransactionRow): GatewayError {
  const { block, code: validation } = outcome;
  return new GatewayError(
    'TRANSACTION_INVALID',
    `The transaction was ordered and found invalid: ${validation.name}.`,
    { details: { id, txId, block, validation } },
  );
}
