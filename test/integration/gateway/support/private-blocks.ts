import { randomBytes } from 'node:crypto';
import { seekEnvelope, type DepartmentPeer } from '@yici/gateway';
import type { EmbeddedNetwork } from '@yici/network';

/** Everything a department's own peer sends it from the Deliver service with private data, message by message. */
export async function privateBlocks(
  network: EmbeddedNetwork,
  mspId: string,
  department: DepartmentPeer | undefined,
): Promise<Uint8Array[]> {
  if (department === undefined) throw new RangeError(`no such department: ${mspId}`);
  const range = { channel: network.channel, from: 0n, to: network.height() - 1n };
  const envelope = await seekEnvelope(range, department.identity, new Date(), randomBytes(24));
  const messages: Uint8Array[] = [];
  for await (const message of network.peer(mspId).deliver(envelope, 'private')) {
    messages.push(message);
  }
  return messages;
}
