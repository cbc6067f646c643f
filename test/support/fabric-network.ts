import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  freePorts,
  openFabricNetwork,
  type FabricNetwork,
  type TopologyInput,
} from '@yici/network/testing';
import { needsFabric } from './fabric.js';

type DepartmentInput = TopologyInput['departments'][number];

/** The departments of the native suites: the fewest that tolerate one consenter that lies. */
export const nativeDepartments = ['establishment', 'finance', 'hrss', 'data'] as const;

export const nativeMsp: Readonly<Record<(typeof nativeDepartments)[number], string>> = {
  establishment: 'EstablishmentMSP',
  finance: 'FinanceMSP',
  hrss: 'HrssMSP',
  data: 'DataBureauMSP',
};

/** A network of native nodes with any free ports. `orders` says which departments have an orderer; by default all. */
export function nativeTopology(
  change: Partial<Omit<TopologyInput, 'departments'>> = {},
  orders: (id: string) => boolean = () => true,
): TopologyInput {
  return {
    version: 1,
    channel: 'native',
    engine: 'fabric',
    departments: nativeDepartments.map((id) => department(id, orders(id))),
    ...change,
  };
}

function department(id: (typeof nativeDepartments)[number], orderer: boolean): DepartmentInput {
  return {
    id,
    mspId: nativeMsp[id],
    name: { zh: id, en: id },
    level: 'city',
    regionCode: '331100',
    orderer,
    ports: { peer: 0, ...(orderer ? { orderer: 0 } : {}) },
    users: [
      { name: `${id}.clerk1`, role: 'clerk' },
      { name: `${id}.head1`, role: 'head' },
    ],
  };
}

/** Free ports for all that a department runs: a port that was counted from the peer's may be somebody's already. */
export async function freeNativePorts(): Promise<DepartmentInput['ports']> {
  const [peer = 0, orderer = 0, ...others] = await freePorts(7);
  const [peerChaincode, peerOperations, chaincode, ordererAdmin, ordererOperations] = others;
  return {
    ...{ peer, orderer, peerChaincode, peerOperations },
    ...{ chaincode, ordererAdmin, ordererOperations },
  };
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'yici-native-'));
}

/** Opens a network on the binaries that the suites run with. */
export function openNative(directory: string, topology?: TopologyInput): Promise<FabricNetwork> {
  return openFabricNetwork({ directory, topology, binDir: process.env['YICI_FABRIC_BIN'] });
}

/** What a suite of native nodes has while it runs. */
export interface NativeSuite {
  directory: string;
  /** As it is now: a test may open it anew. */
  network: FabricNetwork;
}

/** Opens a network before a suite, which is left out without Fabric's binaries, and closes it after it. */
export function nativeSuite(
  open = (directory: string) => openNative(directory, nativeTopology()),
): NativeSuite {
  const suite = { directory: '' } as NativeSuite;
  before(async function () {
    suite.directory = temporaryFolder();
    needsFabric(this, 'peer', 'orderer');
    suite.network = await open(suite.directory);
  });
  after(async () => {
    await (suite.network as FabricNetwork | undefined)?.close();
    rmSync(suite.directory, { recursive: true, force: true });
  });
  return suite;
}

/** Whether a process of this system lives. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
