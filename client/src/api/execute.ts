import { randomUUID } from 'node:crypto';
import { ClientError } from '../errors.js';
import type { Identity } from '../identity/identity.js';
import type { AppSigner } from '../signers/sm2.js';
import { checkProposal, checkTransaction, type Asked } from './check.js';
import type { Http } from './http.js';
import {
  transactionSchema,
  type CommandRoute,
  type NetworkInfo,
  type Transaction,
} from './shapes.js';

/** A write that is on the ledger. */
export interface Committed {
  readonly id: string;
  readonly txId: string;
  readonly block: number;
  /** What was signed: the command's input, with the case number that the gateway issued. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The record that the contract returned. */
  readonly result: unknown;
}

export interface ExecuteOptions {
  /** Makes any repeat answer with the first outcome; a random one when absent. */
  readonly idempotencyKey?: string;
  /** Seconds to wait for the commit before COMMIT_UNKNOWN; 60 unless told. */
  readonly waitSeconds?: number;
  /** Attempts after a conflict with a simultaneous write (MVCC, phantom); 5 unless told. */
  readonly attempts?: number;
  /** Signs the command too, beside Fabric's own signature; the contract verifies it. */
  readonly appSigner?: AppSigner;
  readonly onState?: (transaction: Transaction) => void;
}

export interface ExecuteContext {
  readonly http: Http;
  readonly network: NetworkInfo;
  readonly route: CommandRoute;
  /** Absent for a custodial account, whose gateway signs. */
  readonly identity?: Identity;
  /** The private part of the command, which goes into the transient map and nowhere else. */
  readonly secret?: unknown;
}

/** Longest wait the gateway grants to one request, in seconds. */
const longPollSeconds = 30;

/**
 * Runs one command to its commit. With an identity: asks, checks what is to be signed, signs the proposal and the transaction,
 * and waits; after a conflict it does so again with a new transaction id.
 * @throws ClientError GATEWAY_REFUSED, PROPOSAL_NOT_AS_ASKED, TRANSACTION_NOT_AS_PROPOSED, TRANSACTION_INVALID, COMMIT_UNKNOWN.
 */
export async function execute(
  context: ExecuteContext,
  input: Readonly<Record<string, unknown>>,
  options: ExecuteOptions = {},
): Promise<Committed> {
  let transaction = await ask(context, input, options);
  for (let attempt = 1; ; attempt++) {
    options.onState?.(transaction);
    if (context.identity !== undefined)
      transaction = await sign(context, context.identity, input, transaction);
    transaction = await settle(context.http, transaction, options);
    if (transaction.state === 'committed') return committed(transaction);
    if (!mayTryAgain(context, transaction) || attempt >= (options.attempts ?? 5))
      throw notCommitted(transaction);
    transaction = await again(context, input, transaction);
  }
}

/** A gateway keeps nothing private: what was in conflict is asked for anew. */
function mayTryAgain({ secret }: ExecuteContext, transaction: Transaction): boolean {
  if (transaction.retry === true) return true;
  return secret !== undefined && transaction.state === 'invalid' && isConflict(transaction);
}

const conflicts: readonly string[] = ['MVCC_READ_CONFLICT', 'PHANTOM_READ_CONFLICT'];
const isConflict = ({ code }: Transaction): boolean => conflicts.includes(code?.name ?? '');

function again(
  context: ExecuteContext,
  input: Readonly<Record<string, unknown>>,
  transaction: Transaction,
): Promise<Transaction> {
  return context.secret === undefined
    ? post(context.http, `/v1/transactions/${transaction.id}/retry`, {})
    : ask(context, input, {});
}

async function ask(
  { http, route, secret }: ExecuteContext,
  input: Readonly<Record<string, unknown>>,
  options: ExecuteOptions,
): Promise<Transaction> {
  const placed = place(route, input);
  const { path } = placed;
  const body = secret === undefined ? placed.body : { ...placed.body, private: secret };
  const headers = { 'idempotency-key': options.idempotencyKey ?? randomUUID() };
  return http.call(transactionSchema, path, { method: route.method, body, headers });
}

/** Puts the field that the route names into its path and leaves the rest for the body. */
function place(route: CommandRoute, input: Readonly<Record<string, unknown>>) {
  if (route.key === null) return { path: route.path, body: input };
  const { [route.key]: key, ...body } = input;
  if (typeof key !== 'string' && typeof key !== 'number') {
    throw new ClientError('USAGE', `${route.name} needs "${route.key}".`, {
      details: { path: `/${route.key}` },
    });
  }
  return { path: route.path.replace(/\{[^}]+\}/, encodeURIComponent(key)), body };
}

async function sign(
  context: ExecuteContext,
  identity: Identity,
  input: Readonly<Record<string, unknown>>,
  transaction: Transaction,
): Promise<Transaction> {
  const { http, network, route } = context;
  let current = transaction;
  const { secret } = context;
  const asked: Asked = { network, command: route.name, input, identity, secret };
  let proposal: Uint8Array | undefined;
  if (current.state === 'proposed') {
    proposal = bytesToSign(current, 'proposal');
    checkProposal(proposal, asked);
    current = await post(
      http,
      `/v1/transactions/${current.id}/endorse`,
      await signed(identity, proposal),
    );
  }
  if (current.state === 'endorsed') {
    const payload = bytesToSign(current, 'transaction');
    checkTransaction(payload, asked, proposal);
    current = await post(
      http,
      `/v1/transactions/${current.id}/submit`,
      await signed(identity, payload),
    );
  }
  return current;
}

async function signed(identity: Identity, bytes: Uint8Array) {
  return { signature: Buffer.from(await identity.sign(bytes)).toString('base64') };
}

function bytesToSign(transaction: Transaction, kind: 'proposal' | 'transaction'): Uint8Array {
  if (transaction.sign?.kind !== kind) {
    throw new ClientError('GATEWAY_ANSWER_INVALID', `The gateway gave no ${kind} to sign.`);
  }
  return Buffer.from(transaction.sign.bytes, 'base64');
}

async function settle(
  http: Http,
  transaction: Transaction,
  options: ExecuteOptions,
): Promise<Transaction> {
  const deadline = Date.now() + (options.waitSeconds ?? 60) * 1000;
  let current = transaction;
  while (current.state === 'submitted' && Date.now() < deadline) {
    const wait = Math.max(1, Math.min(longPollSeconds, Math.ceil((deadline - Date.now()) / 1000)));
    current = await http.call(transactionSchema, `/v1/transactions/${current.id}?wait=${wait}`);
    options.onState?.(current);
  }
  return current;
}

function post(http: Http, path: string, body: unknown): Promise<Transaction> {
  return http.call(transactionSchema, path, { method: 'POST', body });
}

function committed(transaction: Transaction): Committed {
  const { id, txId, block, input, result } = transaction;
  return { id, txId, block: block ?? -1, input, result };
}

function notCommitted(transaction: Transaction): ClientError {
  const { id, txId, state, code, error } = transaction;
  const details = { id, txId, state, ...(code && { code }), ...(error && { error }) };
  if (state === 'submitted') {
    return new ClientError(
      'COMMIT_UNKNOWN',
      `Not known yet whether ${id} is committed; ask for it again.`,
      { details },
    );
  }
  const why = error ? `${error.code}: ${error.detail}` : `${state} ${code?.name ?? ''}`.trim();
  return new ClientError('TRANSACTION_INVALID', `${id} did not take effect: ${why}`, { details });
}
