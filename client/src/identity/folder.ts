import { X509Certificate } from 'node:crypto';
import { KeyError, type PrivateKey } from '@yici/keys';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClientError } from '../errors.js';
import { openKey } from '../signers/pem.js';
import { connectionSchema, pinsOf, type Connection } from './connection.js';
import type { Identity } from './identity.js';
import { pinnedFetch } from './pinned-fetch.js';

/**
 * Reads an identity folder: `cert.pem`, `key.pem` (the key, or the PKCS#11 URI of one in a token), `connection.json`.
 * @throws ClientError IDENTITY_UNREADABLE (a file is missing or malformed), KEY_MISMATCH (the key does not belong to
 * the certificate); KeyError (the key in the token cannot be used).
 */
export async function readIdentityFolder(
  folder: string,
): Promise<Identity & { readonly connection: Connection }> {
  // One after the other: of several that are missing the same one is named each time.
  const certificate = await readText(folder, 'cert.pem');
  const key = await readText(folder, 'key.pem');
  const connectionText = await readText(folder, 'connection.json');
  const connection = parseConnection(folder, connectionText);
  const opened = matchingKey(folder, certificate, key);
  const sign = (message: Uint8Array) => Promise.resolve(opened.sign(message));
  const pins = pinsOf(connection);
  const fetch = pinnedFetch(pins?.gateways ?? []);
  return { mspId: connection.mspId, certificate, sign, connection, pins, fetch };
}

async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (cause) {
    throw new ClientError(
      'IDENTITY_UNREADABLE',
      {
        zh: `身份目录不存在或者无法读取：${join(folder, name)}`,
        en: `${join(folder, name)} cannot be read.`,
      },
      {
        cause,
      },
    );
  }
}

function matchingKey(folder: string, certificatePem: string, keyText: string): PrivateKey {
  let key: PrivateKey;
  let matches: boolean;
  try {
    const { publicKey } = new X509Certificate(certificatePem);
    key = openKey(keyText);
    matches = publicKey.equals(key.publicKey);
  } catch (cause) {
    if (cause instanceof KeyError) throw cause;
    const message = {
      zh: `${folder} 中的证书或者密钥无法读取，请重新导出身份：yici-network identity export`,
      en: `${folder} holds no readable certificate and key; export it anew: yici-network identity export`,
    };
    throw new ClientError('IDENTITY_UNREADABLE', message, { cause });
  }
  if (matches) return key;
  throw new ClientError('KEY_MISMATCH', {
    zh: `${folder} 中的密钥与证书不匹配。`,
    en: `The key in ${folder} is not its certificate's.`,
  });
}

function parseConnection(folder: string, text: string): Connection {
  try {
    return connectionSchema.parse(JSON.parse(text));
  } catch (cause) {
    const file = join(folder, 'connection.json');
    const message = {
      zh: `${file} 不是连接配置，请重新导出身份：yici-network identity export`,
      en: `${file} is not a connection profile; export the identity anew: yici-network identity export`,
    };
    throw new ClientError('IDENTITY_UNREADABLE', message, { cause });
  }
}
