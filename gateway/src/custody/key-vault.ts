import { scryptSync } from 'node:crypto';
import { isTokenUri } from '@yici/keys';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { openText, sealedSchema, sealText, type Sealed } from './sealing.js';

/** What is sealed, and for whom: both are bound into the ciphertext, so a sealed key cannot be moved to another account. */
interface SealedFor {
  readonly account: string;
  readonly mspId: string;
}

/** A private key, encrypted for one account; of a key that a token keeps, its PKCS#11 URI, in which nothing is secret. */
export const keptKeySchema = z.union([sealedSchema, z.string().refine(isTokenUri)]);
type KeptKey = Sealed | string;

/** Whether a token keeps the key. */
export const isInToken = (kept: KeptKey): kept is string => typeof kept === 'string';

const purposeOf = (owner: SealedFor): string =>
  `yici custodial key v1\n${owner.account}\n${owner.mspId}`;

/** Encrypts a private key (PEM) for one account. `key` is 32 bytes. What is a reference to a token stays as it is. */
export function sealKey(key: Uint8Array, owner: SealedFor, keyPem: string): KeptKey {
  if (isTokenUri(keyPem)) return keyPem.trim();
  return sealText(key, purposeOf(owner), keyPem);
}

/** @throws GatewayError KEY_STORE_UNREADABLE with the wrong key, for another account, or after any change of the bytes. */
export function openKey(key: Uint8Array, owner: SealedFor, sealed: KeptKey): string {
  if (isInToken(sealed)) return sealed;
  try {
    return openText(key, purposeOf(owner), sealed);
  } catch (cause) {
    throw new GatewayError(
      'KEY_STORE_UNREADABLE',
      `The custodial key of ${owner.account} cannot be opened: wrong key-encryption key, or a damaged file.`,
      { cause },
    );
  }
}

/** scrypt (RFC 7914) with N = 2^15, r = 8, p = 1: about 32 MiB and 100 ms, once at start. */
export function keyFromPassphrase(passphrase: string, salt: Uint8Array): Uint8Array {
  return scryptSync(passphrase, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
}
