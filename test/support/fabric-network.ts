import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFabricNetwork, type FabricNetwork, type TopologyInput } from '@yici/network/testing';

type DepartmentInput = TopologyInput['departments'][number];

/** The departments of the native suites: the fewest that tolerate one consenter that lies. */
export const nativeDepartments = ['establishment', 'finance', 'hrss', 'data'] as const;

export const nativeMsp: Readonly<Record<(typeof nativeDepartments)[number], string>> = {
  establishment: 'EstablishmentMSP',
  finance: 'FinanceMSP',
  hrss: 'HrssMSP',
  data: 'DataBureauMSP',
};

/** A network of native nodes with any free ports. `orders` says which departments have an orderer; all, unless told. */
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

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'yici-native-'));
}

/** Opens a network on the binaries that the suites run with. */
export function openNative(directory: string, topology?: TopologyInput): Promise<FabricNetwork> {
  return openFabricNetwork({ directory, topology, binDir: process.env['YICI_FABRIC_BIN'] });
}

/** Whether a process of this system lives. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
