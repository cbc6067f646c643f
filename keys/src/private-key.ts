import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createSigner, type Signer } from '@yici/ledger';
import { openTokenKey, type PrivateKey } from './token-key.js';
import { isTokenUri } from './uri.js';

/**
 * The key of a key's file: PKCS#8 or SEC 1 in PEM, or a PKCS#11 URI.
 * @throws LedgerError MALFORMED_KEY, what node:crypto says of a text that is no PEM; KeyError for a token
 */
export function openPrivateKey(text: string): PrivateKey {
  if (isTokenUri(text)) return openTokenKey(text);
  const key = createPrivateKey(text);
  const sign = createSigner(key);
  return { text, publicKey: createPublicKey(key), sign, signAside: sign };
}

/** The signer of a key's file. Errors as {@link openPrivateKey} */
export const signerOf = (text: string): PrivateKey['sign'] =>
  isTokenUri(text) ? openTokenKey(text).sign : createSigner(text);

/** The same for a process that others wait for ({@link PrivateKey.signAside}). Errors as {@link openPrivateKey} */
export const asideSignerOf = (text: string): Signer =>
  isTokenUri(text) ? openTokenKey(text).signAside : createSigner(text);
