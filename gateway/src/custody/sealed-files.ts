import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { GatewayError } from '../errors.js';
import { writeSynced } from '../store/durable-files.js';
import { openText, sealedSchema, sealText, type Sealed } from './sealing.js';

/** What one folder of sealed files holds. */
export interface SealedKind<T> {
  readonly schema: z.ZodType<T>;
  /** Authenticated with each file, together with its id. */
  readonly purpose: string;
  /** For messages, e.g. `The key of document`. */
  readonly what: string;
}

/**
 * A folder of files, each encrypted with the gateway's key-encryption key. Files rather than database rows, because
 * erasure must not leave the old value in a write-ahead log.
 */
export class SealedFiles<T> {
  readonly #folder: string;
  readonly #key: Uint8Array;
  readonly #kind: SealedKind<T>;

  constructor(folder: string, key: Uint8Array, kind: SealedKind<T>) {
    this.#folder = folder;
    this.#key = key;
    this.#kind = kind;
  }

  /** Durable when it resolves. */
  async write(id: string, value: T): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const sealed = sealText(this.#key, this.#purposeOf(id), JSON.stringify(value));
    await writeSynced(`${this.#path(id)}.new`, `${JSON.stringify(sealed)}\n`);
    await rename(`${this.#path(id)}.new`, this.#path(id));
  }

  /** Undefined after erasure. @throws GatewayError KEY_STORE_UNREADABLE */
  read(id: string): T | undefined {
    if (!existsSync(this.#path(id))) return undefined;
    try {
      const text = openText(this.#key, this.#purposeOf(id), this.#sealed(id));
      return this.#kind.schema.parse(JSON.parse(text));
    } catch (cause) {
      const message = `${this.#kind.what} ${id} cannot be opened: wrong key-encryption key, or a damaged file.`;
      throw new GatewayError('KEY_STORE_UNREADABLE', message, { cause });
    }
  }

  /** Re-encrypts what was encrypted with another key; returns the number of files. @throws GatewayError KEY_STORE_UNREADABLE */
  async takeOver(old: Uint8Array): Promise<number> {
    const ids = await this.ids();
    for (const id of ids) {
      if (this.#opens(id)) continue;
      const value = new SealedFiles(this.#folder, old, this.#kind).read(id);
      if (value !== undefined) await this.write(id, value);
    }
    return ids.length;
  }

  async ids(): Promise<string[]> {
    if (!existsSync(this.#folder)) return [];
    const names = await readdir(this.#folder);
    return names.flatMap((name) => /^(.*)\.json$/.exec(name)?.[1] ?? []);
  }

  #opens(id: string): boolean {
    try {
      return this.read(id) !== undefined;
    } catch {
      return false;
    }
  }

  #sealed(id: string): Sealed {
    return sealedSchema.parse(JSON.parse(readFileSync(this.#path(id), 'utf8')));
  }

  /** Overwrites the file, which is effective where the file system writes in place, then removes it. */
  async erase(id: string): Promise<void> {
    const path = this.#path(id);
    if (!existsSync(path)) return;
    // Under a name that the next start removes, should this not come to its end.
    const gone = `${path}.new`;
    await rename(path, gone);
    await writeSynced(gone, '0'.repeat(readFileSync(gone).length), 'r+');
    await rm(gone);
  }

  /** Removes what a crash left half written, and what is not known. */
  async sweep(known: (id: string) => boolean = () => true): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (const file of await readdir(this.#folder)) {
      const id = file.replace(/\.json(\.new)?$/, '');
      if (file.endsWith('.new') || !known(id)) await rm(join(this.#folder, file));
    }
  }

  #purposeOf(id: string): string {
    return `${this.#kind.purpose}\n${id}`;
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}
