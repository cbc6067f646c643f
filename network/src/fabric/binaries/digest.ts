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
    `${source} is not the archive expected: its SHA-256 is ${found}, not ${expected}. Nothing was unpacked.`,
    { details: { source, expected, found } },
  );
}
