/** The peer's three Deliver services: whole blocks, filtered blocks, blocks with private data. */
export type DeliverKind = 'full' | 'filtered' | 'private';

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
  /** gateway.SignedCommitStatusRequest -> gateway.CommitStatusResponse; waits for the commit. */
  commitStatus(request: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>;
  /** gateway.SignedChaincodeEventsRequest -> gateway.ChaincodeEventsResponse, one per block. */
  chaincodeEvents(request: Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** common.Envelope with a signed orderer.SeekInfo -> peer.DeliverResponse */
  deliver(envelope: Uint8Array, kind: DeliverKind, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** One endorsing peer's message (gateway.ErrorDetail). */
export interface PeerFailureDetail {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

/** Failure of a {@link PeerGateway} call: gRPC status code, message, and each endorser's message. */
export interface PeerFailure {
  readonly code: number;
  readonly message: string;
  readonly details: readonly PeerFailureDetail[];
}

/** The channel and chaincode of the gateway's commands. */
export interface Target {
  readonly channel: string;
  readonly chaincode: string;
}
