import { randomUUID } from 'node:crypto';
import { ClientError } from '../errors.js';
import type { AppSigner } from '../signers/sm2.js';
import type { Http } from './http.js';
import { Signing, type Hand } from './signing.js';
import { addressOf, reads, transactionView, type CommandLine, type Transaction } from '@yici/api';
import { isConflictCode } from '@yici/ledger';

export interface Committed {
  readonly id: string;
  readonly txId: string;
  readonly block: number;
  /** The command's input, including the numbers that the gateway issued. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The record that the contract returned. */
  readonly result: unknown;
  /**
   * Whether the block was checked: signed by the channel's orderers, who are known from the pinned genesis hash, and holding
   * this transaction. False for a custodial account, which trusts its gateway.
   */
  readonly verified: boolean;
}

export interface ExecuteOptions {
  /** A repeat with the same key has the first outcome; random by default. */
  readonly idempotencyKey?: string;
  /** The key was made for this run, so that no earlier one can have begun the command. */
  readonly keyIsNew?: boolean;
  /** Seconds to wait for the commit before COMMIT_UNKNOWN; 60 by default. */
  readonly waitSeconds?: number;
  /** How often to try in all when simultaneous writes conflict (MVCC, phantom); 5 by default. */
  readonly attempts?: number;
  /** Adds an SM2 signature over the command, which the contract verifies. */
  readonly appSigner?: AppSigner;
  readonly onState?: (transaction: Transaction) => void;
  /** The transaction that an earlier run signed last: another is signed only with proof that it had no effect. */
  readonly signedBefore?: string;
  /** Told before a transaction's own signature is given: from then on it can take effect. */
  readonly onSign?: (txId: string) => void;
  /** The clock that proposals' timestamps are compared with; this computer's by default. */
  readonly now?: (() => Date) | undefined;
}

interface ExecuteContext {
  readonly http: Http;
  readonly route: CommandLine;
  /** Absent for a custodial account, whose gateway signs. */
  readonly hand?: Hand;
  /** The private part of the command, for the transient map. */
  readonly secret?: unknown;
}

/**
 * Runs one command until it is committed. With an identity: requests the proposal, checks and signs it, checks and signs the
 * transaction, waits for the commit, and checks the block; after a conflict that a block proves it tries again.
 * @throws ClientError GATEWAY_REFUSED, PROPOSAL_NOT_AS_ASKED, TIME_NOT_NOW, TRANSACTION_NOT_AS_PROPOSED, STEP_REFUSED, RETRY_UNPROVEN,
 * RECEIPT_REFUSED, CHAIN_UNVERIFIED, TRANSACTION_INVALID, COMMIT_UNKNOWN.
 */
export async function execute(
  context: ExecuteContext,
  input: Readonly<Record<string, unknown>>,
  options: ExecuteOptions = {},
): Promise<Committed> {
  const signing = signingOf(context, input, options);
  let transaction = await ask(context, input, options);
  await mayGoOn(signing, transaction, options);
  for (let attempt = 1; ; attempt++) {
    options.onState?.(transaction);
    if (signing !== undefined) transaction = await signing.attempt(transaction);
    transaction = await settle(context.http, transaction, options);
    if (transaction.state === 'committed') return committed(transaction, signing);
    if (!mayTryAgain(context, transaction) || attempt >= (options.attempts ?? 5))
      throw notCommitted(transaction);
    await signing?.mayAgain(transaction);
    transaction = await again(context, input, transaction);
  }
}

/** What an earlier run signed must have had no effect if there is something new to be signed. @throws ClientError RETRY_UNPROVEN */
async function mayGoOn(
  signing: Signing | undefined,
  { state, txId }: Transaction,
  { signedBefore }: ExecuteOptions,
): Promise<void> {
  if (state !== 'proposed' || signedBefore === undefined || signedBefore === txId) return;
  await signing?.mayAgain({ txId: signedBefore, state: 'invalid' });
}

function signingOf(
  { http, hand, route, secret }: ExecuteContext,
  input: Readonly<Record<string, unknown>>,
  { now, idempotencyKey, keyIsNew, onSign }: ExecuteOptions,
): Signing | undefined {
  if (hand === undefined) return undefined;
  const { identity, pins } = hand;
  const asked = { network: pins, command: route.name, input, identity, secret, now };
  const mayBeRepeat = idempotencyKey !== undefined && keyIsNew !== true;
  return new Signing(http, hand, asked, { mayBeRepeat, onSign });
}

/**
 * A custodial account relies on its gateway's `retry`. For an identity the state `refused` means only that the issued number
 * was already taken: every other refusal was thrown as an error.
 */
function mayTryAgain({ hand }: ExecuteContext, transaction: Transaction): boolean {
  if (hand === undefined) return transaction.retry === true;
  if (transaction.state === 'refused') return transaction.retry === true;
  return transaction.state === 'invalid' && isConflictCode(transaction.code?.number);
}

/** How long one request waits at most, in seconds; the gateway would allow twice that. */
const longPollSeconds = 30;

/** The gateway does not keep the private part, so a command that has one is sent again as a new one. */
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
  return http.call(transactionView, path, { method: route.method, body, headers });
}

/** Puts the key field into the path and the rest into the body. */
function place(route: CommandLine, input: Readonly<Record<string, unknown>>) {
  if (route.key === null) return { path: route.path, body: input };
  const { [route.key]: key, ...body } = input;
  if (typeof key !== 'string' && typeof key !== 'number') {
    throw new ClientError(
      'USAGE',
      { zh: `${route.name} 缺少“${route.key}”。`, en: `${route.name} needs "${route.key}".` },
      {
        details: { path: `/${route.key}` },
      },
    );
  }
  return { path: route.path.replace(/\{[^}]+\}/, encodeURIComponent(key)), body };
}

const read = reads['transactions.get'];

async function settle(
  http: Http,
  transaction: Transaction,
  options: ExecuteOptions,
): Promise<Transaction> {
  const deadline = Date.now() + (options.waitSeconds ?? 60) * 1000;
  let current = transaction;
  while (current.state === 'submitted' && Date.now() < deadline) {
    const wait = Math.max(1, Math.min(longPollSeconds, Math.ceil((deadline - Date.now()) / 1000)));
    current = await http.call(transactionView, addressOf(read, { id: current.id, wait }));
    options.onState?.(current);
  }
  return current;
}

function post(http: Http, path: string, body: unknown): Promise<Transaction> {
  return http.call(transactionView, path, { method: 'POST', body });
}

async function committed(transaction: Transaction, signing?: Signing): Promise<Committed> {
  const { id, txId, block = -1, input, result } = transaction;
  if (signing === undefined) return { id, txId, block, input, result, verified: false };
  return { id, txId, ...(await signing.proved(transaction)), verified: true };
}

function notCommitted(transaction: Transaction): ClientError {
  const { id, txId, state, code, error } = transaction;
  const details = { id, txId, state, ...(code && { code }), ...(error && { error }) };
  if (state === 'submitted') {
    return new ClientError(
      'COMMIT_UNKNOWN',
      {
        zh: `${id} 是否已登记尚不确定；请勿重复提交，可查询：yici tx show ${txId}`,
        en: `Not known yet whether ${id} is committed; do not send the command again, ask for it: yici tx show ${txId}`,
      },
      { details },
    );
  }
  const why = error ? `${error.code}: ${error.detail}` : `${state} ${code?.name ?? ''}`.trim();
  return new ClientError(
    'TRANSACTION_INVALID',
    { zh: `${id} 未生效：${why}`, en: `${id} did not take effect: ${why}` },
    { details },
  );
}
