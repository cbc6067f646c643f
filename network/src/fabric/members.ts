import { ownChaincode } from '../lifecycle/chaincode-code.js';
import { departmentPaths } from '../pki/layout.js';
import { ChaincodeProcess } from '../supervisor/chaincode-process.js';
import { consenters } from '../topology/nodes.js';
import type { Department } from '../topology/schema.js';
import type { FleetMember } from './fleet.js';
import type { ProcessRegistry } from './node/process-registry.js';
import { nodeFolder, nodeName } from './node/layout.js';
import { ordererNode, peerNode, type NodeInput } from './node/processes.js';

/** Every process of a topology: orderers, peers and, unless it is run externally, chaincode. */
export function fleetMembers(
  input: NodeInput,
  packageId: string,
  registry: ProcessRegistry,
): FleetMember[] {
  const { topology } = input;
  return [
    ...consenters(topology).map((each) => member('orderer', each, ordererNode)),
    ...topology.departments.map((each) => member('peer', each, peerNode)),
    ...chaincodeMembers(input, packageId, registry),
  ];

  function member(
    kind: 'orderer' | 'peer',
    department: Department,
    make: typeof peerNode,
  ): FleetMember {
    const name = nodeName(department, kind);
    return { name, kind, department, make: () => make(input, department, registry.eventsOf(name)) };
  }
}

/** Each department's own chaincode process, serving the given package id. */
export function chaincodeMembers(
  { topology, folder, settings }: Omit<NodeInput, 'fabric'>,
  packageId: string,
  registry: ProcessRegistry,
): FleetMember[] {
  if (topology.chaincode.address !== undefined) return [];
  return topology.departments.map((department) => {
    const name = nodeName(department, 'chaincode');
    const options = {
      name,
      folder: topology.chaincode.path ?? ownChaincode(),
      port: department.ports.chaincode ?? 0,
      packageId,
      mspId: department.mspId,
      logFile: nodeFolder(folder, department, 'chaincode').logFile,
      ...(settings === 'sample' ? { logging: 'INFO' } : {}),
      tls: departmentPaths(folder.root, department.id).chaincode,
    };
    const make = () => new ChaincodeProcess(options, registry.eventsOf(name));
    return { name, kind: 'chaincode', department, make };
  });
}
