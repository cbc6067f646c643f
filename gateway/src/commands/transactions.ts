import { ContractError, GatewayError } from '../errors.js';
import type { TransactionRow } from '../index-store/model.js';
import type { IndexFeed } from '../index-store/feed.js';
import type { IndexReader } from '../index-store/reader.js';
import { storageFailed, type StoreFailure } from '../store/states.js';
import { isOrderedAlready, peerFailure, toGatewayError, toSubmitError } from '../peer/failures.js';
import { endorseRequest, preparedPayload, submitRequest } from '../peer/messages.js';
import type { PeerGateway, Target } from '../peer/port.js';
import type { Caller } from '../callers/caller.js';
import { checkSignature } from '../callers/signature-check.js';
import { assertSameRequest, requestDigest } from './idempotency.js';
import { KeyedQueue } from '../store/keyed-queue.js';
import type { NumberPlace } from './number-rows.js';
import {
  leavesNumbers,
  NumberBooks,
  numbersAgain,
  withNumbers,
  type NumberSources,
} from './numbers.js';
import type { PendingTransaction } from './pending-model.js';
import type { PendingStore } from './pending-store.js';
import { PrivateParts } from './private-parts.js';
import {
  endorsedResult,
  newTransaction,
  nextAttempt,
  signatureTime,
  type Drafted,
} from './proposals.js';
import { commandRoute, type CommandRoute } from './route-table.js';
import {
  isTakenCaseNo,
  mayRetry,
  transactionState,
  transactionView,
  type TransactionView,
} from './transaction-view.js';

/** Beyond this many it forgets: handing over twice is harmless, the ledger takes an envelope once. */
const mostRemembered = 100_000;

export interface TransactionDependencies {
  readonly peer: Pick<PeerGateway, 'endorse' | 'submit' | 'custodialOnly'>;
  readonly pending: PendingStore;
  readonly index: IndexReader;
  readonly feed: IndexFeed;
  readonly now: () => Date;
  /** Where the gateway's own department stands among the channel's. */
  readonly place: () => NumberPlace;
  /** Something that cannot be written at present, if there is any. */
  readonly storageFailure: () => StoreFailure | undefined;
  /** Told of each command that the contract refused, under its code. */
  readonly onRefused: (transaction: PendingTransaction, code: string) => void;
}

/** A command as it came in: validated, its path's field merged into the input. */
export interface CommandCall {
  readonly caller: Caller;
  readonly route: CommandRoute;
  readonly input: Record<string, unknown>;
  readonly idempotencyKey: string | null;
  /** Canonical JSON of the command's private part. */
  readonly secret?: string | undefined;
}

/** What a command led to; `replayed` when an Idempotency-Key brought up an earlier one. */
export interface Started {
  readonly transaction: PendingTransaction;
  readonly replayed: boolean;
}

/**
 * A write's way through the gateway, step by step: propose, endorse, submit, each with the caller's signature checked
 * first and the record on disk before the peer is called. How it ended is read from the index.
 */
export class Transactions {
  readonly target: Target;
  readonly #deps: TransactionDependencies;
  readonly #queue = new KeyedQueue();
  readonly #private = new PrivateParts();
  readonly #numbers: NumberSources;
  /** Fabric ids whose envelopes this process has handed to the peer. */
  readonly #handedOver = new Set<string>();

  constructor(target: Target, dependencies: TransactionDependencies) {
    this.target = target;
    this.#deps = dependencies;
    this.#numbers = { ...dependencies, books: new NumberBooks() };
  }

  /** Makes the proposal that the caller is to sign. A repeat with the same Idempotency-Key finds the first one. */
  async propose(call: CommandCall): Promise<Started> {
    this.#assertClientKeys();
    return this.once(call, async (request) => {
      const transaction = this.draft(call);
      await this.#deps.pending.create(transaction, request);
      return transaction;
    });
  }

