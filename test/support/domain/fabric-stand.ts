import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createLogger, openFabricEngine, openGateway, type Gateway } from '@yici/gateway/testing';
import { dataFolder, isRefusedBlocks, pinGateway } from '@yici/network';
import { openFabricNetwork, type FabricNetwork, type TopologyInput } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { Api, type Answer, type Door } from '../../integration/gateway/support/api.js';
import { listen, worldTopology } from '../../integration/gateway/support/world.js';
import { fabricTool } from '../fabric.js';
import { onDemand } from './due.js';
import { departments, until, type DepartmentId, type TimedStand } from './stand.js';

/** The four departments of the embedded suites with a peer each, and a gateway's user for each. */
const topology: TopologyInput = {
  ...worldTopology,
  engine: 'fabric',
  departments: worldTopology.departments.map((one) => ({
    ...one,
    ports: { peer: 0, ...(one.orderer === true ? { orderer: 0 } : {}) },
    users: [
      ...(one.users ?? []).filter(({ role }) => role !== 'gateway'),
      { name: `${one.id}.gateway`, role: 'gateway' as const },
    ],
  })),
};

const connectionFile = z.looseObject({ endpoint: z.string(), tlsHostname: z.string() });
const day = 86_400_000;

/** A gateway of a department's own over the department's own peer. */
interface FabricDoor {
  readonly gateway: Gateway;
  readonly api: Api;
  close(): Promise<void>;
}

