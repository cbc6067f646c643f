import { createHash, randomBytes } from 'node:crypto';

/** API keys start with this, session tokens with `ys_`. */
export const apiKeyPrefix = 'yk_';

/** A new API key: 256 random bits. */
export const newApiKey = (): string => apiKeyPrefix + randomBytes(32).toString('base64url');

/** SHA-256, base64url. A random key of 256 bits needs no slow hash: there is nothing to guess. */
export const hashApiKey = (apiKey: string): string =>
  createHash('sha256').update(apiKey).digest('base64url');
