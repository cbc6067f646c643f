import type { TopologyInput } from '@yici/network/testing';

/** The departments of the peer suites, first the one whose peer most clients use. */
export const labDepartments = ['archive', 'budget', 'cadastre'] as const;
export type LabDepartment = (typeof labDepartments)[number];

export const mspOf: Readonly<Record<LabDepartment, string>> = {
  archive: 'ArchiveMSP',
  budget: 'BudgetMSP',
  cadastre: 'CadastreMSP',
};

/** Three departments, one orderer, any free ports. */
export const labTopology: TopologyInput = {
  version: 1,
  channel: 'lab',
  domain: 'lab.internal',
  allowNoFaultTolerance: true,
  departments: labDepartments.map((id, index) => ({
    id,
    mspId: mspOf[id],
    name: { zh: id, en: id },
    level: 'city',
    regionCode: '330100',
    orderer: index === 0,
    ports: { peer: 0, ...(index === 0 ? { orderer: 0 } : {}), chaincode: 0 },
    users: [{ name: `${id}.clerk1`, role: 'clerk' }],
  })),
  chaincode: { port: 0 },
};
