import { RpcError } from '../../embedded/services/rpc-error.js';
import { NetworkError } from '../../errors.js';
import { rpcCode } from './codes.js';

const nobodyThere: readonly number[] = [rpcCode.unavailable, rpcCode.deadlineExceeded];

/**
 * Does something with peers and says what it was when they refuse or do not answer.
 * @throws NetworkError PEER_UNAVAILABLE, PEER_REFUSED in place of an RpcError; others as they are
 */
export async function named<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RpcError ? networkErrorOf(what, error) : error;
  }
}

function networkErrorOf(what: string, error: RpcError): NetworkError {
  return new NetworkError(
    nobodyThere.includes(error.code) ? 'PEER_UNAVAILABLE' : 'PEER_REFUSED',
    `${what} failed: ${saidBy(error)}`,
    { details: { code: error.code, nodes: error.details }, cause: error },
  );
}

/** What the nodes behind a peer said, else what the peer said. */
export function saidBy(error: RpcError): string {
  const each = error.details.map(({ mspId, message }) => `${mspId}: ${message}`);
  return each.length === 0 ? error.message : each.join('; ');
}
