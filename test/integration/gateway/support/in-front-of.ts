import type { PeerGateway } from '@yici/gateway/testing';

/** Rejects as a gRPC client does. */
export const failing = (failure: object): Promise<never> =>
  Promise.reject(Object.assign(new TypeError('peer call failed'), failure));

/** The real peer with some of its calls replaced. */
export function inFrontOf(peer: PeerGateway, replaced: Partial<PeerGateway>): PeerGateway {
  return {
    evaluate: (request) => peer.evaluate(request),
    endorse: (request) => peer.endorse(request),
    submit: (request) => peer.submit(request),
    deliver: (envelope, kind, signal) => peer.deliver(envelope, kind, signal),
    ...replaced,
  };
}
