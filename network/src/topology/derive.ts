/** A department's ports as the file gives them; structural, so the schema can depend on this file. */
interface GivenPorts {
  readonly peer: number;
  orderer?: number | undefined;
  chaincode?: number | undefined;
  peerChaincode?: number | undefined;
  peerOperations?: number | undefined;
  ordererAdmin?: number | undefined;
  ordererOperations?: number | undefined;
}

interface GivenDepartment<Ports> {
  readonly ports: Ports;
  readonly orderer: boolean;
}

const ofEveryPeer = ['peerChaincode', 'peerOperations', 'chaincode'] as const;
const ofConsenters = ['ordererAdmin', 'ordererOperations'] as const;

/** How far from the peer's port the other endpoints of a department are looked for, when the topology does not say. */
const offsets = {
  peerChaincode: 1000,
  peerOperations: 2000,
  ordererAdmin: 3000,
  ordererOperations: 4000,
  chaincode: 5000,
} as const;
const lastPort = 65_535;

/**
 * The departments with the ports their native processes need besides those given: near their peer's, the next that the
 * topology does not use. The same file gives the same ports. The embedded engine needs no more than are given.
 */
export function withNativePorts<Ports extends GivenPorts, Each extends GivenDepartment<Ports>>(
  engine: 'embedded' | 'fabric',
  departments: readonly Each[],
): Each[] {
  if (engine === 'embedded') return [...departments];
  const used = new Set(departments.flatMap(({ ports }): unknown[] => Object.values(ports)));
  return departments.map((department) => {
    const { ports, orderer } = department;
    const names = orderer ? [...ofEveryPeer, ...ofConsenters] : ofEveryPeer;
    const all = { ...ports };
    for (const name of names) all[name] ??= unused(used, ports.peer, offsets[name]);
    return { ...department, ports: all };
  });
}

/** 0, which asks for a free port, where the peer's own port is to be chosen or no number is left above it. */
function unused(used: Set<unknown>, peer: number, offset: number): number {
  if (peer === 0) return 0;
  let port = peer + offset;
  while (used.has(port)) port += 1;
  if (port > lastPort) return 0;
  used.add(port);
  return port;
}

/** Endpoints that nobody outside the department's own host has business with. */
const loopbackPorts: readonly string[] = [
  'chaincode',
  'peerChaincode',
  'peerOperations',
  'ordererOperations',
];

/** The address that one of a department's ports (`ports.<name>`) is opened on. */
export function listensOn(department: { readonly host: string }, portName: string): string {
  return loopbackPorts.includes(portName) ? '127.0.0.1' : department.host;
}
