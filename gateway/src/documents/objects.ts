import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError } from '../errors.js';
import { syncFolder } from '../store/disk.js';

/**
 * Storage of encrypted documents. An object's name is the SHA-256 of its bytes (lower-case hexadecimal), so that reads
 * can be verified and an object is never overwritten with other content.
 */
export interface ObjectStore {
  /** Moves a complete local file into the store. Durable when it resolves. */
  put(name: string, file: string, size: number): Promise<void>;
  /** @throws GatewayError DOCUMENT_MISSING, DOCUMENT_STORE_UNAVAILABLE */
  get(name: string): Promise<StoredObject>;
  /** No error when it does not exist. */
  remove(name: string): Promise<void>;
}

export interface StoredObject {
  /** In bytes, as the store says. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** An object's bytes, held to its name. @throws GatewayError DOCUMENT_DAMAGED at the end */
export async function* verified(
  name: string,
  { content }: StoredObject,
): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256');
  for await (const piece of content) {
    digest.update(piece);
    yield piece;
  }
  if (digest.digest('hex') === name) return;
  const message = 'The stored document is not what was stored under its name.';
  throw new GatewayError('DOCUMENT_DAMAGED', message, { details: { object: name } });
}

/** Objects as files of a local folder: `<first two digits>/<name>`. */
export class FolderObjects implements ObjectStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(name: string, file: string): Promise<void> {
    const shelf = join(this.#folder, name.slice(0, 2));
    await mkdir(shelf, { recursive: true, mode: 0o700 });
    await rename(file, join(shelf, name));
    // The directory entry must be durable too; the content has been synced by its writer.
    await syncFolder(shelf);
    await syncFolder(this.#folder);
  }

  async get(name: string): Promise<StoredObject> {
    const path = this.#path(name);
    try {
      const { size } = await stat(path);
      return { size, content: contentOf(path) };
    } catch (cause) {
      throw new GatewayError('DOCUMENT_MISSING', 'The stored document is gone from its folder.', {
        cause,
      });
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  #path(name: string): string {
    return join(this.#folder, name.slice(0, 2), name);
  }
}

/**
 * Opens the file when reading starts and closes it when reading stops: errors of a stream without a reader would be unhandled.
 */
async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    yield* handle.createReadStream({ highWaterMark: 256 * 1024, autoClose: false });
  } finally {
    await handle.close();
  }
}

/** Removes uploads interrupted by a crash. */
export async function clearFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });
}
