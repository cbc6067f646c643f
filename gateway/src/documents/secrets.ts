import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openText, sealedSchema, sealText, type Sealed } from '../custody/sealing.js';
import { GatewayError } from '../errors.js';
import { writeSynced } from '../store/durable-files.js';
import { documentSecretSchema, type DocumentSecret } from './model.js';

/**
 * One file for each document's secret, encrypted with the gateway's key-encryption key. A file rather than a database
 * row, because erasure must not leave the old value in a write-ahead log.
 */
export class DocumentSecrets {
  readonly #folder: string;
  readonly #key: Uint8Array;

  constructor(folder: string, key: Uint8Array) {
    this.#folder = folder;
    this.#key = key;
  }

  /** Durable when it resolves. */
  async write(id: string, secret: DocumentSecret): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const sealed = sealText(this.#key, purposeOf(id), JSON.stringify(secret));
    await writeSynced(`${this.#path(id)}.new`, `${JSON.stringify(sealed)}\n`);
    await rename(`${this.#path(id)}.new`, this.#path(id));
  }

  /** Undefined after erasure. @throws GatewayError KEY_STORE_UNREADABLE */
  read(id: string): DocumentSecret | undefined {
    if (!existsSync(this.#path(id))) return undefined;
    try {
      const text = openText(this.#key, purposeOf(id), this.#sealed(id));
      return documentSecretSchema.parse(JSON.parse(text));
    } catch (cause) {
      const message = `The key of document ${id} cannot be opened: wrong key-encryption key, or a damaged file.`;
      throw new GatewayError('KEY_STORE_UNREADABLE', message, { cause });
    }
  }

  /** Re-encrypts what was encrypted with another key; returns the number of secrets. @throws GatewayError KEY_STORE_UNREADABLE */
  async takeOver(old: Uint8Array): Promise<number> {
    if (!existsSync(this.#folder)) return 0;
    const ids = (await readdir(this.#folder)).flatMap(
      (name) => /^(.*)\.json$/.exec(name)?.[1] ?? [],
    );
    for (const id of ids) {
      if (this.#opens(id)) continue;
      const secret = new DocumentSecrets(this.#folder, old).read(id);
      if (secret !== undefined) await this.write(id, secret);
    }
    return ids.length;
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
    await writeSynced(path, '0'.repeat(readFileSync(path).length), 'r+');
    await rm(path);
  }

  /** Removes secrets of uploads that were interrupted by a crash. */
  async sweep(known: (id: string) => boolean): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (const file of await readdir(this.#folder)) {
      const id = file.replace(/\.json(\.new)?$/, '');
      if (file.endsWith('.new') || !known(id)) await rm(join(this.#folder, file));
    }
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

const purposeOf = (id: string): string => `yici document v1\n${id}`;
