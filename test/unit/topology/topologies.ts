import type { TopologyInput } from '@yici/network/testing';

/** A small valid topology to break in one place at a time. */
export function smallTopology(change: Partial<TopologyInput> = {}): TopologyInput {
  return {
    version: 1,
    channel: 'small',
    allowNoFaultTolerance: true,
    departments: [department('alpha', 1), department('beta', 2)],
    chaincode: { port: 0 },
    ...change,
  };
}

export function department(id: string, number: number): TopologyInput['departments'][number] {
  return {
    id,
    mspId: `${id[0]!.toUpperCase()}${id.slice(1)}MSP`,
    name: { zh: `第${number}局`, en: `Bureau ${number}` },
    level: 'city',
    regionCode: '331100',
    ports: number === 1 ? { peer: 0, orderer: 0 } : { peer: 0 },
    orderer: number === 1,
    users: [
      { name: `${id}.clerk1`, role: 'clerk' },
      { name: `${id}.head1`, role: 'head' },
    ],
  };
}
