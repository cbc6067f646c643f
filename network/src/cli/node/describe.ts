import type { Words } from '@yici/domain/model';
import type { Text } from '@yici/terminal';
import type { RunningNetwork } from '../../supervisor/data-folder.js';

export const genesisText = (hash: string): Words => ({
  zh: `创世区块哈希 ${hash}`,
  en: `genesis hash ${hash}`,
});

/** The addresses, formatted for people. */
export function describe(running: RunningNetwork): Text[] {
  const { channel, pid } = running;
  const trust = trustOf(running);
  return [
    {
      zh: `网络 ${channel} 已就绪（进程 ${pid}），${trust.zh}。`,
      en: `Network ${channel} is up (process ${pid}), ${trust.en}.`,
    },
    genesisText(running.genesisHash),
    ...Object.entries(running.peers).map(([mspId, address]) => ({
      zh: `  对等节点  ${address}  ${mspId}`,
      en: `  peer     ${address}  ${mspId}`,
    })),
    ...running.orderers.map((address) => ({
      zh: `  排序节点  ${address}`,
      en: `  orderer  ${address}`,
    })),
  ];
}

const trustOf = ({ engine }: RunningNetwork): Words =>
  engine === 'embedded'
    ? { zh: '一台机器，一个信任点', en: 'one machine and so one point of trust' }
    : {
        zh: '各部门有自己的节点，均在本机',
        en: 'every department with its own nodes, here all on one machine',
      };
