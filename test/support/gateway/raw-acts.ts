import type { PeerGateway } from '@yici/gateway/testing';
import type { IdentityFiles } from '@yici/network/testing';
import { RawClient } from '../peer/raw-client.js';

/** An act that peers have endorsed and nobody has handed to be ordered. */
export interface HeldAct {
  readonly txId: string;
  submit(): Promise<void>;
}

/** One user past every gateway: says when its act is, and when it is handed over. */
export class RawActor {
  readonly #client: RawClient;
  readonly #peer: Pick<PeerGateway, 'endorse' | 'submit'>;

  constructor(
    identity: Pick<IdentityFiles, 'mspId' | 'certificatePem' | 'keyPem'>,
    peer: Pick<PeerGateway, 'endorse' | 'submit'>,
    channel: string,
  ) {
    this.#client = new RawClient(identity, channel);
    this.#peer = peer;
  }

  /** Has an act endorsed. */
  async act(name: string, input: unknown, at: Date): Promise<HeldAct> {
    const args = [name, JSON.stringify(input)];
    const proposal = this.#client.proposal({ chaincode: 'yici', args, timestamp: at });
    const signed = this.#client.signed(proposal.bytes);
    const endorsed = await this.#peer.endorse(this.#client.endorseRequest(signed));
    return {
      txId: proposal.transactionId,
      submit: async () => {
        await this.#peer.submit(this.#client.submitRequest(endorsed));
      },
    };
  }
}
