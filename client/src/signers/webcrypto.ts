import type { webcrypto } from 'node:crypto';
import { rawToDer } from '@yici/ledger';
import type { Signer } from './signer.js';

/** What this signer needs of WebCrypto; `globalThis.crypto.subtle` has it, in a browser and in Node. */
export interface SubtleSign {
  sign(
    algorithm: { readonly name: 'ECDSA'; readonly hash: 'SHA-256' },
    key: webcrypto.CryptoKey,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<ArrayBuffer>;
}

/**
 * A signer for a WebCrypto key, which may be non-extractable. WebCrypto gives r||s (IEEE P1363); Fabric wants DER with low S.
 * @param key an ECDSA P-256 private key with the usage "sign".
 */
export function createWebCryptoSigner(key: webcrypto.CryptoKey, subtle: SubtleSign): Signer {
  return async (message) => {
    const raw = await subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      Uint8Array.from(message),
    );
    return rawToDer(new Uint8Array(raw));
  };
}
