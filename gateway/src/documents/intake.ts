import { createHash, randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { GatewayError } from '../errors.js';
import { encrypted } from './cipher.js';
import { checkMediaType, sampleBytes } from './media.js';

/** An upload stored encrypted on this disk, but not yet part of the document store. */
export interface Received {
  readonly file: string;
  readonly storedSize: number;
  /** SHA-256 of the encrypted bytes. */
  readonly object: string;
  readonly key: Uint8Array;
  /** Bytes of the content. */
  readonly size: number;
  readonly sha256: string;
  readonly sm3: string;
}

interface IntakeLimits {
  readonly type: string;
  readonly maxBytes: number;
  readonly salt: Uint8Array;
}

/**
 * Receives a stream: counts, checks, hashes and encrypts it in one pass, and syncs it to `file`. Plain text is never
 * written to disk. After a failure no file remains.
 * @throws GatewayError BODY_TOO_LARGE, DOCUMENT_TYPE_MISMATCH, DOCUMENT_CUT_OFF
 */
export async function receive(
  content: AsyncIterable<Uint8Array>,
  file: string,
  limits: IntakeLimits,
): Promise<Received> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const taken = await write(content, handle, limits);
    await handle.sync();
    return { ...taken, file };
  } catch (error) {
    await rm(file, { force: true });
    throw cutOff(error);
  } finally {
    await handle.close();
  }
}

async function write(
  content: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  limits: IntakeLimits,
): Promise<Omit<Received, 'file'>> {
  const key = randomBytes(32);
  const inspected = new Inspected(content, limits);
  const object = createHash('sha256');
  let storedSize = 0;
  for await (const chunk of encrypted(key, inspected.bytes())) {
    object.update(chunk);
    storedSize += chunk.length;
    await handle.write(chunk);
  }
  return { key, object: object.digest('hex'), storedSize, ...inspected.result() };
}

/** Passes a stream through and records its size, digest and first bytes. */
class Inspected {
  readonly #content: AsyncIterable<Uint8Array>;
  readonly #limits: IntakeLimits;
  readonly #sha256 = createHash('sha256');
  readonly #sm3 = createHash('sm3');
  #size = 0;

  constructor(content: AsyncIterable<Uint8Array>, limits: IntakeLimits) {
    this.#content = content;
    this.#limits = limits;
    this.#sha256.update(limits.salt);
    this.#sm3.update(limits.salt);
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    const { maxBytes, type } = this.#limits;
    const head: Uint8Array[] = [];
    let looked = false;
    for await (const piece of this.#content) {
      this.#size += piece.length;
      if (this.#size > maxBytes) {
        const message = 'The document is larger than this gateway takes.';
        throw new GatewayError('BODY_TOO_LARGE', message, { details: { limit: maxBytes } });
      }
      this.#sha256.update(piece);
      this.#sm3.update(piece);
      if (!looked) {
        head.push(piece);
        looked = this.#size >= sampleBytes;
        if (looked) await checkMediaType(type, Buffer.concat(head).subarray(0, sampleBytes));
      }
      yield piece;
    }
    if (!looked) await checkMediaType(type, Buffer.concat(head));
  }

  result() {
    return {
      size: this.#size,
      sha256: this.#sha256.digest('hex'),
      sm3: this.#sm3.digest('hex'),
    };
  }
}

/** A client that disconnects during an upload is not an internal error. */
function cutOff(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ECONNRESET' && code !== 'ERR_STREAM_PREMATURE_CLOSE') return error;
  return new GatewayError('DOCUMENT_CUT_OFF', 'The upload ended before its end.', { cause: error });
}
