import { createPrivateKey } from 'node:crypto';
import { createSigner } from '@yici/ledger';
import { ClientError } from '../errors.js';

/**
 * A signer for a private key in PEM (PKCS#8 or SEC1, P-256).
 * @throws ClientError IDENTITY_UNREADABLE when the text is no private key.
 */
export function createPemSigner(
  privateKeyPem: string,
): (message: Uint8Array) => Promise<Uint8Array> {
  const sign = createSigner(parseKey(privateKeyPem));
  return (message) => Promise.resolve(sign(message));
}

function parseKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new ClientError(
      'IDENTITY_UNREADABLE',
      { zh: '密钥不是 PEM 格式的私钥。', en: 'The key is not a private key in PEM.' },
      { cause },
    );
  }
}
