import { createHash } from 'node:crypto';
import { canonicalJson } from '@yici/chaincode/model';
import { GatewayError } from '../errors.js';

const acceptable = /^[\x21-\x7e]{1,200}$/;

/**
 * The value of an Idempotency-Key header.
 * @throws GatewayError IDEMPOTENCY_KEY_INVALID unless it is 1 to 200 printable ASCII characters without spaces.
 */
export function idempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (acceptable.test(header)) return header;
  throw new GatewayError(
    'IDEMPOTENCY_KEY_INVALID',
    'An Idempotency-Key is 1 to 200 printable ASCII characters without spaces.',
  );
}

/** What makes two requests the same: the command and its input as given, whatever the order of the fields. */
export function requestDigest(command: string, input: unknown, secret?: string): string {
  // Confidential values come with their salts, so their digest gives nothing away.
  const request = secret === undefined ? { command, input } : { command, input, secret };
  return createHash('sha256').update(canonicalJson(request)).digest('hex');
}

/** @throws GatewayError IDEMPOTENCY_KEY_REUSED when the key stands for another request. */
export function assertSameRequest(stored: string, given: string): void {
  if (stored === given) return;
  throw new GatewayError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used for another request; choose a new key.',
  );
}
