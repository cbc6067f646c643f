import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createLogger,
  openFabricEngine,
  openGateway,
  readConfig,
  type Engine,
} from '@yici/gateway/testing';
import { createSigner, encodeIdentity } from '@yici/ledger';
import { openEmbeddedNetwork } from '@yici/network';
import {
  ensurePki,
  openFabricNetwork,
  parseTopology,
  type IdentityFiles,
  type PeerGateway,
  type TopologyInput,
} from '@yici/network/testing';
import type { Context } from 'mocha';
import { needsFabric } from '../../support/fabric.js';

type DepartmentInput = TopologyInput['departments'][number];

const mspOf: Readonly<Record<string, string>> = {
  establishment: 'EstablishmentMSP',
  offices: 'OfficesMSP',
  data: 'DataMSP',
  supervision: 'SupervisionMSP',
};

function department(id: string, functions: DepartmentInput['functions'] = []): DepartmentInput {
  return {
    id,
    mspId: mspOf[id] ?? id,
    name: { zh: id, en: id },
    level: 'city',
    regionCode: '331100',
    functions,
    orderer: true,
    ports: { peer: 0, orderer: 0 },
    users: [
      { name: `${id}.clerk1`, role: 'clerk' },
      { name: `${id}.head1`, role: 'head' },
      ...(id === 'supervision'
        ? [{ name: 'supervision.supervisor1', role: 'supervisor' } as const]
        : []),
      ...(id === 'data' ? [{ name: 'data.gateway', role: 'gateway' } as const] : []),
    ],
  };
}

/** Four departments, each with a peer and a consenter: the fewest that tolerate one that lies. */
export const standTopology: TopologyInput = {
  version: 1,
  channel: 'stand',
  departments: [
    department('establishment', ['establishment']),
    department('offices'),
    department('data', ['leadAuthority']),
    department('supervision', ['supervision']),
  ],
  chaincode: { port: 0 },
};

/** A clock that stands until it is told to go on, so that two engines give their records the same times. */
export interface Clock {
  now: () => Date;
  tick: () => void;
  /** Goes on to where so many ticks lead, however many there were. */
  goOnTo: (ticks: number) => void;
}

/** A network on some engine with a gateway before it, as a department's clerk meets it. */
export interface Stand {
  readonly url: string;
  readonly channel: string;
  readonly genesisHash: string;
  /** The data folder. */
  readonly folder: string;
  readonly clock: Clock;
  identity(user: string): Promise<IdentityFiles>;
  /** A department's own peer. */
  peer(mspId: string): PeerGateway;
  close(): Promise<void>;
}

/** What the suite of behaviour is run on. */
export interface EngineUnderTest {
  readonly kind: Engine['kind'];
  /** Leaves the suite out, by name, where the engine cannot run. */
  readonly requires: (context: Context) => void;
  readonly open: (keys: Keys, clock: Clock) => Promise<Stand>;
}

/** Keys of every department, made once and used on every engine: the same users sign the same records. */
export class Keys {
  readonly #folder = mkdtempSync(join(tmpdir(), 'yici-keys-'));

  constructor() {
    ensurePki(parseTopology(standTopology), this.#folder, new Date());
  }

  /** A new data folder that has them. */
  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'yici-stand-'));
    cpSync(join(this.#folder, 'pki'), join(folder, 'pki'), { recursive: true });
    return folder;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Milliseconds that go by at each tick. */
const step = 1_000;

export function steppingClock(from: Date): Clock {
  let time = from.getTime();
  return {
    now: () => new Date(time),
    tick: () => {
      time += step;
    },
    goOnTo: (ticks) => {
      const then = from.getTime() + ticks * step;
      assert.ok(then >= time, 'time does not go backwards');
      time = then;
    },
  };
}

interface Opened {
  readonly channel: string;
  readonly genesisHash: string;
  identity(user: string): Promise<IdentityFiles>;
  peer(mspId: string): PeerGateway;
  close(): Promise<void>;
}

export const embedded: EngineUnderTest = {
  kind: 'embedded',
  requires: () => undefined,
  open: async (keys, clock) => {
    const folder = keys.folder();
    const network = await openEmbeddedNetwork({
      topology: { ...standTopology, engine: 'embedded' },
      directory: folder,
      listen: false,
    });
    const own = await network.identity('data.gateway');
    return behindDoor(folder, network, clock, {
      kind: 'embedded',
      channel: network.channel,
      chaincode: network.topology.chaincode.name,
      peer: network.peer(own.mspId),
      identity: {
        creator: encodeIdentity(own.mspId, own.certificatePem),
        sign: createSigner(own.keyPem),
      },
      user: 'data.gateway',
      custodial: [],
      close: () => Promise.resolve(),
    });
  },
};

export const fabric: EngineUnderTest = {
  kind: 'fabric',
  requires: (context) => {
    needsFabric(context, 'peer', 'orderer');
  },
  open: async (keys, clock) => {
    const folder = keys.folder();
    const network = await openFabricNetwork({
      topology: { ...standTopology, engine: 'fabric' },
      directory: folder,
      binDir: process.env['YICI_FABRIC_BIN'],
    });
    // The gateway knows of the network what the file says that the network wrote, and nothing else.
    const config = readConfig({ config: join(folder, 'gateway.yaml') }, {});
    if (config.engine.kind !== 'fabric') throw new RangeError('gateway.yaml names another engine');
    const engine = await openFabricEngine(config.engine, config.custodial);
    return behindDoor(folder, network, clock, engine);
  },
};

/** Puts a gateway before a network; it listens on a port of its own. */
async function behindDoor(
  folder: string,
  network: Opened,
  clock: Clock,
  engine: Engine,
): Promise<Stand> {
  const { kind, channel, chaincode, peer, identity, user } = engine;
  const gateway = await openGateway(
    {
      channel,
      chaincode,
      engine: kind,
      audience: `${user}@${channel}`,
      directory: join(folder, 'gateway'),
      limits: { requestsPerMinute: 0, anonymousPerMinute: 0, loginsPerMinute: 0 },
    },
    { peer, identity, logger: createLogger('silent'), now: clock.now },
  );
  await gateway.caughtUp();
  gateway.server.listen(0, '127.0.0.1');
  await once(gateway.server, 'listening');
  const { port } = gateway.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    channel,
    genesisHash: network.genesisHash,
    folder,
    clock,
    identity: (name) => network.identity(name),
    peer: (mspId) => network.peer(mspId),
    close: async () => {
      await gateway.close();
      await engine.close();
      await network.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
