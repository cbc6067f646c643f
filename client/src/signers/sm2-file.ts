import { readFileSync } from 'node:fs';
import { ClientError } from '../errors.js';
import { parseSm2Key, type Sm2Key } from './sm2.js';

/** @throws ClientError IDENTITY_UNREADABLE when the file is no SM2 key or its two keys do not match. */
export function readSm2Key(file: string): Sm2Key {
  const key = parseSm2Key(textOf(file));
  if (key !== undefined) return key;
  throw unreadable(file);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

const unreadable = (file: string, cause?: unknown): ClientError =>
  new ClientError(
    'IDENTITY_UNREADABLE',
    {
      zh: `${file} 不是商用密码（SM2）密钥文件，或者其中的公钥与私钥不匹配。`,
      en: `${file} is no SM2 key, or its two keys are of different pairs.`,
    },
    { cause },
  );
