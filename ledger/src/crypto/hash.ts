import { createHash, hash as hashAtOnce } from 'node:crypto';

/** SHA-256 over the concatenated parts; 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  // Takes half the time of a hash object when there is a single part.
  if (parts.length === 1 && only !== undefined) return plain(hashAtOnce('sha256', only, 'buffer'));
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return plain(hash.digest());
}

/** The same bytes as a plain Uint8Array: Buffer.slice() returns a view, Uint8Array.slice() a copy. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
