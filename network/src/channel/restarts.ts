import { isDeepStrictEqual } from 'node:util';
import type { ChannelConfig, Consenter } from '@yici/ledger';

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

/** Consenters that sign right after a change, too: those of which it says nothing new, but for who does not sign now. */
export const signingThrough = (
  before: ChannelConfig,
  next: ChannelConfig,
  silent: readonly number[] = [],
): readonly Consenter[] =>
  before.consenters.filter(
    (each) =>
      !silent.includes(each.id) && next.consenters.some((other) => isDeepStrictEqual(other, each)),
  );

/** Numbers of the consenters of which a config has other certificates than the one before it. */
export function rekeyed(before: ChannelConfig, next: ChannelConfig): number[] {
  const known = new Map(before.consenters.map((each) => [each.id, each]));
  const keysOf = (each: Consenter | undefined) =>
    each && [each.identity, each.clientTlsCert, each.serverTlsCert];
  return next.consenters
    .filter((each) => !isDeepStrictEqual(keysOf(each), keysOf(known.get(each.id))))
    .map(({ id }) => id);
}
