/** Which of the peer's three Deliver services: whole blocks, filtered ones, or blocks with private data. */
export type DeliverKind = 'full' | 'filtered' | 'private';

/**
 * The peer as the gateway needs it: Fabric's Gateway service and its Deliver services, bytes in and bytes out
 * (messages of gateway/gateway.proto and peer/events.proto). Served over gRPC by a real peer ({@link openGrpcPeer})
 * or in process by the embedded one. Every failure is a {@link PeerFailure}.
 */
export interface PeerGateway {
  /** Set when writes are for accounts whose keys the gateway keeps, and for nobody else. */
  readonly custodialOnly?: boolean;
  /** gateway.EvaluateRequest -> gateway.EvaluateResponse */
  evaluate(request: Uint8Array): Promise<Uint8Array>;
  /** gateway.EndorseRequest -> gateway.EndorseResponse */
  endorse(request: Uint8Array): Promise<Uint8Array>;
  /** gateway.SubmitRequest -> gateway.SubmitResponse */
  submit(request: Uint8Array): Promise<Uint8Array>;
  /** gateway.SignedCommitStatusRequest -> gateway.CommitStatusResponse; waits for the commit. */
  commitStatus(request: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>;
  /** gateway.SignedChaincodeEventsRequest -> gateway.ChaincodeEventsResponse, one a block. */
  chaincodeEvents(request: Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** common.Envelope with a signed orderer.SeekInfo -> peer.DeliverResponse */
  deliver(envelope: Uint8Array, kind: DeliverKind, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** One endorsing peer's own words (gateway.ErrorDetail). */
export interface PeerFailureDetail {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

/** How a {@link PeerGateway} call fails: a gRPC status code, its message, and what each endorser said. */
export interface PeerFailure {
  readonly code: number;
  readonly message: string;
  readonly details: readonly PeerFailureDetail[];
}

/** Which chaincode on which channel the gateway's commands go to. */
export interface Target {
  readonly channel: string;
  readonly chaincode: string;
}
