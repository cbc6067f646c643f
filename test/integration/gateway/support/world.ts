import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import {
  apiKeysFile,
  createLogger,
  ensureAccounts,
  openGateway,
  type Gateway,
  type GatewayOptions,
  type OwnPeers,
  type PeerGateway,
} from '@yici/gateway/testing';
import { signerOf } from '@yici/keys';
import { encodeIdentity } from '@yici/ledger';
import {
  dataFolder,
  EnrolmentFolder,
  openEmbeddedNetwork,
  pinGateway,
  type EmbeddedNetwork,
} from '@yici/network';
import type { TopologyInput } from '@yici/network/testing';
import type { ReachedPeer } from '../../../support/gateway/over-grpc.js';
import { Api } from './api.js';
import { privateBlocks } from './private-blocks.js';

const department = (
  id: string,
  mspId: string,
  options: Partial<TopologyInput['departments'][number]> = {},
): TopologyInput['departments'][number] => ({
  id,
  mspId,
  name: { zh: id, en: id },
  level: 'city',
  regionCode: '331100',
  ports: { peer: 0, chaincode: 0 },
  users: ['clerk', 'head', 'service'].map((role) => ({
    name: `${id}.${role}1`,
    role: role as 'clerk' | 'head' | 'service',
  })),
  ...options,
});

/** Four departments, one of them supervising, any free ports. */
export const worldTopology: TopologyInput = {
  version: 1,
  channel: 'door',
  allowNoFaultTolerance: true,
  departments: [
    department('establishment', 'EstablishmentMSP', {
      orderer: true,
      ports: { peer: 0, orderer: 0, chaincode: 0 },
      functions: ['establishment'],
    }),
    department('offices', 'OfficesMSP'),
    department('data', 'DataMSP', {
      functions: ['leadAuthority'],
      users: [
        { name: 'data.clerk1', role: 'clerk' },
        { name: 'data.head1', role: 'head' },
        { name: 'data.service1', role: 'service' },
        { name: 'data.gateway', role: 'gateway' },
      ],
    }),
    department('supervision', 'SupervisionMSP', {
      functions: ['supervision'],
      users: [
        { name: 'supervision.head1', role: 'head' },
        { name: 'supervision.supervisor1', role: 'supervisor' },
      ],
    }),
  ],
  chaincode: { port: 0 },
};

/** An embedded network with a gateway on it, as `main.ts` puts them together, on ports of their own. */
export interface World {
  readonly directory: string;
  readonly network: EmbeddedNetwork;
  gateway: Gateway;
  url: string;
  api: Api;
  /** API keys of the custodial accounts. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** Those of a further gateway, by the name of its folder. */
  readonly apiKeysOf: (name: string) => Readonly<Record<string, string>>;
  /** What was logged so far. */
  readonly log: () => string;
  /** Another gateway over the same network, in a folder of its own. */
  readonly another: (
    name: string,
    change?: Partial<GatewayOptions>,
    peer?: ReachedPeer,
    departments?: OwnPeers,
    /** Whose identity the gateway has. */
    user?: string,
    /** The gateway's own clock, when it is not everybody's. */
    now?: () => Date,
  ) => Promise<Gateway>;
  /** All blocks with the private data that a department's own peer has for it, as the peer sends them. */
  readonly privateBlocks: (mspId: string) => Promise<Uint8Array[]>;
  /** The peer that the gateway uses, to stand something in front of. */
  readonly peer: PeerGateway;
  /** An Api on a further gateway, which is made to listen. */
  readonly apiOn: (gateway: Gateway) => Promise<Api>;
  /** Opens the gateway again after somebody closed it. */
  readonly reopen: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openWorld(
  change: Partial<GatewayOptions> = {},
  listening = false,
  clock: () => Date = () => new Date(),
  /** A folder of the caller's, which stays, and what of the topology is different. */
  place?: { readonly directory: string; readonly topology: Partial<TopologyInput> },
): Promise<World> {
  const directory = place?.directory ?? mkdtempSync(join(tmpdir(), 'yici-gateway-'));
  const network = await openEmbeddedNetwork({
    topology: { ...worldTopology, ...place?.topology },
    directory: join(directory, 'state'),
    listen: listening,
    clock,
  });
  const lines: string[] = [];
  const own = await network.identity('data.gateway');
  const services = ['establishment.service1', 'offices.service1', 'data.service1'];
  const identities = await Promise.all(
    services.map(async (account) => ({ account, ...(await network.identity(account)) })),
  );
  const peer = network.peer(own.mspId);
  const departments: OwnPeers = new Map(
    network.topology.departments.map(({ mspId }) => [mspId, network.peer(mspId)]),
  );
  const another = async (
    name: string,
    more: Partial<GatewayOptions> = {},
    through: ReachedPeer = peer,
    ownPeers: OwnPeers = departments,
    user = 'data.gateway',
    now = clock,
  ): Promise<Gateway> => {
    const { mspId, certificatePem, keyPem } = await network.identity(user);
    return openGateway(
      {
        channel: network.channel,
        chaincode: 'yici',
        engine: 'embedded',
        audience: 'door of the test',
        directory: join(directory, name),
        limits: {
          ...{ requestsPerMinute: 0, anonymousPerMinute: 0 },
          ...{ loginsPerMinute: 0, enrolmentsPerMinute: 0 },
        },
        enrolments: new EnrolmentFolder(join(directory, name, 'enrolments')),
        ...more,
      },
      {
        peer: through,
        identity: {
          creator: encodeIdentity(mspId, certificatePem),
          sign: signerOf(keyPem),
          ...(through.tlsCertHash && { tlsCertHash: through.tlsCertHash }),
        },
        departments: ownPeers,
        logger: createLogger('debug', { write: (line) => lines.push(line) }),
        now,
      },
    );
  };
  ensureAccounts(join(directory, 'gateway', 'custody'), identities, change.sealing);
  const open = async () => {
    const gateway = await another('gateway', change);
    await gateway.caughtUp();
    const url = await listen(gateway);
    pinGateway(dataFolder(join(directory, 'state')), {
      audience: 'door of the test',
      addresses: [...(change.addresses ?? [url])],
    });
    return { gateway, url, api: new Api(url, (user) => network.identity(user)) };
  };
  const apiKeysOf = (name: string) => readApiKeys(join(directory, name, 'custody', apiKeysFile));
  const world: World = {
    ...(await open()),
    directory,
    network,
    apiKeys: apiKeysOf('gateway'),
    apiKeysOf,
    log: () => lines.join(''),
    another,
    privateBlocks: (mspId) => privateBlocks(network, mspId),
    peer,
    apiOn: async (other) => new Api(await listen(other), (user) => network.identity(user)),
    reopen: async () => {
      Object.assign(world, await open());
    },
    close: async () => {
      await world.gateway.close();
      await network.close();
      if (place === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
  return world;
}

export async function listen(gateway: Gateway): Promise<string> {
  gateway.server.listen(0, '127.0.0.1');
  await once(gateway.server, 'listening');
  const { port } = gateway.server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** None are there once the operator has handed them out, or after a restore. */
function readApiKeys(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
}
