import type { MethodDefinition } from '@grpc/grpc-js';

/** A method whose messages stay encoded. */
export type WireMethod = MethodDefinition<Uint8Array, Uint8Array>;

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const asIs = (bytes: Buffer): Uint8Array => bytes;

/** Describes `/package.Service/Method` without decoding its messages. */
function wireMethod(path: string, requestStream = false, responseStream = false): WireMethod {
  return {
    ...{ path, requestStream, responseStream },
    ...{ requestSerialize: asBuffer, requestDeserialize: asIs },
    ...{ responseSerialize: asBuffer, responseDeserialize: asIs },
  };
}

/** gateway.Gateway and protos.Endorser of a peer. */
export const peerCalls = {
  evaluate: wireMethod('/gateway.Gateway/Evaluate'),
  endorse: wireMethod('/gateway.Gateway/Endorse'),
  submit: wireMethod('/gateway.Gateway/Submit'),
  commitStatus: wireMethod('/gateway.Gateway/CommitStatus'),
  chaincodeEvents: wireMethod('/gateway.Gateway/ChaincodeEvents', false, true),
  processProposal: wireMethod('/protos.Endorser/ProcessProposal'),
};

/** protos.Snapshot, which only a native peer serves. */
export const generateSnapshot = wireMethod('/protos.Snapshot/Generate');

/** protos.Deliver of a peer. */
export const peerDeliver = {
  full: wireMethod('/protos.Deliver/Deliver', true, true),
  filtered: wireMethod('/protos.Deliver/DeliverFiltered', true, true),
  private: wireMethod('/protos.Deliver/DeliverWithPrivateData', true, true),
};

export const ordererCalls = {
  broadcast: wireMethod('/orderer.AtomicBroadcast/Broadcast', true, true),
  deliver: wireMethod('/orderer.AtomicBroadcast/Deliver', true, true),
};
