import { existsSync, readFileSync } from 'node:fs';
import { isTokenUri, KeyError, openPrivateKey } from '@yici/keys';
import { parseCertificate } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import type { Department } from '../topology/schema.js';
import { departmentPaths } from './layout.js';

type Kind = 'peer' | 'orderer';

/** A node's signing key in a token: the text of its key's file, and the certificate. */
export interface NodeToken {
  readonly uri: string;
  readonly certificate: string;
}

/** Where a node's signing key lies; undefined when the file has the key itself, or there is none here. */
export function tokenOf(root: string, { id }: Department, kind: Kind): NodeToken | undefined {
  const { key, certificate } = departmentPaths(root, id)[kind].msp;
  if (!existsSync(key)) return undefined;
  const uri = readFileSync(key, 'utf8');
  return isTokenUri(uri) ? { uri, certificate: readFileSync(certificate, 'utf8') } : undefined;
}

/**
 * Refuses what the node itself would only panic over: it finds the key by the SHA-256 of its certificate's public point.
 * @throws NetworkError KEYS_DIFFER; KeyError when the token's key cannot be used
 */
export function checkToken({ uri, certificate }: NodeToken): void {
  let isOwn: boolean;
  try {
    isOwn = openPrivateKey(uri).publicKey.equals(parseCertificate(certificate).publicKey);
  } catch (error) {
    // The node itself does without our binding.
    if (error instanceof KeyError && error.code === 'TOKEN_SUPPORT_MISSING') return;
    throw error;
  }
  if (isOwn) return;
  const words = {
    zh: '令牌中的密钥与节点证书不对应。请核对节点密钥文件中的 PKCS#11 URI。',
    en: "The key in the token is not that of the node's certificate: check the PKCS#11 URI in the node's key file.",
  };
  throw new NetworkError('KEYS_DIFFER', words, { details: { uri: uri.trim() } });
}
