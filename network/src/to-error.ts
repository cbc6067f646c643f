import { NetworkError } from './errors.js';

/** What a catch clause caught, as an error: libraries may throw anything. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new NetworkError('CHAINCODE_FAILED', String(thrown));
}
