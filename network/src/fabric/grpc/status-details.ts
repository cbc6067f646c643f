import type { ServiceError } from '@grpc/grpc-js';
import { gateway } from '@hyperledger/fabric-protos';
import { bytes, list, message } from '@yici/ledger';
import { RpcError, type ErrorDetail } from '../../embedded/services/rpc-error.js';
import { rpcCode } from './codes.js';

/** Metadata key of google.rpc.Status. */
const detailsKey = 'grpc-status-details-bin';

/** A failed call as an RpcError, with the message of each node behind the peer (gateway.ErrorDetail). */
export function rpcErrorOf(error: ServiceError): RpcError {
  const [encoded] = error.metadata.get(detailsKey);
  const details = encoded instanceof Uint8Array ? detailsOf(encoded) : [];
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
    error.details.some((detail) => detail.message.includes('request already processed'))
  );
}

const any = message('google.protobuf.Any', { value: bytes(2) });
const rpcStatus = message('google.rpc.Status', { details: list(3, any) });

/** Details that cannot be decoded are left out: the status itself describes the error. */
function detailsOf(encoded: Uint8Array): ErrorDetail[] {
  try {
    return rpcStatus.decode(encoded).details.map(({ value }) => {
      const detail = gateway.ErrorDetail.deserializeBinary(value);
      return {
        address: detail.getAddress(),
        mspId: detail.getMspId(),
        message: detail.getMessage(),
      };
    });
  } catch {
    return [];
  }
}
