import { NetworkError } from './errors.js';

/** A caught value as an Error: libraries may throw anything. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new NetworkError('CHAINCODE_FAILED', String(thrown));
}
