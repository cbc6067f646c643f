import type { ServiceError } from '@grpc/grpc-js';
import { gateway } from '@hyperledger/fabric-protos';
import { WireReader } from '@yici/ledger';
import { RpcError, type ErrorDetail } from '../../embedded/services/rpc-error.js';
import { rpcCode } from './codes.js';

/** Metadata key of google.rpc.Status. */
const detailsKey = 'grpc-status-details-bin';

/** A failed call as an RpcError, with the message of each node behind the peer (gateway.ErrorDetail). */
export function rpcErrorOf(error: ServiceError): RpcError {
  const [bytes] = error.metadata.get(detailsKey);
  const details = bytes instanceof Uint8Array ? detailsOf(bytes) : [];
  return new RpcError(error.code, error.details === '' ? error.message : error.details, details);
}

/** Whether the failure may be temporary: node unreachable, or not yet known to the peer. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof RpcError &&
    (error.code === rpcCode.unavailable || error.code === rpcCode.failedPrecondition)
  );
}

/** The node, or too many of those behind it, cannot be reached. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof RpcError && error.code === rpcCode.unavailable;
}

/**
 * A SmartBFT orderer that receives an envelope after the block that contains it refuses it with this text
 * (internal/bft/requestpool.go), and the peer's gateway (internal/pkg/gateway/submit.go, 3.1.5) treats that as a
 * failure, although it accepts "already exists". Such an envelope is being ordered or already in a block.
 */
export function isOrderedAlready(error: unknown): boolean {
  return (
    isUnavailable(error) &&
    error instanceof RpcError &&
    error.details.some(({ message }) => message.includes('request already processed'))
  );
}

/** Details that cannot be decoded are left out: the status itself describes the error. */
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

/** The `value` of every google.protobuf.Any in a google.rpc.Status (field 3, nested field 2). */
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
