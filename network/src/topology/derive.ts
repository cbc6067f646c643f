/** A department's ports as given in the file; structural, so that the schema can depend on this file. */
interface GivenPorts extends Partial<Record<NativePort, number | undefined>> {
  readonly peer: number;
}
type NativePort = keyof typeof offsets;

interface GivenDepartment<Ports> {
  readonly ports: Ports;
  readonly orderer: boolean;
}

const ofEveryPeer = ['peerChaincode', 'peerOperations', 'chaincode'] as const;
const ofConsenters = ['ordererAdmin', 'ordererOperations'] as const;

/** Offsets from the peer's port for a department's other endpoints, when the topology does not give them. */
const offsets = {
  peerChaincode: 1000,
  peerOperations: 2000,
  ordererAdmin: 3000,
  ordererOperations: 4000,
  chaincode: 5000,
} as const;
const lastPort = 65_535;

/**
 * Assigns the departments the additional ports of native processes: near the peer's port, the next ones that the
 * topology does not use. Deterministic for a given file. The embedded engine needs only the given ports.
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

/** 0, which requests a free port, if the peer's own port is to be chosen or no higher number is left. */
function unused(used: Set<unknown>, peer: number, offset: number): number {
  if (peer === 0) return 0;
  let port = peer + offset;
  while (used.has(port)) port += 1;
  if (port > lastPort) return 0;
  used.add(port);
  return port;
}

/** Endpoints that are used only on the department's own host. */
const loopbackPorts: readonly string[] = [
  'chaincode',
  'peerChaincode',
  'peerOperations',
  'ordererOperations',
];

/** The address on which one of a department's ports (`ports.<name>`) listens. */
export function listensOn(department: { readonly host: string }, portName: string): string {
  return loopbackPorts.includes(portName) ? '127.0.0.1' : department.host;
}
