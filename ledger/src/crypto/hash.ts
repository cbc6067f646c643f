import { createHash, hash as hashAtOnce } from 'node:crypto';
import { concat } from '../wire/writer.js';

/** Up to this many bytes, copying the parts together takes less time than a hash object. */
const WORTH_COPYING = 4096;

/** SHA-256 over the concatenated parts; 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return plain(hashAtOnce('sha256', only, 'buffer'));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length <= WORTH_COPYING) return plain(hashAtOnce('sha256', concat(parts), 'buffer'));
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return plain(hash.digest());
}

/** The same bytes as a plain Uint8Array: Buffer.slice() returns a view, Uint8Array.slice() a copy. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
