import type { ServiceError } from '@grpc/grpc-js';
import { gateway } from '@hyperledger/fabric-protos';
import { WireReader } from '@yici/ledger';
import { RpcError, type ErrorDetail } from '../../embedded/services/rpc-error.js';
import { rpcCode } from './codes.js';

/** Where gRPC carries google.rpc.Status. */
const detailsKey = 'grpc-status-details-bin';

/** A failed call as an RpcError, with what each node behind the peer said (gateway.ErrorDetail). */
export function rpcErrorOf(error: ServiceError): RpcError {
  const [bytes] = error.metadata.get(detailsKey);
  const details = bytes instanceof Uint8Array ? detailsOf(bytes) : [];
  return new RpcError(error.code, error.details === '' ? error.message : error.details, details);
}

/** Whether a call failed for a reason that may pass by itself: nobody there, or not yet known to the peer. */
export function mayPass(error: unknown): boolean {
  return (
    error instanceof RpcError &&
    (error.code === rpcCode.unavailable || error.code === rpcCode.failedPrecondition)
  );
}

/** Nobody there, or too few of those behind it. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof RpcError && error.code === rpcCode.unavailable;
}

/**
 * A SmartBFT orderer that reads an envelope after the block that holds it refuses it in these words (internal/bft/requestpool.go),
 * and the peer's gateway (internal/pkg/gateway/submit.go, 3.1.5) counts that as a failure: it takes "already exists" for an answer,
 * and not this. An envelope that was refused so is on its way or in a block.
 */
export function isOrderedAlready(error: unknown): boolean {
  return (
    isUnavailable(error) &&
    error instanceof RpcError &&
    error.details.some(({ message }) => message.includes('request already processed'))
  );
}

/** Details that cannot be read are left out: the status itself says what happened. */
function detailsOf(bytes: Uint8Array): ErrorDetail[] {
  try {
    return anyValues(bytes).map((value) => {
      const message = gateway.ErrorDetail.deserializeBinary(value);
      return {
        address: message.getAddress(),
        mspId: message.getMspId(),
        message: message.getMessage(),
      };
    });
  } catch {
    return [];
  }
}

/** The `value` of every google.protobuf.Any in a google.rpc.Status (field 3, in it field 2). */
function anyValues(bytes: Uint8Array): Uint8Array[] {
  const values: Uint8Array[] = [];
  for (const entry of fields(bytes, 3)) values.push(...fields(entry, 2));
  return values;
}

function fields(bytes: Uint8Array, number: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  const reader = new WireReader(bytes, 'google.rpc.Status');
  while (reader.next()) {
    if (reader.tag === ((number << 3) | 2)) found.push(reader.bytes());
    else reader.skip();
  }
  return found;
}
