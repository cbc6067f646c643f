import { createHash } from 'node:crypto';
import type { TransactionRow } from '../index-store/model.js';
import { isConflict, validCode } from '../index-store/validation-codes.js';
import type { PendingError, PendingTransaction } from './pending-model.js';
import { proposalSummary } from './proposals.js';
import { commandRoute } from './route-table.js';

export const transactionStates = [
  'proposed',
  'endorsed',
  'submitted',
  'committed',
  'invalid',
  'refused',
  'expired',
] as const;
type TransactionState = (typeof transactionStates)[number];

/** What is to be signed next. */
interface SigningRequest {
  readonly kind: 'proposal' | 'transaction';
  /** base64 */
  readonly bytes: string;
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
}

/** A transaction as the API shows it. */
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

/**
 * How a transaction stands: the gateway's own record, and what the index knows of its Fabric id. `signable` is the
 * proposal with its confidential part, while the gateway still has it: without it there is nothing to sign.
 */
export function transactionState(
  transaction: PendingTransaction,
  outcome: TransactionRow | undefined,
  now: Date,
  signable?: Uint8Array,
): TransactionState {
  if (outcome !== undefined) return outcome.code.number === validCode ? 'committed' : 'invalid';
  const waitsForSignature = transaction.state === 'proposed' || transaction.state === 'endorsed';
  if (waitsForSignature && new Date(transaction.expiresAt) <= now) return 'expired';
  if (transaction.state === 'proposed' && transaction.privately && signable === undefined) {
    return 'expired';
  }
  return transaction.state;
}

/** Whether the same command may be signed again under a new Fabric id. */
export function mayRetry(
  transaction: PendingTransaction,
  state: TransactionState,
  outcome: TransactionRow | undefined,
): boolean {
  // Only the caller has the confidential part: it sends the command again.
  if (transaction.privately) return false;
  if (state === 'expired') return true;
  if (state === 'invalid') return outcome !== undefined && isConflict(outcome.code.number);
  return state === 'refused' && isTakenCaseNo(transaction);
}

/** The contract knows the case number that this gateway issued: another gateway was quicker. */
export function isTakenCaseNo(transaction: PendingTransaction): boolean {
  return transaction.issuedCaseNo && transaction.error?.code === 'ALREADY_EXISTS';
}

export function transactionView(
  transaction: PendingTransaction,
  outcome: TransactionRow | undefined,
  now: Date,
  signable?: Uint8Array,
): TransactionView {
  const state = transactionState(transaction, outcome, now, signable);
  const sign = signingRequest(transaction, state, signable);
  return {
    id: transaction.id,
    txId: transaction.txId,
    attempt: transaction.attempt,
    state,
    command: transaction.command,
    input: transaction.input,
    summary: summaryOf(transaction),
    ...(sign === undefined ? {} : { sign }),
    ...(transaction.result === null ? {} : { result: transaction.result }),
    ...(outcome === undefined ? {} : { block: outcome.block, code: outcome.code }),
    ...(mayRetry(transaction, state, outcome) ? { retry: true } : {}),
    ...(transaction.error === null ? {} : { error: transaction.error }),
    createdAt: transaction.createdAt,
    expiresAt: transaction.expiresAt,
  };
}

function signingRequest(
  transaction: PendingTransaction,
  state: TransactionState,
  signable: Uint8Array | undefined,
): SigningRequest | undefined {
  if (state === 'proposed') {
    const bytes = signable === undefined ? transaction.proposal : base64(signable);
    return request('proposal', bytes);
  }
  if (state === 'endorsed' && transaction.payload !== null) {
    return request('transaction', transaction.payload);
  }
  return undefined;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function request(kind: SigningRequest['kind'], bytes: string): SigningRequest {
  const digest = createHash('sha256').update(Buffer.from(bytes, 'base64')).digest('hex');
  return { kind, bytes, digest };
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
