import { createCipheriv, createDecipheriv } from 'node:crypto';
import { GatewayError } from '../errors.js';

/** Content bytes per chunk. A chunk is authenticated before any of it is returned, so it must fit in memory. */
export const chunkBytes = 64 * 1024;
const tagBytes = 16;

/**
 * Encrypts a stream as a sequence of AES-256-GCM chunks. The nonce consists of the chunk's number and a flag for the last one
 * (the STREAM construction of Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015), so that omitted, repeated, reordered or
 * truncated chunks are detected. `key` is 32 bytes and is used for this stream only. An empty content is one empty chunk.
 */
export async function* encrypted(
  key: Uint8Array,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const { bytes, index, last } of chunks(content, chunkBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(index, last));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/**
 * Decrypts the output of {@link encrypted}; every chunk is authenticated before it is returned.
 * @throws GatewayError DOCUMENT_DAMAGED when a bit was changed or the key is wrong.
 */
export async function* decrypted(
  key: Uint8Array,
  stored: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const { bytes, index, last } of chunks(stored, chunkBytes + tagBytes)) {
    yield openChunk(key, bytes, nonce(index, last));
  }
}

function openChunk(key: Uint8Array, bytes: Uint8Array, iv: Uint8Array): Uint8Array {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new GatewayError('DOCUMENT_DAMAGED', 'The stored document is not what was stored.', {
      cause,
    });
  }
}

/** 96 bits: the chunk's number, and 1 for the last chunk. */
function nonce(index: number, last: boolean): Uint8Array {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 7);
  bytes.writeUInt8(last ? 1 : 0, 11);
  return bytes;
}

/** Splits a stream into pieces of `size` bytes; only the last may be shorter, and there is at least one. */
async function* chunks(source: AsyncIterable<Uint8Array>, size: number) {
  let index = 0;
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of source) {
    held.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    length += piece.byteLength;
    if (length <= size) continue;
    const whole = Buffer.concat(held);
    let start = 0;
    // Keep a complete chunk back: it may be the last one.
    for (; whole.length - start > size; start += size) {
      yield { bytes: whole.subarray(start, start + size), index, last: false };
      index += 1;
    }
    held = [whole.subarray(start)];
    length = whole.length - start;
  }
  yield { bytes: Buffer.concat(held), index, last: true };
}
