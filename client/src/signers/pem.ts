import { KeyError, openPrivateKey, type PrivateKey } from '@yici/keys';
import { ClientError } from '../errors.js';

/**
 * A signer for what a key's file holds: a private key in PEM (PKCS#8 or SEC1, P-256), or the PKCS#11 URI of one in a token.
 * @throws ClientError IDENTITY_UNREADABLE when the text is neither; KeyError when the token's key cannot be used
 */
export function createPemSigner(text: string): (message: Uint8Array) => Promise<Uint8Array> {
  const { sign } = openKey(text);
  return (message) => Promise.resolve(sign(message));
}

/** The key of a key's file. Errors as {@link createPemSigner} */
export function openKey(text: string): PrivateKey {
  try {
    return openPrivateKey(text);
  } catch (cause) {
    if (cause instanceof KeyError) throw cause;
    throw new ClientError(
      'IDENTITY_UNREADABLE',
      {
        zh: '密钥既不是 PEM 格式的私钥，也不是 PKCS#11 URI。',
        en: 'The key is neither a private key in PEM nor a PKCS#11 URI.',
      },
      { cause },
    );
  }
}
