import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import type { Transaction } from '@hyperledger/fabric-gateway';
import {
  createSigner,
  encodeIdentity,
  parseBlock,
  parseConfigBlock,
  type ChannelConfig,
} from '@yici/ledger';
import { departmentPaths, type FabricNetwork, type TopologyInput } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { connectWith, yiciNetwork, type Connected } from '../../../integration/topology/support.js';
import { nativeMsp, nativeTopology, openNative } from '../../../support/fabric-network.js';
import type { Signatory } from '../../../support/ledger/transaction.js';
import { whenKnown } from '../../../support/when-known.js';
import { Orderers } from '../../../support/orderers.js';

const statusSchema = z.object({
  native: z.object({
    nodes: z.array(z.object({ kind: z.string(), height: z.number().optional() })),
  }),
});

export const channel = 'audit';
/** A collection of two departments, both of whom must endorse what is written into it. */
export const pair = 'pair';

/** An endorsement that has not been handed in, or has been; see {@link LiveChannel.endorse}. */
export interface GatewayCall {
  readonly user: string;
  readonly chaincode?: string;
  readonly name: string;
  readonly args?: readonly (string | Uint8Array)[];
  readonly transient?: Readonly<Record<string, string>>;
  /** Departments that endorse; the peer chooses when absent. */
  readonly endorsers?: readonly (keyof typeof nativeMsp)[];
}

/** Four departments on real peers and SmartBFT orderers with the lab's chaincode, and the keys of all of them. */
export class LiveChannel {
  readonly network: FabricNetwork;
  readonly orderers: Orderers;
  readonly directory: string;
  readonly #clients = new Map<string, Connected>();

  private constructor(network: FabricNetwork, directory: string) {
    this.network = network;
    this.directory = directory;
    this.orderers = new Orderers(network.topology, directory);
  }

  static async open(directory: string): Promise<LiveChannel> {
    const network = await openNative(directory, topology(directory));
    return new LiveChannel(network, directory);
  }

  /** Of the chaincode's package. */
  get label(): string {
    return this.network.topology.chaincode.label;
  }

  /** Has departments' peers endorse a call, through Fabric's own client and the gateway service of the user's peer. */
  endorse(call: GatewayCall): Promise<Transaction> {
    const { user, chaincode = 'lab', name, args = [], transient, endorsers } = call;
    const client = this.#as(user);
    const contract = client.gateway.getNetwork(channel).getContract(chaincode);
    const proposal = contract.newProposal(name, {
      arguments: [...args],
      ...(transient && { transientData: transient }),
      ...(endorsers && { endorsingOrganizations: endorsers.map((id) => nativeMsp[id]) }),
    });
    return whenKnown(() => proposal.endorse());
  }

  async user(name: string): Promise<Signatory> {
    const { mspId, certificatePem, keyPem } = await this.network.identity(name);
    return { identity: encodeIdentity(mspId, certificatePem), sign: createSigner(keyPem) };
  }

  /** A department's peer as an endorser that signs whatever it is given. */
  peer(id: keyof typeof nativeMsp): Signatory {
    const { certificate, key } = departmentPaths(this.directory, id).peer.msp;
    return {
      identity: encodeIdentity(nativeMsp[id], readFileSync(certificate)),
      sign: createSigner(readFileSync(key, 'utf8')),
    };
  }

  /** The configuration in force, as the Data Bureau's peer has it. */
  async config(): Promise<ChannelConfig> {
    const { gateway } = this.#as('data.clerk1');
    const cscc = gateway.getNetwork(channel).getContract('cscc');
    return parseConfigBlock(parseBlock(await cscc.evaluateTransaction('GetConfigBlock', channel)));
  }

  /** Waits until a configuration is in force and every node has come to it. */
  async untilConfig(sequence: bigint): Promise<void> {
    await eventually(async () => (await this.config()).sequence >= sequence);
    await this.untilLevel();
  }

  /** Waits until every orderer and peer has as many blocks as any other. */
  untilLevel(patience?: number): Promise<void> {
    return eventually(async () => {
      const { out } = await yiciNetwork('status', '--json', '--dir', this.directory);
      const { native } = statusSchema.parse(JSON.parse(out));
      const heights = native.nodes
        .filter(({ kind }) => kind === 'peer' || kind === 'orderer')
        .map(({ height }) => height);
      return new Set(heights).size === 1 && heights[0] !== undefined;
    }, patience);
  }

  /** Stops every orderer and starts them again: what they keep in memory is gone. */
  async restartOrderers(): Promise<void> {
    const names = this.network.nodes().filter(({ kind }) => kind === 'orderer');
    await Promise.all(names.map(({ name }) => this.network.stopNode(name)));
    await Promise.all(names.map(({ name }) => this.network.startNode(name)));
  }

  async close(): Promise<void> {
    this.orderers.close();
    for (const client of this.#clients.values()) client.close();
    await this.network.close();
  }

  #as(user: string): Connected {
    const known = this.#clients.get(user) ?? connectWith(join(this.directory, 'identities', user));
    this.#clients.set(user, known);
    return known;
  }
}

async function eventually(check: () => Promise<boolean>, patience = 60_000): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await check())) {
    if (performance.now() > deadline) expect.fail('not in time');
    await delay(100);
  }
}

function topology(directory: string): TopologyInput {
  const collections = join(directory, 'collections.json');
  const peers = `'${nativeMsp.finance}.peer', '${nativeMsp.hrss}.peer'`;
  const definition = {
    name: pair,
    policy: `OR('${nativeMsp.finance}.member', '${nativeMsp.hrss}.member')`,
    endorsementPolicy: { signaturePolicy: `AND(${peers})` },
  };
  writeFileSync(collections, JSON.stringify([definition]));
  const path = fileURLToPath(new URL('../../../../fixtures/chaincode/peer-lab', import.meta.url));
  return nativeTopology({
    channel,
    chaincode: { name: 'lab', label: 'lab_1.0', path, collections },
  });
}
