/**
 * The gateway's interface to a peer: Fabric's Gateway and Deliver services with encoded messages (gateway/gateway.proto
 * and peer/events.proto). Implemented over gRPC by {@link openGrpcPeer}, or in process by the embedded peer. Every
 * failure is a {@link PeerFailure}.
 */
export interface PeerGateway {
  /** Set when only custodial accounts can write. */
  readonly custodialOnly?: boolean;
  /** gateway.EvaluateRequest -> gateway.EvaluateResponse */
  evaluate(request: Uint8Array): Promise<Uint8Array>;
  /** gateway.EndorseRequest -> gateway.EndorseResponse */
  endorse(request: Uint8Array): Promise<Uint8Array>;
  /** gateway.SubmitRequest -> gateway.SubmitResponse */
  submit(request: Uint8Array): Promise<Uint8Array>;
  /** common.Envelope with a signed orderer.SeekInfo -> peer.DeliverResponse; the gateway reads whole blocks only. */
  deliver(envelope: Uint8Array, kind: 'full', signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** The channel and chaincode of the gateway's commands. */
export interface Target {
  readonly channel: string;
  readonly chaincode: string;
}
