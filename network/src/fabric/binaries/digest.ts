import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { NetworkError } from '../../errors.js';

/** SHA-256 of a file in hex, computed in pieces. */
export async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

export function digestMismatch(source: string, expected: string, found: string): NetworkError {
  return new NetworkError(
    'FABRIC_DIGEST_MISMATCH',
    {
      zh: `${source} 不是所要的安装包：其 SHA-256 为 ${found}，应为 ${expected}；没有解压。重新下载；仅对自行编译或者核对过的安装包使用 --sha256。`,
      en: `${source} is not the archive expected: its SHA-256 is ${found}, not ${expected}. Nothing was unpacked.`,
    },
    { details: { source, expected, found } },
  );
}