  /**
   * Runs `start` unless the call's Idempotency-Key stands for an earlier transaction.
   * @throws GatewayError IDEMPOTENCY_KEY_REUSED
   */
  once(
    call: CommandCall,
    start: (request: string) => Promise<PendingTransaction>,
  ): Promise<Started> {
    const request = requestDigest(call.route.name, call.input, call.secret);
    const key = call.idempotencyKey;
    const begin = async () => ({ transaction: await start(request), replayed: false });
    if (key === null) return begin();
    return this.#queue.run(`${call.caller.fingerprint} ${key}`, async () => {
      const stored = this.#deps.pending.findIdempotent(call.caller.fingerprint, key);
      if (stored === undefined) return begin();
      assertSameRequest(stored.request, request);
      return { transaction: this.#find(stored.id), replayed: true };
    });
  }

  /** A first attempt, not stored yet. */
  draft(call: CommandCall): PendingTransaction {
    const { name } = call.route;
    const issuedCaseNo = leavesNumbers(name, call.input);
    const holder = { owner: call.caller.fingerprint };
    const input = issuedCaseNo ? withNumbers(this.#numbers, name, call.input, holder) : call.input;
    const endorsers = this.#endorsersOf(call);
    const request = { ...call, input, issuedCaseNo, endorsers };
    return this.#keep(newTransaction(this.target, request, this.#deps.now()), call.secret);
  }

  /**
   * The next attempt at the same command, not stored yet. An issued number is replaced; after a conflict only when it is
   * another's by now: whoever signed it once signs no other number, but in its stead.
   */
  redraft(transaction: PendingTransaction): PendingTransaction {
    const route = this.#route(transaction);
    const wasOrdered = this.#outcome(transaction) !== undefined;
    const input = numbersAgain(this.#numbers, transaction, wasOrdered);
    const secret = this.#private.find(transaction.id)?.secret;
    const moment = { now: this.#deps.now(), secret };
    return this.#keep(nextAttempt(this.target, transaction, route, input, moment), secret);
  }

  /** Drops the confidential part of a transaction that needs it no more. */
  forget(transaction: Pick<PendingTransaction, 'id'>): void {
    this.#private.forget(transaction.id);
  }

  /** The proposal as it is to be signed. @throws GatewayError TRANSACTION_EXPIRED when its confidential part is gone */
  signable(transaction: PendingTransaction): Uint8Array {
    if (!transaction.privately) return Buffer.from(transaction.proposal, 'base64');
    const part = this.#private.find(transaction.id);
    if (part === undefined) throw expired(transaction);
    return part.proposal;
  }

  #keep({ transaction, signable }: Drafted, secret: string | undefined): PendingTransaction {
    if (secret !== undefined && signable !== undefined) {
      const until = new Date(transaction.expiresAt);
      this.#private.keep(transaction.id, { secret, proposal: signable }, until, this.#deps.now());
    }
    return transaction;
  }

  /** Confidential values go to the peers of the share's two departments and to nobody else's; none asks for what it has not. */
  #endorsersOf({ caller, route, input }: CommandCall): readonly string[] | undefined {
    if (route.ownPeers) return [caller.mspId];
    if (route.private === null) return undefined;
    const shareId = String(input['shareId']);
    const share = this.#deps.index.record('share', shareId);
    if (share !== undefined) return [share.providerMsp, share.requesterMsp];
    throw new GatewayError(
      'RECORD_NOT_FOUND',
      'There is no such record, or none that concerns you.',
      {
        details: { kind: 'share', key: [shareId] },
      },
    );
  }

  /**
   * Has the signed proposal endorsed; the answer holds the payload to sign next.
   * @throws ContractError when the contract refuses: then the transaction has ended.
   */
  async endorse(caller: Caller, id: string, signature: Uint8Array): Promise<TransactionView> {
    this.#assertClientKeys();
    return this.#queue.run(this.#find(id).id, async () => {
      const transaction = this.#owned(caller, id);
      const state = this.#state(transaction);
      if (state === 'expired') throw expired(transaction);
      if (transaction.privately && state !== 'proposed') return this.view(transaction);
      await checkSignature(caller.publicKey, this.signable(transaction), signature);
      if (state === 'refused') throw refusal(transaction);
      if (state !== 'proposed') return this.view(transaction);
      return this.view(await this.#endorseAndStore(transaction, signature));
    });
  }

  /** Passes the signed transaction on to be ordered. A repeat passes the same bytes on again: the ledger takes them once. */
  async submit(caller: Caller, id: string, signature: Uint8Array): Promise<TransactionView> {
    this.#assertClientKeys();
    return this.#queue.run(this.#find(id).id, async () => {
      const transaction = this.#owned(caller, id);
      const state = this.#state(transaction);
      if (state === 'expired') throw expired(transaction);
      if (transaction.payload === null) throw wrongState(transaction, state, 'submitted');
      await checkSignature(caller.publicKey, Buffer.from(transaction.payload, 'base64'), signature);
      if (state !== 'endorsed' && state !== 'submitted') return this.view(transaction);
      const submitted = asSubmitted(transaction, signature);
      await this.#deps.pending.update(submitted);
      await this.passOn(submitted);
      return this.view(submitted);
    });
  }

  /** A new signing request for a transaction that ended in a conflict or expired. */
  async retry(caller: Caller, id: string): Promise<TransactionView> {
    this.#assertClientKeys();
    return this.#queue.run(this.#find(id).id, async () => {
      const transaction = this.retryable(caller, id);
      const next = this.redraft(transaction);
      await this.#deps.pending.update(next);
      return this.view(next);
    });
  }

  /** How a transaction stands; waits up to `milliseconds` for its block when it was submitted. */
  async status(caller: Caller, id: string, milliseconds: number): Promise<TransactionView> {
    const transaction = this.#owned(caller, id);
    if (this.#state(transaction) === 'submitted' && milliseconds > 0) {
      await this.#passOnAgain(transaction);
      await this.whenApplied(transaction.txId, milliseconds);
    }
    return this.view(this.#find(id));
  }

  /** Whether this gateway made the transaction for this caller. */
  owns(caller: Caller, id: string): boolean {
    const known = this.#deps.pending.find(id) ?? this.#deps.pending.findByFabricId(id);
    return known?.owner === caller.fingerprint;
  }

  /** The caller's transaction, when it may be tried again. @throws GatewayError TRANSACTION_STATE, TRANSACTION_NOT_FOUND */
  retryable(caller: Caller, id: string): PendingTransaction {
    const transaction = this.#owned(caller, id);
    const state = this.#state(transaction);
    if (mayRetry(transaction, state, this.#outcome(transaction))) return transaction;
    throw wrongState(transaction, state, 'retried');
  }

  view(transaction: PendingTransaction): TransactionView {
    const signable = this.#private.find(transaction.id)?.proposal;
    return transactionView(transaction, this.#outcome(transaction), this.#deps.now(), signable);
  }

  /** Waits for a Fabric id to be in the index; its row, or undefined after `milliseconds`. */
  async whenApplied(txId: string, milliseconds: number): Promise<TransactionRow | undefined> {
    const stop = new AbortController();
    const waiting = this.#deps.feed.whenApplied(txId, milliseconds, stop.signal);
    const known = this.#deps.index.transaction(txId);
    if (known !== undefined) stop.abort();
    await waiting;
    return known ?? this.#deps.index.transaction(txId);
  }

  /**
   * Has a signed proposal endorsed.
   * @throws ContractError when the contract refuses, GatewayError PEER_… or ENDORSEMENT_FAILED.
   */
  async endorsed(
    transaction: PendingTransaction,
    signature: Uint8Array,
  ): Promise<PendingTransaction> {
    const { channel } = this.target;
    const proposal = this.signable(transaction);
    const call = { channel, txId: transaction.txId, proposal, signature };
    const request = endorseRequest(call, transaction.endorsers);
    const payload = await this.#endorsement(transaction, request);
    return {
      ...transaction,
      state: 'endorsed',
      proposalSignature: Buffer.from(signature).toString('base64'),
      payload: Buffer.from(payload).toString('base64'),
      result: endorsedResult(payload),
      expiresAt: new Date(this.#deps.now().getTime() + signatureTime).toISOString(),
    };
  }

  /** Hands a submitted transaction's envelope to the peer; may be done again with the same bytes. */
  async passOn(transaction: PendingTransaction): Promise<void> {
    const { payload, payloadSignature, txId } = transaction;
    if (payload === null || payloadSignature === null)
      throw wrongState(transaction, 'proposed', 'submitted');
    const bytes = Buffer.from(payload, 'base64');
    const signature = Buffer.from(payloadSignature, 'base64');
    const request = submitRequest(this.target.channel, txId, bytes, signature);
    try {
      await this.#deps.peer.submit(request);
    } catch (error) {
      if (!isOrderedAlready(error)) throw this.#ofStorage(error) ?? toSubmitError(error);
    }
    if (this.#handedOver.size >= mostRemembered) this.#handedOver.clear();
    this.#handedOver.add(txId);
  }

  /**
   * A gateway that was killed between writing down an envelope and handing it over left it behind: whoever waits for it
   * after the restart has it handed over. Failing to is no answer: the next one who waits tries again.
   */
  async #passOnAgain(transaction: PendingTransaction): Promise<void> {
    if (this.#handedOver.has(transaction.txId)) return;
    try {
      await this.passOn(transaction);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
    }
  }

  /** Only keys that the gateway itself keeps may sign on an engine that takes no others. */
  #assertClientKeys(): void {
    if (this.#deps.peer.custodialOnly !== true) return;
    throw new GatewayError(
      'CLIENT_KEYS_UNSUPPORTED',
      'This gateway takes commands of custodial accounts only: its engine is fabric-network.',
    );
  }

  /** @throws ContractError when the contract refuses; a case number that is taken is no refusal of the caller's command. */
  async #endorsement(transaction: PendingTransaction, request: Uint8Array): Promise<Uint8Array> {
    try {
      const answer = await this.#peer((peer) => peer.endorse(request), transaction.endorsers);
      return preparedPayload(answer);
    } catch (error) {
      const refused = asRefused(transaction, error);
      if (refused !== undefined && !isTakenCaseNo(refused)) {
        this.#deps.onRefused(transaction, refused.error?.code ?? 'CONTRACT_REFUSED');
      }
      throw error;
    }
  }

  async #endorseAndStore(
    transaction: PendingTransaction,
    signature: Uint8Array,
  ): Promise<PendingTransaction> {
    try {
      const endorsed = await this.endorsed(transaction, signature);
      await this.#deps.pending.update(endorsed);
      this.forget(endorsed);
      return endorsed;
    } catch (error) {
      const refused = asRefused(transaction, error);
      if (refused !== undefined) {
        await this.#deps.pending.update(refused);
        this.forget(refused);
      }
      throw error;
    }
  }

  async #peer<T>(
    call: (peer: TransactionDependencies['peer']) => Promise<T>,
    asked?: readonly string[],
  ): Promise<T> {
    try {
      return await call(this.#deps.peer);
    } catch (error) {
      throw this.#ofStorage(error) ?? toGatewayError(error, asked);
    }
  }

  /** What a peer in this process could not do because the ledger cannot be written is said in those words. */
  #ofStorage(cause: unknown): GatewayError | undefined {
    const failure = this.#deps.storageFailure();
    return failure === undefined || peerFailure(cause) === undefined
      ? undefined
      : storageFailed(failure, cause);
  }

  #find(id: string): PendingTransaction {
    const transaction = this.#deps.pending.find(id) ?? this.#deps.pending.findByFabricId(id);
    if (transaction === undefined) throw notFound(id);
    return transaction;
  }

  /** Another's transaction does not exist for this caller. */
  #owned(caller: Caller, id: string): PendingTransaction {
    const transaction = this.#find(id);
    if (transaction.owner !== caller.fingerprint) throw notFound(id);
    return transaction;
  }

  #outcome(transaction: PendingTransaction): TransactionRow | undefined {
    return this.#deps.index.transaction(transaction.txId);
  }

  #state(transaction: PendingTransaction) {
    const signable = this.#private.find(transaction.id)?.proposal;
    return transactionState(transaction, this.#outcome(transaction), this.#deps.now(), signable);
  }

  #route(transaction: PendingTransaction): CommandRoute {
    const route = commandRoute(transaction.command);
    if (route !== undefined) return route;
    throw new GatewayError(
      'TRANSACTION_STATE',
      `The command ${transaction.command} exists no more.`,
    );
  }
}

