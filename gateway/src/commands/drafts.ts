import type { Caller } from '../callers/caller.js';
import { GatewayError } from '../errors.js';
import type { IndexReader } from '../index-store/reader.js';
import type { Target } from '../peer/port.js';
import type { NumberPlace } from './number-rows.js';
import { leavesNumbers, NumberBooks, numbersAgain, withNumbers } from './numbers.js';
import type { PendingTransaction, Proposed } from './pending-model.js';
import { PrivateParts } from './private-parts.js';
import { commandRoute, type CommandRoute } from './route-table.js';
import { expired } from './transaction-errors.js';
import { newTransaction, nextAttempt, type Drafted } from './transitions.js';

/** A command as it came in: validated, its path's field merged into the input. */
export interface CommandCall {
  readonly caller: Caller;
  readonly route: CommandRoute;
  readonly input: Record<string, unknown>;
  readonly idempotencyKey: string | null;
  /** Canonical JSON of the command's private part. */
  readonly secret?: string | undefined;
}

export interface DraftDependencies {
  readonly index: IndexReader;
  readonly now: () => Date;
  /** Where the gateway's own department stands among the channel's. */
  readonly place: () => NumberPlace;
}

/** Makes the proposals of commands, with the numbers that the gateway issues, and keeps their confidential parts. */
export class Drafts {
  readonly #target: Target;
  readonly #deps: DraftDependencies & { readonly books: NumberBooks };
  readonly #private = new PrivateParts();

  constructor(target: Target, dependencies: DraftDependencies) {
    this.#target = target;
    this.#deps = { ...dependencies, books: new NumberBooks() };
  }

  /** A first attempt, not stored yet. */
  first(call: CommandCall): Proposed {
    const { name } = call.route;
    const issuedCaseNo = leavesNumbers(name, call.input);
    const holder = { owner: call.caller.fingerprint };
    const input = issuedCaseNo ? withNumbers(this.#deps, name, call.input, holder) : call.input;
    const request = { ...call, input, issuedCaseNo, endorsers: this.#endorsersOf(call) };
    const moment = { now: this.#deps.now(), secret: call.secret };
    return this.#keep(newTransaction(this.#target, request, moment), call.secret);
  }

  /**
   * The next attempt at the same command, not stored yet. An issued number is replaced; after a conflict only when it is
   * another's by now: whoever signed it once signs no other number, but in its stead.
   */
  next(transaction: PendingTransaction): Proposed {
    const route = routeOf(transaction);
    const wasOrdered = this.#deps.index.transaction(transaction.txId) !== undefined;
    const input = numbersAgain(this.#deps, transaction, wasOrdered);
    const secret = this.#private.find(transaction.id)?.secret;
    const moment = { now: this.#deps.now(), secret };
    return this.#keep(nextAttempt(this.#target, transaction, route, input, moment), secret);
  }

  /** Drops the confidential part of a transaction that needs it no more. */
  forget({ id }: PendingTransaction): void {
    this.#private.forget(id);
  }

  /** The proposal as it is to be signed; undefined when its confidential part is gone. */
  kept({ id, privately, proposal }: PendingTransaction): Uint8Array | undefined {
    return privately ? this.#private.find(id)?.proposal : Buffer.from(proposal, 'base64');
  }

  /** The proposal as it is to be signed. @throws GatewayError TRANSACTION_EXPIRED when its confidential part is gone */
  signable(transaction: PendingTransaction): Uint8Array {
    const proposal = this.kept(transaction);
    if (proposal === undefined) throw expired(transaction);
    return proposal;
  }

  #keep({ transaction, signable }: Drafted, secret: string | undefined): Proposed {
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
      { details: { kind: 'share', key: [shareId] } },
    );
  }
}

function routeOf({ command }: PendingTransaction): CommandRoute {
  const route = commandRoute(command);
  if (route !== undefined) return route;
  throw new GatewayError('TRANSACTION_STATE', `The command ${command} exists no more.`);
}
