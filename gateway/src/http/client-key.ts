import { createHash } from 'node:crypto';
import { ipKeyGenerator } from 'express-rate-limit';

/** Whom a request is counted for: the bearer of its token, else its address. Never the token itself. */
export function clientKey(authorization: string | undefined, address: string | undefined): string {
  if (authorization === undefined) return addressKey(address);
  return createHash('sha256').update(authorization).digest('base64url');
}

/** An address, for IPv6 its network. */
export const addressKey = (address: string | undefined): string => ipKeyGenerator(address ?? '');
