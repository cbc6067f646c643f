import { readFileSync } from 'node:fs';
import { Client, credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { common, orderer } from '@hyperledger/fabric-protos';
import {
  consenters,
  departmentPaths,
  hostname,
  ordererAddress,
  type Topology,
} from '@yici/network/testing';

type BroadcastStream = ClientDuplexStream<common.Envelope, orderer.BroadcastResponse>;

/** What one orderer says of an envelope. */
export interface OrdererAnswer {
  /** `common.Status` by name, as SUCCESS or FORBIDDEN. */
  readonly status: string;
  readonly info: string;
}

/** A network's orderers as a client without a peer reaches them: the Broadcast service of each. */
export class Orderers {
  readonly #clients: readonly orderer.AtomicBroadcastClient[];

  constructor(topology: Topology, directory: string) {
    this.#clients = consenters(topology).map((department) => {
      const { root } = departmentPaths(directory, department.id).orderer.tls;
      return new orderer.AtomicBroadcastClient(
        ordererAddress(department),
        credentials.createSsl(readFileSync(root)),
        { 'grpc.ssl_target_name_override': hostname(topology, department, 'orderer0') },
      );
    });
  }

  /** Hands an envelope to every orderer, as the gateway service of a peer does; answers what each says. */
  async broadcast(envelope: Uint8Array): Promise<readonly OrdererAnswer[]> {
    const message = common.Envelope.deserializeBinary(envelope);
    return Promise.all(this.#clients.map((client) => handIn(client, message)));
  }

  close(): void {
    for (const client of this.#clients) if (client instanceof Client) client.close();
  }
}

async function handIn(
  client: orderer.AtomicBroadcastClient,
  envelope: common.Envelope,
): Promise<OrdererAnswer> {
  const stream: BroadcastStream = client.broadcast();
  try {
    const answer = await new Promise<orderer.BroadcastResponse>((resolve, reject) => {
      stream.once('data', resolve);
      // Stays, for what comes after the answer is nobody's business.
      stream.on('error', reject);
      stream.write(envelope);
    });
    return { status: statusName(answer.getStatus()), info: answer.getInfo() };
  } finally {
    stream.end();
  }
}

function statusName(code: number): string {
  return Object.entries(common.Status).find(([, value]) => value === code)?.[0] ?? String(code);
}
