import type { Transaction } from '@hyperledger/fabric-gateway';
import { validationCodeName, type ValidationCodeName } from '@yici/ledger';
import { expect } from 'chai';
import type { GatewayCall, LiveChannel } from './live-channel.js';

/** What a transaction is known by: its id, its bytes, or the config update that an orderer made a config of. */
export type Mark =
  { readonly txId: string } | { readonly envelope: Uint8Array } | { readonly update: Uint8Array };

/** A transaction that was ordered, and the code that a peer must write for it. */
export interface Ordered {
  /** What it is, for the message of a failed test. */
  readonly what: string;
  readonly code: ValidationCodeName;
  /** How to find it in a block. */
  readonly by: Mark;
}

/** An envelope that no orderer took. */
export interface Refused {
  readonly what: string;
  /** What the orderers answered, each once. */
  readonly statuses: readonly string[];
  readonly envelope: Uint8Array;
}

/** Puts transactions on a live channel and keeps book of what must become of each. */
export class Traffic {
  readonly ordered: Ordered[] = [];
  readonly refused: Refused[] = [];
  readonly #channel: LiveChannel;

  constructor(channel: LiveChannel) {
    this.#channel = channel;
  }

  /** Endorses and submits a call; the peer must commit it with the code. */
  async call(what: string, call: GatewayCall, code: ValidationCodeName = 'VALID'): Promise<void> {
    await this.submit(what, await this.#channel.endorse(call), code);
  }

  /** Submits what was endorsed before; the peer must commit it with the code. */
  async submit(what: string, transaction: Transaction, code: ValidationCodeName): Promise<void> {
    const commit = await transaction.submit();
    const status = await commit.getStatus();
    expect(validationCodeName(status.code), what).to.equal(code);
    this.ordered.push({ what, code, by: { txId: transaction.getTransactionId() } });
  }

  /** Hands an envelope to the orderers, who must take it. */
  async order(what: string, envelope: Uint8Array, code: ValidationCodeName): Promise<void> {
    await this.#handIn(what, envelope);
    this.ordered.push({ what, code, by: { envelope } });
  }

  /** Hands in a config update, of which an orderer makes a config. */
  async reconfigure(what: string, update: Uint8Array): Promise<void> {
    await this.#handIn(what, update);
    this.ordered.push({ what, code: 'VALID', by: { update } });
  }

  /** Hands an envelope to the orderers, none of whom may take it. */
  async offer(what: string, envelope: Uint8Array): Promise<void> {
    const answers = await this.#channel.orderers.broadcast(envelope);
    const statuses = [...new Set(answers.map(({ status }) => status))];
    expect(statuses, what).to.not.include('SUCCESS');
    this.refused.push({ what, statuses, envelope });
  }

  /** An orderer that is asked when the others have put the envelope into a block says so, or that its config is past. */
  async #handIn(what: string, envelope: Uint8Array): Promise<void> {
    const answers = await this.#channel.orderers.broadcast(envelope);
    const taken = answers.filter(({ status }) => status === 'SUCCESS');
    expect(taken, `${what}: ${JSON.stringify(answers)}`).to.not.have.length(0);
  }
}
