import { X509Certificate } from 'node:crypto';
import { openPrivateKey, signerOf } from '@yici/keys';
import type { Signer } from '@yici/ledger';
import { GatewayError } from '../errors.js';
import type { AccountFile } from './account-files.js';
import { isInToken, openKey } from './key-vault.js';

/** How an account signs. */
interface AccountSigner {
  readonly sign: Signer;
  /** Opens the key, which is otherwise done when it first signs: one token that is away holds up no other account. */
  readonly check: () => unknown;
}

/**
 * The signer of an account. A reference to a token is not sealed, so the key that it names is held to the certificate.
 * @throws GatewayError KEY_STORE_UNREADABLE; `sign` and `check`: ACCOUNT_KEY_MISMATCH, and KeyError when the token's key cannot be
 * used
 */
export function accountSigner(key: Uint8Array, file: AccountFile): AccountSigner {
  const text = openKey(key, file, file.key);
  if (!isInToken(file.key)) return { sign: signerOf(text), check: () => undefined };
  let opened: Signer | undefined;
  const check = () => (opened ??= tokenSigner(text, file));
  return { sign: (message) => check()(message), check };
}

function tokenSigner(text: string, { account, certificatePem }: AccountFile): Signer {
  const { publicKey, signAside } = openPrivateKey(text);
  if (publicKey.equals(new X509Certificate(certificatePem).publicKey)) return signAside;
  const words = {
    zh: `${account}：令牌中的密钥与证书不对应。`,
    en: `${account}: the key in the token is not that of the certificate.`,
  };
  throw new GatewayError('ACCOUNT_KEY_MISMATCH', words, { details: { account } });
}
