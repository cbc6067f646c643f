import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError } from '../errors.js';

/**
 * Where encrypted documents lie. An object's name is the SHA-256 of its bytes (lower-case hexadecimal), so what is read
 * can be checked and nothing is ever overwritten with something else.
 */
export interface ObjectStore {
  /** Keeps a finished local file under its name; the file is gone afterwards. Durable when it resolves. */
  put(name: string, file: string, size: number): Promise<void>;
  /** @throws GatewayError DOCUMENT_MISSING, DOCUMENT_STORE_UNAVAILABLE */
  get(name: string): Promise<AsyncIterable<Uint8Array>>;
  /** No error when it is not there. */
  remove(name: string): Promise<void>;
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
    // The name must survive a power cut as well as the content, which its writer has synced.
    await syncFolder(shelf);
    await syncFolder(this.#folder);
  }

  async get(name: string): Promise<AsyncIterable<Uint8Array>> {
    const path = this.#path(name);
    try {
      await stat(path);
    } catch (cause) {
      throw new GatewayError('DOCUMENT_MISSING', 'The stored document is gone from its folder.', {
        cause,
      });
    }
    return contentOf(path);
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  #path(name: string): string {
    return join(this.#folder, name.slice(0, 2), name);
  }
}

/** Opened when it is read and closed when it is not read on: a stream that nobody reads would have its errors heard by nobody. */
async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    yield* handle.createReadStream({ highWaterMark: 256 * 1024, autoClose: false });
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what an upload that was cut off by a crash left behind. */
export async function clearFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });
}
