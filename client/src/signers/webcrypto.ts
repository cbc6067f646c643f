import type { webcrypto } from 'node:crypto';
import { encodeSignature, toLowS, type Signer } from '@yici/ledger';
import { ClientError } from '../errors.js';

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/**
 * The private key of a PEM text (PKCS#8, P-256) as WebCrypto's, which signs and cannot be taken out again.
 * @throws ClientError IDENTITY_UNREADABLE when the text holds none; what WebCrypto throws for another kind of key
 */
export async function importSigningKey(pem: string): Promise<webcrypto.CryptoKey> {
  const block = /-----BEGIN PRIVATE KEY-----([\sA-Za-z0-9+/=]+)-----END PRIVATE KEY-----/.exec(pem);
  if (block?.[1] === undefined) {
    throw new ClientError('IDENTITY_UNREADABLE', {
      zh: '该密钥不是 PEM（PKCS#8）格式的私钥。',
      en: 'The key is not a private key in PEM (PKCS#8).',
    });
  }
  const pkcs8 = Uint8Array.from(Buffer.from(block[1], 'base64'));
  return crypto.subtle.importKey('pkcs8', pkcs8, ecdsa, false, ['sign']);
}

/** Signs with WebCrypto's key of P-256; its r and s side by side become DER with the lower s, as Fabric wants them. */
export function createWebCryptoSigner(key: webcrypto.CryptoKey): Signer {
  return async (message) => {
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const plain = new Uint8Array(await crypto.subtle.sign(algorithm, key, message.slice()));
    return toLowS(encodeSignature(plain.subarray(0, 32), plain.subarray(32)));
  };
}
