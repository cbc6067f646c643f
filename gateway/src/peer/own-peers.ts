import { GatewayError } from '../errors.js';
import type { PeerGateway } from './port.js';

/** A department's own peer, as far as it is asked for confidential values. */
type OwnPeer = Pick<PeerGateway, 'evaluate'>;

/** Departments' own peers by MSP id: the gateway's department, and with the embedded engine all. */
export type OwnPeers = ReadonlyMap<string, OwnPeer>;

/**
 * The peer for confidential values, which are transferred through the caller's own department only.
 * @throws GatewayError PRIVATE_VALUES_ELSEWHERE when this gateway has no peer of that department
 */
export function ownPeerOf(peers: OwnPeers, { mspId }: { readonly mspId: string }): OwnPeer {
  const peer = peers.get(mspId);
  if (peer !== undefined) return peer;
  throw new GatewayError(
    'PRIVATE_VALUES_ELSEWHERE',
    "Confidential values go through a gateway of your own department's peer.",
    { details: { mspId } },
  );
}
