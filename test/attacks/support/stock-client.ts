import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, GatewayError, signers, type Contract } from '@hyperledger/fabric-gateway';
import type { UserFiles } from '../../integration/gateway/support/api.js';

/** How a department's users reach its own peer, as the files of any of them say. */
export interface PeerAddress {
  readonly endpoint: string;
  readonly tlsHostname: string;
  readonly tlsRoot: Buffer;
  /** What the connection shows: a peer of real Fabric takes none without. */
  readonly tlsClient: { readonly certificate: Buffer; readonly key: Buffer };
}

/** From the folder of a user's identity. */
export function peerAddress(folder: string): PeerAddress {
  const read = (name: string) => readFileSync(join(folder, name));
  const { endpoint, tlsHostname } = JSON.parse(read('connection.json').toString()) as PeerAddress;
  const tlsClient = { certificate: read('tls-cert.pem'), key: read('tls-key.pem') };
  return { endpoint, tlsHostname, tlsRoot: read('tls-ca.pem'), tlsClient };
}

/** Who comes to a peer past every gateway, with Fabric's own client and nothing of ours. */
export class StockClient {
  readonly contract: Contract;
  readonly #close: () => void;

  constructor(channel: string, address: PeerAddress, who: UserFiles) {
    const { endpoint, tlsHostname, tlsRoot, tlsClient } = address;
    const { key, certificate } = tlsClient;
    const client = new Client(endpoint, credentials.createSsl(tlsRoot, key, certificate), {
      'grpc.ssl_target_name_override': tlsHostname,
    });
    const gateway = connect({
      client,
      identity: { mspId: who.mspId, credentials: Buffer.from(who.certificatePem) },
      signer: signers.newPrivateKeySigner(createPrivateKey(who.keyPem)),
    });
    this.contract = gateway.getNetwork(channel).getContract('yici');
    this.#close = () => {
      gateway.close();
      client.close();
    };
  }

  /** The contract's answer, or the code it refuses with. */
  async ask(query: string, input: unknown): Promise<string> {
    try {
      const answer = await this.contract.evaluateTransaction(query, JSON.stringify(input));
      return Buffer.from(answer).toString();
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const said = [error.message, ...error.details.map(({ message }) => message)].join(' ');
      return /\b([A-Z]+(?:_[A-Z]+)+): /.exec(said)?.[1] ?? said;
    }
  }

  close(): void {
    this.#close();
  }
}
