import type { ChannelConfig } from '@yici/ledger';

/**
 * Departments, by MSP id, whose orderers must start again before a change has its effect: where a consenter has another address all
 * the others, since cluster/comm of Fabric 3.1.5 keeps a connection until a certificate changes; and those that do not sign blocks.
 */
export function orderersToRestart(
  before: ChannelConfig,
  after: ChannelConfig,
  silent: readonly number[] = [],
): string[] {
  const addresses = new Map(before.consenters.map(({ id, host, port }) => [id, `${host}:${port}`]));
  const moved = after.consenters.filter(({ id, host, port }) => {
    const address = addresses.get(id);
    return address !== undefined && address !== `${host}:${port}`;
  });
  const others = moved.length === 0 ? [] : after.consenters.filter((each) => !moved.includes(each));
  const quiet = after.consenters.filter(({ id }) => silent.includes(id));
  return [...new Set([...others, ...quiet].map(({ mspId }) => mspId))];
}
