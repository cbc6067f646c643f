import { NetworkError } from '../../errors.js';
import { toError } from '../../to-error.js';

/** A refusal in Fabric's wording of what a transaction asks for. */
export function refused(message: string): NetworkError {
  return new NetworkError('SIMULATION_REFUSED', message);
}

/** The error with more said before its message; its code is kept. */
export function withPrefix(thrown: unknown, prefix: string): NetworkError {
  const cause = toError(thrown);
  const code = cause instanceof NetworkError ? cause.code : 'CHAINCODE_FAILED';
  return new NetworkError(code, prefix + cause.message, { cause });
}
