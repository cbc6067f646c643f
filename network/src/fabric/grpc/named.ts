import type { Sentence } from '@yici/ledger';
import { RpcError } from '../../embedded/services/rpc-error.js';
import { NetworkError } from '../../errors.js';
import { rpcCode } from './codes.js';

/** The last where a peer knows too few others that could endorse. */
const nobodyThere: readonly number[] = [
  rpcCode.unavailable,
  rpcCode.deadlineExceeded,
  rpcCode.failedPrecondition,
];

/**
 * Runs a call to peers and adds to its errors what was being done.
 * @throws NetworkError PEER_UNAVAILABLE, PEER_REFUSED in place of an RpcError; other errors unchanged
 */
export async function named<T>(what: Sentence, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RpcError ? networkErrorOf(what, error) : error;
  }
}

/** A peer aborts what too few others endorse: where those did not answer, nobody refused it. */
function isUnanswered({ code, details }: RpcError): boolean {
  const unreached = /rpc error: code = (Unavailable|Canceled|DeadlineExceeded)/;
  return (
    nobodyThere.includes(code) ||
    (details.length > 0 && details.every(({ message }) => unreached.test(message)))
  );
}

function networkErrorOf(what: Sentence, error: RpcError): NetworkError {
  const said = nodeMessage(error);
  return new NetworkError(
    isUnanswered(error) ? 'PEER_UNAVAILABLE' : 'PEER_REFUSED',
    { zh: `${what.zh}未成功：${said}`, en: `${what.en} failed: ${said}` },
    { details: { code: error.code, nodes: error.details }, cause: error },
  );
}

/** The message of the nodes behind a peer, otherwise the peer's. */
export function nodeMessage(error: RpcError): string {
  const each = error.details.map(({ mspId, message }) => `${mspId}: ${message}`);
  return each.length === 0 ? error.message : each.join('; ');
}
