import type { RunningNetwork } from '../supervisor/data-folder.js';

/** The addresses, formatted for people. */
export function describe(running: RunningNetwork): string {
  return [
    `Network ${running.channel} is up (process ${running.pid}), ${trust(running)}.`,
    `genesis hash ${running.genesisHash}`,
    ...Object.entries(running.peers).map(([mspId, address]) => `  peer     ${address}  ${mspId}`),
    ...running.orderers.map((address) => `  orderer  ${address}`),
  ].join('\n');
}

function trust({ engine }: RunningNetwork): string {
  return engine === 'embedded'
    ? 'one machine and so one point of trust'
    : 'every department with its own nodes, here all on one machine';
}
