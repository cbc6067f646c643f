import { GatewayError } from '../errors.js';
import { isOrderedAlready, peerFailure, toGatewayError, toSubmitError } from '../peer/failures.js';
import { endorseRequest, preparedPayload, submitRequest } from '../peer/messages.js';
import type { PeerGateway, Target } from '../peer/port.js';
import { storageFailed, type StoreFailure } from '../store/states.js';
import type { Drafts } from './drafts.js';
import type { Endorsed, Proposed, Submitted } from './pending-model.js';
import { asEndorsed, asRefused, isTakenCaseNo } from './transitions.js';

/** Beyond this many it forgets: handing over twice is harmless, the ledger takes an envelope once. */
const mostRemembered = 100_000;

export interface PeerStepDependencies {
  readonly peer: Pick<PeerGateway, 'endorse' | 'submit' | 'custodialOnly'>;
  readonly drafts: Drafts;
  readonly now: () => Date;
  /** Something that cannot be written at present, if there is any. */
  readonly storageFailure: () => StoreFailure | undefined;
  /** Told of each command that the contract refused, under its code. */
  readonly onRefused: (transaction: Proposed, code: string) => void;
}

/** The steps of a write that the peer takes: endorsing, and handing over to the orderers. */
export class PeerSteps {
  readonly #target: Target;
  readonly #deps: PeerStepDependencies;
  /** Fabric ids whose envelopes this process has handed to the peer. */
  readonly #handedOver = new Set<string>();

  constructor(target: Target, dependencies: PeerStepDependencies) {
    this.#target = target;
    this.#deps = dependencies;
  }

  /** Only keys that the gateway itself keeps may sign on an engine that takes no others. */
  assertClientKeys(): void {
    if (this.#deps.peer.custodialOnly !== true) return;
    throw new GatewayError(
      'CLIENT_KEYS_UNSUPPORTED',
      'This gateway takes commands of custodial accounts only: its engine is fabric-network.',
    );
  }

  /**
   * Has a signed proposal endorsed.
   * @throws ContractError when the contract refuses, GatewayError PEER_… or ENDORSEMENT_FAILED.
   */
  async endorse(transaction: Proposed, signature: Uint8Array): Promise<Endorsed> {
    const { txId, endorsers } = transaction;
    const proposal = this.#deps.drafts.signable(transaction);
    const call = { channel: this.#target.channel, txId, proposal, signature };
    try {
      const answer = await this.#deps.peer.endorse(endorseRequest(call, endorsers));
      return asEndorsed(transaction, preparedPayload(answer), this.#deps.now());
    } catch (cause) {
      const error = this.#ofStorage(cause) ?? toGatewayError(cause, endorsers);
      const refused = asRefused(transaction, error);
      // A case number that is taken is no refusal of the caller's command.
      if (refused !== undefined && !isTakenCaseNo(refused)) {
        this.#deps.onRefused(transaction, refused.error.code);
      }
      throw error;
    }
  }

  /** Hands a submitted transaction's envelope to the peer; may be done again with the same bytes. */
  async submit({ txId, payload, payloadSignature }: Submitted): Promise<void> {
    const bytes = Buffer.from(payload, 'base64');
    const signature = Buffer.from(payloadSignature, 'base64');
    try {
      await this.#deps.peer.submit(submitRequest(this.#target.channel, txId, bytes, signature));
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
  async submitLeftBehind(transaction: Submitted): Promise<void> {
    if (this.#handedOver.has(transaction.txId)) return;
    try {
      await this.submit(transaction);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
    }
  }

  /** What a peer in this process could not do because the ledger cannot be written is said in those words. */
  #ofStorage(cause: unknown): GatewayError | undefined {
    const failure = this.#deps.storageFailure();
    return failure === undefined || peerFailure(cause) === undefined
      ? undefined
      : storageFailed(failure, cause);
  }
}
