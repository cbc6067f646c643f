import { hash, randomBytes } from 'node:crypto';

/** Prefix of API keys; session tokens have `ys_`. */
export const apiKeyPrefix = 'yk_';

/** A new API key: 256 random bits. */
export const newApiKey = (): string => apiKeyPrefix + randomBytes(32).toString('base64url');

/** SHA-256, base64url. A random key of 256 bits needs no slow hash. */
export const hashApiKey = (apiKey: string): string => hash('sha256', apiKey, 'base64url');
