/** The streams of peer.Deliver. */
export type DeliverKind = 'full' | 'filtered' | 'private';

/**
 * A department's peer as seen by its gateway: messages of gateway.proto and peer.Deliver as bytes, the same over gRPC
 * and in process. Failures reject with an RpcError (numeric gRPC code, message, details).
 */
export interface PeerGateway {
  /** gateway.EvaluateRequest -> EvaluateResponse. */
  evaluate(request: Uint8Array): Promise<Uint8Array>;
  /** gateway.EndorseRequest -> EndorseResponse. */
  endorse(request: Uint8Array): Promise<Uint8Array>;
  /** gateway.SubmitRequest -> SubmitResponse. */
  submit(request: Uint8Array): Promise<Uint8Array>;
  /** gateway.SignedCommitStatusRequest -> CommitStatusResponse; waits for the commit. */
  commitStatus(request: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>;
  /** gateway.SignedChaincodeEventsRequest -> ChaincodeEventsResponse, until the signal aborts. */
  chaincodeEvents(request: Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** A signed seek common.Envelope -> peer.DeliverResponse, the last one a status. */
  deliver(envelope: Uint8Array, kind: DeliverKind, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}