/** Real peers, an orderer and a gateway for every department. */
export interface FabricStand extends TimedStand {
  readonly network: FabricNetwork;
  /** Resolves when every gateway has what any has. */
  level(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Brings four departments up on real Fabric in a folder, each with its own peer, chaincode and gateway.
 *
 * Their present can be moved on, as on the embedded network: all gateways share one clock, and a transaction's time, which
 * is all that the contracts go by, is the proposal's. Peers refuse proposals that are further from their own clock than
 * `peer.authentication.timewindow`; here a variable of the peers' environment sets it as wide as the stories are long.
 * Nothing else is different from
 * what `yici-network up` runs.
 */
export async function openFabricStand(
  directory: string,
  change: Partial<TopologyInput> = {},
): Promise<FabricStand> {
  const binDir = releaseWithWideWindow(join(directory, 'release'));
  const folder = networkFolder(directory);
  const network = await openFabricNetwork({
    directory: folder,
    topology: { ...topology, ...change },
    binDir,
  });
  const time = { ahead: 0 };
  const lines: string[] = [];
  const doors = new Map<DepartmentId, FabricDoor>();
  const close = async () => {
    for (const door of doors.values()) await door.close();
    await network.close();
  };
  try {
    for (const id of departments) {
      doors.set(id, await openDoor({ network, directory, time, lines }, id));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...standOf(doors, { directory, time, lines }),
    network,
    level: () => levelOf(doors),
    close,
  };
}

/** The network's own data folder, as `yici-network --dir` takes it. */
export const networkFolder = (directory: string): string => join(directory, 'network');

/** What the gateway of a department keeps. */
export const gatewayFolder = (directory: string, department: DepartmentId): string =>
  join(directory, 'doors', department);

interface Shared {
  readonly directory: string;
  readonly time: { ahead: number };
  readonly lines: string[];
}

function standOf(
  doors: ReadonlyMap<DepartmentId, FabricDoor>,
  { directory, time, lines }: Shared,
): TimedStand {
  const door = (id: DepartmentId) => doors.get(id)!;
  return {
    api: new OwnDoors(doors),
    at: (id) => door(id).api,
    height: () => furthest(doors),
    directory,
    identityFolder: (user) => join(networkFolder(directory), 'identities', user),
    log: () => lines.join(''),
    schedulers: [door('data').gateway, door('offices').gateway],
    proposers: ['data.gateway', 'offices.gateway'],
    goOn: (days) => {
      time.ahead += days * day;
      for (const { api } of doors.values()) api.forgetSessions();
    },
  };
}

const furthest = (doors: ReadonlyMap<string, FabricDoor>): number =>
  Math.max(...[...doors.values()].map(({ gateway }) => gateway.height()));

const levelOf = (doors: ReadonlyMap<string, FabricDoor>): Promise<void> =>
  until('all gateways are level', () =>
    [...doors.values()].every(({ gateway }) => gateway.height() === furthest(doors)),
  );

/** Every user calls at the gateway of the own department, once it has what another gateway has shown already. */
class OwnDoors implements Door {
  readonly #doors: ReadonlyMap<string, FabricDoor>;

  constructor(doors: ReadonlyMap<string, FabricDoor>) {
    this.#doors = doors;
  }

  async get(user: string, path: string): Promise<Answer> {
    return (await this.#caughtUp(user)).get(user, path);
  }

  async post(...[user, ...rest]: Parameters<Door['post']>): Promise<Answer> {
    return (await this.#caughtUp(user)).post(user, ...rest);
  }

  async run(user: string, path: string, body: unknown): Promise<Answer> {
    return (await this.#caughtUp(user)).run(user, path, body);
  }

  async step(...[user, ...rest]: Parameters<Door['step']>): Promise<Answer> {
    return (await this.#caughtUp(user)).step(user, ...rest);
  }

  async fetch(...[user, ...rest]: Parameters<Door['fetch']>): Promise<Response> {
    return (await this.#caughtUp(user)).fetch(user, ...rest);
  }

  as(user: string): ReturnType<Door['as']> {
    return this.#of(user).api.as(user);
  }

  urlOf(user: string): string {
    return this.#of(user).api.url;
  }

  identity(user: string): ReturnType<Door['identity']> {
    return this.#of(user).api.identity(user);
  }

  #of(user: string): FabricDoor {
    const [department = ''] = user.split('.');
    return this.#doors.get(department) ?? expect.fail(`no department has ${user}`);
  }

  async #caughtUp(user: string): Promise<Api> {
    const { gateway, api } = this.#of(user);
    const height = furthest(this.#doors);
    await until(`block ${height - 1} at the gateway of ${user}`, () => gateway.height() >= height);
    return api;
  }
}

async function openDoor(
  { network, directory, time, lines }: Shared & { readonly network: FabricNetwork },
  id: DepartmentId,
): Promise<FabricDoor> {
  const identity = join(networkFolder(directory), 'identities', `${id}.gateway`);
  const file = readFileSync(join(identity, 'connection.json'), 'utf8');
  const { endpoint, tlsHostname } = connectionFile.parse(JSON.parse(file));
  const { mspId = '' } = topology.departments.find((one) => one.id === id) ?? {};
  const { kind, peer, ...engine } = await openFabricEngine(
    {
      ...{ kind: 'fabric', channel: network.channel, chaincode: 'yici', mspId, fallback: [] },
      ...{ endpoint, tlsHostname, tlsRoot: join(identity, 'tls-ca.pem') },
      ...{ certificate: join(identity, 'cert.pem'), key: join(identity, 'key.pem') },
      tlsClient: {
        certificate: join(identity, 'tls-cert.pem'),
        key: join(identity, 'tls-key.pem'),
      },
      ...{ deadline: 30_000, startWithin: 60_000 },
    },
    [],
  );
  const gateway = await openGateway(
    {
      ...{ channel: network.channel, chaincode: 'yici', engine: kind, audience: id },
      directory: gatewayFolder(directory, id),
      limits: { requestsPerMinute: 0, anonymousPerMinute: 0, loginsPerMinute: 0 },
      scheduler: onDemand,
      orderersRefuse: (config) => isRefusedBlocks(engine.identity, config),
    },
    {
      peer,
      identity: engine.identity,
      logger: createLogger('debug', { write: (line) => lines.push(line) }),
      now: () => new Date(Date.now() + time.ahead),
    },
  );
  await gateway.caughtUp();
  const url = await listen(gateway);
  pinGateway(dataFolder(networkFolder(directory)), { audience: id, addresses: [url] });
  const api = new Api(url, (user) => network.identity(user));
  const close = async () => {
    await gateway.close();
    await engine.close();
  };
  return { gateway, api, close };
}

/** The installed release in a folder of its own, whose peers have a time window of a year. */
function releaseWithWideWindow(folder: string): string {
  const installed = dirname(dirname(fabricTool('peer')));
  if (existsSync(folder)) return join(folder, 'bin');
  mkdirSync(folder, { recursive: true });
  for (const part of ['config', 'builders']) symlinkSync(join(installed, part), join(folder, part));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of readdirSync(join(installed, 'bin'))) {
    if (name !== 'peer') symlinkSync(join(installed, 'bin', name), join(bin, name));
  }
  const peer = join(installed, 'bin', 'peer');
  const variable = 'CORE_PEER_AUTHENTICATION_TIMEWINDOW=8760h';
  writeFileSync(join(bin, 'peer'), `#!/bin/sh\n${variable} exec '${peer}' "$@"\n`, { mode: 0o755 });
  return bin;
}
