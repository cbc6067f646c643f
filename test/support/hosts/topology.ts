import { fileURLToPath } from 'node:url';
import type { TopologyInput } from '@yici/network/testing';

const lab = fileURLToPath(new URL('../../../fixtures/chaincode/peer-lab', import.meta.url));

export const hostIds = ['north', 'east', 'south', 'west'] as const;

/** Four departments on real Fabric, each on a host of its own: 10.9.`net`.1 to .4. */
export const fourHosts = (channel: string, net: number): TopologyInput => ({
  version: 1,
  channel,
  engine: 'fabric',
  departments: hostIds.map((id, index) => ({
    id,
    mspId: `${id.toUpperCase()}MSP`,
    name: { zh: `第${index + 1}局`, en: id },
    level: 'city',
    regionCode: '331100',
    host: `10.9.${net}.${index + 1}`,
    ports: { peer: 7051, orderer: 7050 },
    orderer: true,
    users: [{ name: `${id}.service1`, role: 'service' }],
  })),
  chaincode: { name: 'lab', label: 'lab_1.0', path: lab },
});
