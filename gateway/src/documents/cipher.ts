import { createCipheriv, createDecipheriv } from 'node:crypto';
import { GatewayError } from '../errors.js';

/** Bytes of content in one chunk. A chunk is authenticated before any of it is handed out, so it must fit in memory. */
export const chunkBytes = 64 * 1024;
const tagBytes = 16;

/**
 * Encrypts a stream as a sequence of AES-256-GCM chunks. The nonce is the chunk's number and whether it is the last (the
 * STREAM construction of Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015), so chunks cannot be left out, repeated,
 * reordered or cut off. `key` is 32 bytes and is used for this one stream only. An empty content is one empty chunk.
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
 * The content of what {@link encrypted} made; every chunk is checked before it is handed out.
 * @throws GatewayError DOCUMENT_DAMAGED when a bit was changed or the key is another's.
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

/** 96 bits: the chunk's number, and 1 for the last. */
function nonce(index: number, last: boolean): Uint8Array {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 7);
  bytes.writeUInt8(last ? 1 : 0, 11);
  return bytes;
}

interface Chunk {
  readonly bytes: Uint8Array;
  readonly index: number;
  readonly last: boolean;
}

/** Cuts a stream into pieces of `size` bytes; only the last may be shorter, and there is always one. */
async function* chunks(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Chunk> {
  let index = 0;
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of source) {
    held.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    length += piece.byteLength;
    if (length <= size) continue;
    const whole = Buffer.concat(held);
    let start = 0;
    // What fills a chunk exactly waits: it may be the last.
    for (; whole.length - start > size; start += size) {
      yield { bytes: whole.subarray(start, start + size), index, last: false };
      index += 1;
    }
    held = [whole.subarray(start)];
    length = whole.length - start;
  }
  yield { bytes: Buffer.concat(held), index, last: true };
}
