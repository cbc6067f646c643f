import { delivered } from '../grpc.js';
import { firstReached, type Node } from './node.js';
import { rawConnection, type SdkEventer } from './sdk.js';

/** peer.Deliver on the first reachable peer. The SDK's own stream is limited to one per connection and decodes every block. */
export async function* deliverFrom(
  peers: readonly Node<SdkEventer>[],
  envelope: Uint8Array,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const eventer = await firstReached(peers, (peer) => peer.ready());
  if (signal?.aborted === true) return;
  yield* delivered(rawConnection(eventer), envelope, signal);
}
