import { GatewayError, recordNotFound } from '../errors.js';
import type { Target } from '../peer/port.js';
import {
  leavesNumbers,
  NumberBooks,
  numbersAgain,
  returnNumbers,
  withNumbers,
  type NumberSources,
} from './numbers.js';
import type { PendingTransaction, Proposed, Refused } from './pending-model.js';
import { commandRoute, type CommandRoute } from './route-table.js';
import { expired } from './transaction-errors.js';
import { newTransaction, nextAttempt, type CommandCall, type Drafted } from './transitions.js';

interface PrivatePart {
  /** Canonical JSON of the command's private part. */
  readonly secret: string;
  /** The proposal to be signed, with it; the stored record has the proposal without it. */
  readonly proposal: Uint8Array;
  readonly until: string;
}

export interface DraftDependencies extends Omit<NumberSources, 'books'> {
  /** Why nothing can be written, if so. */
  readonly refusal: () => GatewayError | undefined;
}

/** Creates the proposals of commands, issues case numbers for them, and holds their confidential parts in memory. */
export class Drafts {
  readonly #target: Target;
  readonly #deps: DraftDependencies & NumberSources;
  /** Confidential parts until their endorsement: after a restart of the gateway the caller has to send the command again. */
  readonly #private = new Map<string, PrivatePart>();

  constructor(target: Target, dependencies: DraftDependencies) {
    this.#target = target;
    this.#deps = { ...dependencies, books: new NumberBooks() };
  }

  /** The first attempt of a command; the caller stores it. @throws GatewayError DEPARTMENT_OUT */
  first(call: CommandCall): Proposed {
    const refusal = this.#deps.refusal();
    if (refusal !== undefined) throw refusal;
    const { name } = call.route;
    const issuedCaseNo = leavesNumbers(name, call.input);
    const holder = { owner: call.caller.fingerprint };
    const input = issuedCaseNo ? withNumbers(this.#deps, name, call.input, holder) : call.input;
    const request = { ...call, input, issuedCaseNo, endorsers: this.#endorsersOf(call) };
    const moment = { now: this.#deps.now(), secret: call.secret };
    return this.#keep(newTransaction(this.#target, request, moment), call.secret);
  }

  /**
   * The next attempt of the same command; the caller stores it. A case number issued by this gateway is replaced, but
   * after a conflict only if another case has it by now: a client that signed a number signs another one only as its
   * declared replacement. `secret`: the confidential part, where the caller has sent it again.
   */
  next(transaction: PendingTransaction, secret = this.#secretOf(transaction)): Proposed {
    const route = routeOf(transaction);
    const wasOrdered = this.#deps.index.transaction(transaction.txId) !== undefined;
    const { input, orderedCaseNo } = numbersAgain(this.#deps, transaction, wasOrdered);
    const moment = { now: this.#deps.now(), secret };
    const previous = orderedCaseNo === undefined ? transaction : { ...transaction, orderedCaseNo };
    return this.#keep(nextAttempt(this.#target, previous, route, input, moment), secret);
  }

  /** Deletes the confidential part of a transaction. */
  forget({ id }: PendingTransaction): void {
    this.#private.delete(id);
  }

  /** The contract refused it for good: its confidential part is deleted, and numbers issued for it are free again. */
  refused(transaction: Refused): void {
    this.forget(transaction);
    returnNumbers(this.#deps, transaction);
  }

  /** The proposal to be signed; undefined if it had a confidential part, which is no longer in memory. */
  kept({ id, privately, proposal }: PendingTransaction): Uint8Array | undefined {
    return privately ? this.#private.get(id)?.proposal : Buffer.from(proposal, 'base64');
  }

  /** Like {@link kept}. @throws GatewayError TRANSACTION_EXPIRED instead of undefined */
  signable(transaction: PendingTransaction): Uint8Array {
    const proposal = this.kept(transaction);
    if (proposal === undefined) throw expired(transaction);
    return proposal;
  }

  #secretOf({ id }: PendingTransaction): string | undefined {
    return this.#private.get(id)?.secret;
  }

  #keep({ transaction, signable }: Drafted, secret: string | undefined): Proposed {
    if (secret !== undefined && signable !== undefined) {
      const now = this.#deps.now().toISOString();
      for (const [id, { until }] of this.#private) if (until <= now) this.#private.delete(id);
      const { id, expiresAt: until } = transaction;
      this.#private.set(id, { secret, proposal: signable, until });
    }
    return transaction;
  }

  /** The departments whose peers endorse: confidential values are sent only to those of the share's two departments. */
  #endorsersOf({ caller, route, input }: CommandCall): readonly string[] | undefined {
    if (route.ownPeers) return [caller.mspId];
    if (route.private === null) return undefined;
    const shareId = String(input['shareId']);
    const share = this.#deps.index.record('share', shareId);
    if (share !== undefined) return [share.providerMsp, share.requesterMsp];
    throw recordNotFound('share', [shareId]);
  }
}

function routeOf({ command }: PendingTransaction): CommandRoute {
  const route = commandRoute(command);
  if (route !== undefined) return route;
  throw new GatewayError('TRANSACTION_STATE', `The command ${command} exists no more.`);
}
