import { NetworkError, quoted } from '../../errors.js';
import { toError } from '../../to-error.js';

/** A refusal in Fabric's wording of what a transaction asks for. */
export const refused = (said: string): NetworkError =>
  new NetworkError('SIMULATION_REFUSED', quoted(said, '对等节点不允许链码的请求'));

/** A chaincode that could not be run to its end, in Fabric's wording. */
export const chaincodeFailed = (said: string): NetworkError =>
  new NetworkError('CHAINCODE_FAILED', quoted(said, '链码中止了交易'));

/** The error with more said before its message; its code is kept. */
export function withPrefix(thrown: unknown, prefix: string): NetworkError {
  const cause = toError(thrown);
  const code = cause instanceof NetworkError ? cause.code : 'CHAINCODE_FAILED';
  return new NetworkError(code, quoted(prefix + cause.message), { cause });
}
