import type { EmbeddedNetwork } from '@yici/network';
import { delivered } from '../../../support/attacks/at-peer.js';

/** Everything a department's own peer sends its first user from the Deliver service with private data, message by message. */
export function privateBlocks(network: EmbeddedNetwork, mspId: string): Promise<Uint8Array[]> {
  const department = network.topology.departments.find((one) => one.mspId === mspId);
  const [user] = department?.users ?? [];
  if (user === undefined) throw new RangeError(`no such department: ${mspId}`);
  const height = Number(network.height());
  return delivered(network, { at: mspId, as: user.name, kind: 'private', height });
}
