import { setTimeout as delay } from 'node:timers/promises';
import { buildEnvelope, gatewayRequest } from '@yici/ledger';
import { GatewayError } from '../errors.js';
import { isOrderedAlready, peerFailure, toEndorseError, toSubmitError } from '../peer/failures.js';
import { preparedPayload, proposalRequest } from '../peer/messages.js';
import type { PeerGateway, Target } from '../peer/port.js';
import { storageFailed, type StoreFailure } from '../store/states.js';
import { traced } from '../tracing.js';
import type { Drafts } from './drafts.js';
import type { Endorsed, Proposed, Submitted } from './pending-model.js';
import { asEndorsed, asRefused, isTakenCaseNo } from './transitions.js';

/** Whether a failed endorsement names peers that answered otherwise. */
const haveDisagreed = (error: unknown): boolean =>
  error instanceof GatewayError && error.code === 'ENDORSEMENT_FAILED' && 'peers' in error.details;

/** The set is cleared above this size: submitting an envelope twice is harmless, it is ordered once. */
const mostRemembered = 100_000;
/** How long peers that disagree are asked again, and after which pauses, in milliseconds. */
const levelWithin = 5_000;
const betweenEndorsements = 250;

export interface PeerStepDependencies {
  readonly peer: Pick<PeerGateway, 'endorse' | 'submit' | 'custodialOnly'>;
  readonly drafts: Drafts;
  readonly now: () => Date;
  /** A store that currently cannot be written, if any. */
  readonly storageFailure: () => StoreFailure | undefined;
  /** Called with the contract's code for each refused command. */
  readonly onRefused: (transaction: Proposed, code: string) => void;
}

export class PeerSteps {
  readonly #target: Target;
  readonly #deps: PeerStepDependencies;
  /** Fabric ids of envelopes that this process has submitted. */
  readonly #handedOver = new Set<string>();

  constructor(target: Target, dependencies: PeerStepDependencies) {
    this.#target = target;
    this.#deps = dependencies;
  }

  /** @throws GatewayError CLIENT_KEYS_UNSUPPORTED when the engine supports only custodial accounts */
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
  endorse(transaction: Proposed, signature: Uint8Array): Promise<Endorsed> {
    const attributes = { 'yici.command': transaction.command, 'yici.tx_id': transaction.txId };
    return traced('endorse', attributes, () => this.#agreed(transaction, signature));
  }

  /** Peers that are a block apart have read different versions: the same proposal is endorsed again until they agree. */
  async #agreed(transaction: Proposed, signature: Uint8Array): Promise<Endorsed> {
    const deadline = performance.now() + levelWithin;
    for (;;) {
      try {
        return await this.#endorse(transaction, signature);
      } catch (error) {
        if (!haveDisagreed(error) || performance.now() > deadline) throw error;
        await delay(betweenEndorsements);
      }
    }
  }

  async #endorse(transaction: Proposed, signature: Uint8Array): Promise<Endorsed> {
    const { txId, endorsers } = transaction;
    const proposal = this.#deps.drafts.signable(transaction);
    const call = { channel: this.#target.channel, txId, proposal, signature };
    try {
      const answer = await this.#deps.peer.endorse(proposalRequest(call, endorsers));
      return asEndorsed(transaction, preparedPayload(answer), this.#deps.now());
    } catch (cause) {
      const error = this.#ofStorage(cause) ?? toEndorseError(cause, endorsers);
      const refused = asRefused(transaction, error);
      // A case number that another gateway used first is not a refusal of the caller's command.
      if (refused !== undefined && !isTakenCaseNo(refused)) {
        this.#deps.onRefused(transaction, refused.error.code);
      }
      throw error;
    }
  }

  /** Submits a transaction's envelope; may be repeated with the same bytes. */
  submit(transaction: Submitted): Promise<void> {
    const attributes = { 'yici.tx_id': transaction.txId };
    return traced('submit', attributes, () => this.#submit(transaction));
  }

  async #submit({ txId, payload, payloadSignature }: Submitted): Promise<void> {
    const bytes = Buffer.from(payload, 'base64');
    const envelope = buildEnvelope(bytes, Buffer.from(payloadSignature, 'base64'));
    const ids = { txId, channel: this.#target.channel };
    try {
      await this.#deps.peer.submit(gatewayRequest(ids, envelope));
    } catch (error) {
      if (!isOrderedAlready(error)) throw this.#ofStorage(error) ?? toSubmitError(error);
    }
    if (this.#handedOver.size >= mostRemembered) this.#handedOver.clear();
    this.#handedOver.add(txId);
  }

  /**
   * Submits an envelope that was stored but not submitted because the gateway was killed in between; called when a
   * client waits for it. A failure is ignored: the next request that waits tries again.
   */
  async submitLeftBehind(transaction: Submitted): Promise<void> {
    if (this.#handedOver.has(transaction.txId)) return;
    try {
      await this.submit(transaction);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
    }
  }

  /** STORAGE_FAILED if the peer failed because the ledger in this process cannot be written. */
  #ofStorage(cause: unknown): GatewayError | undefined {
    const failure = this.#deps.storageFailure();
    return failure === undefined || peerFailure(cause) === undefined
      ? undefined
      : storageFailed(failure, cause);
  }
}
