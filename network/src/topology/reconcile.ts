import { NetworkError } from '../errors.js';
import type { Department, Topology } from './schema.js';

/**
 * The effective topology: the given one, with the ports chosen for `0` when the network was created. What is part of
 * the genesis block cannot be changed by editing the file.
 * @throws NetworkError GENESIS_MISMATCH
 */
export function reconcile(given: Topology, stored: Topology): Topology {
  refuseAnother(genesisFacts(given), genesisFacts(stored));
  return {
    ...given,
    chaincode: { ...given.chaincode, port: given.chaincode.port || stored.chaincode.port },
    departments: given.departments.map((department, index) =>
      keepPorts(department, stored.departments[index]),
    ),
  };
}

function refuseAnother(given: readonly string[], stored: readonly string[]): void {
  const differences = given.filter((fact) => !stored.includes(fact));
  const made = stored.filter((fact) => !given.includes(fact));
  if (differences.length + made.length === 0) return;
  const asked = [...differences, ...made.map((fact) => `not ${fact}`)].join(', ');
  throw new NetworkError(
    'GENESIS_MISMATCH',
    `This data folder was made for another network (asked for is ${asked}); reset it or choose another folder.`,
    { details: { differences, made } },
  );
}

function genesisFacts(topology: Topology): string[] {
  return [
    `channel ${topology.channel}`,
    `engine ${topology.engine}`,
    `ordering ${topology.ordering}`,
    ...topology.departments.map(
      ({ id, mspId, orderer }, index) =>
        `department ${index + 1} ${id} ${mspId}${orderer ? ' with an orderer' : ''}`,
    ),
  ];
}

function keepPorts(given: Department, stored: Department | undefined): Department {
  return mapPorts(given, (port, name) => (port === 0 ? (portOf(stored, name) ?? 0) : port));
}

function mapPorts(
  department: Department,
  change: (port: number, name: string) => number,
): Department {
  const entries = Object.entries(department.ports).flatMap(([name, port]) =>
    port === undefined ? [] : [[name, change(port, name)] as const],
  );
  return { ...department, ports: { ...department.ports, ...Object.fromEntries(entries) } };
}

function portOf(department: Department | undefined, name: string): number | undefined {
  return Object.entries(department?.ports ?? {}).find(([key]) => key === name)?.[1];
}

/** Number of ports that are not chosen yet. */
export function openPorts(topology: Topology): number {
  const chaincode = topology.chaincode.port === 0 ? 1 : 0;
  return topology.departments.reduce(
    (sum, { ports }) => sum + Object.values(ports).filter((port) => port === 0).length,
    chaincode,
  );
}

/** Replaces 0 by the given free ports. */
export function fillPorts(topology: Topology, free: readonly number[]): Topology {
  const rest = [...free];
  const fill = (port: number) => (port === 0 ? (rest.shift() ?? 0) : port);
  return {
    ...topology,
    departments: topology.departments.map((department) => mapPorts(department, fill)),
    chaincode: { ...topology.chaincode, port: fill(topology.chaincode.port) },
  };
}