/** The record as it stands once its envelope may have left the gateway. */
export function asSubmitted(
  transaction: PendingTransaction,
  signature: Uint8Array,
): PendingTransaction {
  return {
    ...transaction,
    state: 'submitted',
    payloadSignature: Buffer.from(signature).toString('base64'),
  };
}

/** The record of a contract's refusal, which is final; undefined for any other failure. */
export function asRefused(
  transaction: PendingTransaction,
  error: unknown,
): PendingTransaction | undefined {
  if (error instanceof ContractError) {
    const { code, message, details } = error;
    return {
      ...transaction,
      state: 'refused',
      error: { code, detail: message, source: 'contract', details },
    };
  }
  if (error instanceof GatewayError && error.code === 'CONTRACT_REFUSED') {
    const detail = error.message;
    return {
      ...transaction,
      state: 'refused',
      error: { code: error.code, detail, source: 'contract', details: {} },
    };
  }
  return undefined;
}

/** The error that a refused transaction answered with, again. */
export function refusal(transaction: PendingTransaction): ContractError | GatewayError {
  const { code, detail, details } = transaction.error ?? {
    code: 'CONTRACT_REFUSED',
    detail: '',
    details: {},
  };
  return code === 'CONTRACT_REFUSED'
    ? new GatewayError('CONTRACT_REFUSED', detail)
    : new ContractError(code, detail, { details });
}

function notFound(id: string): GatewayError {
  return new GatewayError('TRANSACTION_NOT_FOUND', 'There is no such transaction of yours.', {
    details: { id },
  });
}

function expired(transaction: PendingTransaction): GatewayError {
  return new GatewayError(
    'TRANSACTION_EXPIRED',
    'The time to sign has run out; retry for a new signing request.',
    {
      details: { id: transaction.id, expiresAt: transaction.expiresAt },
    },
  );
}

function wrongState(transaction: PendingTransaction, state: string, action: string): GatewayError {
  return new GatewayError(
    'TRANSACTION_STATE',
    `A transaction that is ${state} cannot be ${action}.`,
    {
      details: { id: transaction.id, state },
    },
  );
}
