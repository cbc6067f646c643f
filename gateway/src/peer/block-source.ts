import { randomBytes } from 'node:crypto';
import { GatewayError } from '../errors.js';
import { toGatewayError } from './failures.js';
import { readDelivered, seekEnvelope, type SeekIdentity } from './messages.js';
import type { PeerGateway } from './port.js';

/** common.Status.SUCCESS: the stream is complete. */
const success = 200;

/**
 * Blocks of a channel from a peer's Deliver service, requested under the gateway's own identity. The stream fails with
 * GatewayError PEER_….
 */
export function deliverSource(
  peer: Pick<PeerGateway, 'deliver'>,
  channel: string,
  identity: SeekIdentity,
  now: () => Date,
) {
  return {
    async *blocks(from: number, to: number | undefined, signal?: AbortSignal) {
      const range = {
        channel,
        from: BigInt(from),
        ...(to === undefined ? {} : { to: BigInt(to) }),
      };
      const envelope = await seekEnvelope(range, identity, now(), randomBytes(24));
      try {
        for await (const message of peer.deliver(envelope, 'full', signal)) {
          const delivered = readDelivered(message);
          if (delivered.kind === 'block') yield delivered.block;
          else if (delivered.status === success) return;
          else throw ended(delivered.status);
        }
      } catch (error) {
        throw toGatewayError(error);
      }
    },
  };
}

const ended = (status: number): GatewayError =>
  new GatewayError(
    'PEER_REFUSED',
    `The peer ended the block stream with status ${String(status)}.`,
  );
