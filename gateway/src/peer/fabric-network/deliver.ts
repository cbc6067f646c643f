import { streamed } from '../grpc.js';
import type { DeliverKind } from '../port.js';
import { firstReached, type Node } from './node.js';
import { rawConnection, type SdkEventer } from './sdk.js';

const paths: Readonly<Record<DeliverKind, string>> = {
  full: '/protos.Deliver/Deliver',
  filtered: '/protos.Deliver/DeliverFiltered',
  private: '/protos.Deliver/DeliverWithPrivateData',
};

const toWire = (bytes: Uint8Array): Buffer => Buffer.from(bytes);
const fromWire = (bytes: Buffer): Uint8Array => bytes;

/** peer.Deliver on the first reachable peer. The SDK's own stream is limited to one per connection and decodes every block. */
export async function* deliverFrom(
  peers: readonly Node<SdkEventer>[],
  envelope: Uint8Array,
  kind: DeliverKind,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const eventer = await firstReached(peers, (peer) => peer.ready());
  if (signal?.aborted === true) return;
  const stream = rawConnection(eventer).makeBidiStreamRequest(paths[kind], toWire, fromWire);
  stream.write(envelope);
  yield* streamed(stream, signal);
}
