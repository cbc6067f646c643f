import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SealedFiles } from '../custody/sealed-files.js';
import { KeyedQueue } from '../store/keyed-queue.js';
import { GatewayError } from '../errors.js';
import { readPage, type Page, type PageRequest } from '../store/page.js';
import { StoreHealth, type StoreGuard } from '../store/health.js';
import { openLevelStore } from '../store/level-store.js';
import { hasDiskSpace } from '../store/disk.js';
import { putJson, readJson } from '../store/json-values.js';
import { keyOf, under, type DiskStore, type StoreChange } from '../store/state-store.js';
import { decrypted } from './cipher.js';
import { receive, type Received } from './intake.js';
import type { AuditJournal } from '../audit/journal.js';
import {
  documentRecordSchema,
  documentSecrets,
  type DocumentRecord,
  type DocumentSecret,
} from './model.js';
import type { Actor } from '@yici/api';
import { clearFolder, FolderObjects, type ObjectStore, type StoredObject } from './objects.js';
import { S3Objects, type S3Settings } from './s3-objects.js';
import { Usage, type Quota } from './usage.js';

/** Every key prefix of the document store. */
const keys = {
  /** id -> DocumentRecord */
  record: (id: string) => keyOf('d', id),
  /** department, time, id -> id */
  byTime: (record: DocumentRecord) => keyOf('t', record.by.department, record.at, record.id),
  /** digest, id -> id */
  byDigest: (digest: string, id: string) => keyOf('g', digest, id),
};

export interface DocumentSettings {
  /** Maximum size of a document, in bytes. */
  readonly maxBytes: number;
  readonly store: { readonly kind: 'folder' } | S3Settings;
  /** Limits per department; default: none. */
  readonly quota?: Quota;
}

export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly by: Actor;
  /** 32 bytes chosen by the client so that it can compute the digest; default: chosen here. */
  readonly salt?: Uint8Array | undefined;
  /** SHA-256 of salt || content, lower-case hexadecimal, as computed by the client. */
  readonly digest?: string | undefined;
}

interface Parts {
  readonly level: DiskStore;
  readonly objects: ObjectStore;
  readonly secrets: SealedFiles<DocumentSecret>;
  readonly incoming: string;
  /** Guards the writes to files. */
  readonly files: StoreGuard;
  readonly maxBytes: number;
  readonly usage: Usage;
  /** Records each reader before the read. */
  readonly journal: AuditJournal;
  readonly now: () => Date;
}

/**
 * Document store off the ledger: each document is encrypted with its own key and stored by the digest of its encrypted
 * bytes; every read is recorded before the first byte is sent. Destroying a document's key erases it everywhere; its
 * digest on the ledger remains but discloses nothing.
 */
export class DocumentStore {
  readonly #parts: Parts;
  readonly #queue = new KeyedQueue();

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Opens (or creates) the store in `directory`. `key` is the gateway's key-encryption key; reads are recorded in `journal`.
   * @throws GatewayError STATE_FOLDER_LOCKED, STATE_FOLDER_UNUSABLE, CONFIG_INVALID
   */
  static async open(
    directory: string,
    key: Uint8Array,
    { maxBytes, store, quota = { bytes: 0, count: 0 } }: DocumentSettings,
    journal: AuditJournal,
    now: () => Date = () => new Date(),
    health = new StoreHealth(),
  ): Promise<DocumentStore> {
    const objects =
      store.kind === 's3'
        ? new S3Objects(store, process.env)
        : new FolderObjects(join(directory, 'objects'));
    mkdirSync(join(directory, 'objects'), { recursive: true, mode: 0o700 });
    const level = await openLevelStore(join(directory, 'records'), { health, name: 'documents' });
    const secrets = new SealedFiles(join(directory, 'keys'), key, documentSecrets);
    const incoming = join(directory, 'incoming');
    await clearFolder(incoming);
    const files = health.guard('document files', () => hasDiskSpace(directory));
    const usage = new Usage(quota);
    const opened = new DocumentStore({
      ...{ level, objects, secrets, incoming, files, maxBytes },
      ...{ usage, journal, now },
    });
    await opened.#countWhatIsKept();
    await secrets.sweep((id) => opened.find(id)?.erased === null);
    return opened;
  }

  /**
   * Stores a document. The same content with the same salt from the same department is the same document.
   * @throws GatewayError BODY_TOO_LARGE, DOCUMENT_TYPE_MISMATCH, DOCUMENT_CUT_OFF, DOCUMENT_DIGEST_MISMATCH,
   * DOCUMENT_QUOTA, DOCUMENT_STORE_UNAVAILABLE, STORAGE_FAILED
   */
  async add(content: AsyncIterable<Uint8Array>, upload: Upload): Promise<DocumentRecord> {
    const metered = this.#parts.usage.begin(upload.by.department, content);
    try {
      const { record, isNew } = await this.#take(metered.content, upload);
      if (!isNew) metered.undo();
      return record;
    } catch (error) {
      metered.undo();
      throw error;
    }
  }

  async #take(
    content: AsyncIterable<Uint8Array>,
    upload: Upload,
  ): Promise<{ readonly record: DocumentRecord; readonly isNew: boolean }> {
    const { incoming, files, maxBytes } = this.#parts;
    const id = `doc_${randomUUID()}`;
    const salt = upload.salt ?? randomBytes(32);
    const file = join(incoming, id);
    const taken = await files.write(() =>
      receive(content, file, { type: upload.type, maxBytes, salt }),
    );
    try {
      if (upload.digest !== undefined && upload.digest !== taken.sha256) {
        const details = { expected: upload.digest, found: taken.sha256 };
        const message = 'What arrived is not what the client digested; send it again.';
        throw new GatewayError('DOCUMENT_DIGEST_MISMATCH', message, { details });
      }
      const same = await this.#same(taken.sha256, upload.by.department);
      if (same !== undefined) return { record: same, isNew: false };
      return { record: await this.#keep(id, taken, upload, salt), isNew: true };
    } finally {
      await rm(file, { force: true });
    }
  }

  find(id: string): DocumentRecord | undefined {
    return readJson(this.#parts.level, keys.record(id), documentRecordSchema);
  }

  /** Name and salt; undefined after erasure. @throws GatewayError KEY_STORE_UNREADABLE */
  secret(record: DocumentRecord): DocumentSecret | undefined {
    return record.erased === null ? this.#parts.secrets.read(record.id) : undefined;
  }

  /** A department's documents, newest first. */
  list(department: string, request: PageRequest): Promise<Page<DocumentRecord>> {
    return readPage(
      this.#parts.level,
      { ...under('t', department), reverse: true, read: (id) => this.find(id) },
      request,
    );
  }

  /** Content of the documents that are kept. */
  get bytes(): number {
    return this.#parts.usage.bytes;
  }

  keepsAnyOf(department: string): boolean {
    return this.#parts.usage.counts(department);
  }

  /** Documents with this digest. */
  async withDigest(digest: string): Promise<DocumentRecord[]> {
    const found: DocumentRecord[] = [];
    for await (const [, id] of this.#parts.level.range(under('g', digest))) {
      const record = this.find(id);
      if (record !== undefined) found.push(record);
    }
    return found;
  }

  /**
   * The content for one reader; the read is recorded in the journal before the first byte.
   * @throws GatewayError DOCUMENT_ERASED, DOCUMENT_MISSING, DOCUMENT_STORE_UNAVAILABLE; while reading, DOCUMENT_DAMAGED
   */
  async read(record: DocumentRecord, by: Actor): Promise<AsyncIterable<Uint8Array>> {
    const content = await this.content(record);
    await this.#parts.journal.append({ kind: 'document.read', by, document: record.id });
    return content;
  }

  /** As {@link read}, for checks of the gateway's own: nobody is shown any of it. */
  async content(record: DocumentRecord): Promise<AsyncIterable<Uint8Array>> {
    const secret = this.secret(record);
    if (secret === undefined) throw erased(record.id);
    const { content } = await this.#parts.objects.get(record.object);
    return decrypted(Buffer.from(secret.key, 'base64'), content);
  }

  /** The encrypted documents are files of its own folder. */
  get inFolder(): boolean {
    return this.#parts.objects instanceof FolderObjects;
  }

  /** A document's encrypted bytes; undefined once it is erased. @throws GatewayError DOCUMENT_MISSING, DOCUMENT_STORE_UNAVAILABLE */
  async stored(id: string): Promise<(StoredObject & { readonly name: string }) | undefined> {
    const record = this.find(id);
    if (record === undefined || record.erased !== null) return undefined;
    const { object: name } = record;
    try {
      return { name, ...(await this.#parts.objects.get(name)) };
    } catch (error) {
      // It may be erased in this moment.
      if (this.find(id)?.erased === null) throw error;
      return undefined;
    }
  }

  /**
   * Grants access to these departments, in addition to those concerned by the keeping department's acts.
   * @throws GatewayError DOCUMENT_ERASED
   */
  grant(id: string, by: Actor, departments: readonly string[]): Promise<DocumentRecord> {
    return this.#queue.run(id, async () => {
      const record = this.#kept(id);
      const to = [...departments].sort();
      const granted = { ...record, grantedTo: to };
      const { journal, level } = this.#parts;
      await journal.append({ kind: 'document.grant', by, document: id, to });
      await level.write([putJson(keys.record(id), granted)], true);
      return granted;
    });
  }

  /**
   * Destroys a document's key, name and salt, then its bytes. Its record is kept.
   * @throws GatewayError DOCUMENT_ERASED when it is already erased.
   */
  erase(id: string, by: Actor, reason: string): Promise<DocumentRecord> {
    return this.#queue.run(id, async () => {
      const record = this.#kept(id);
      const { secrets, objects, files, usage, journal, level, now } = this.#parts;
      const gone = { ...record, erased: { by, at: now().toISOString(), reason } };
      await journal.append({ kind: 'document.erase', by, document: id });
      await level.write([putJson(keys.record(id), gone)], true);
      await files.write(async () => {
        await secrets.erase(id);
        await objects.remove(record.object);
      });
      usage.remove(record);
      return gone;
    });
  }

  /**
   * The records as they are now, to be asked for before the documents' keys are copied and read after it: a document that is not
   * among those `copied`, as it was erased in between, is given as erased.
   */
  entries(copied: ReadonlySet<string>): AsyncIterable<readonly [key: string, value: string]> {
    return this.#withErasures(this.#parts.level.entries(), copied);
  }

  async *#withErasures(
    entries: AsyncIterable<readonly [string, string]>,
    copied: ReadonlySet<string>,
  ): AsyncGenerator<readonly [string, string]> {
    const prefix = keys.record('');
    for await (const [key, value] of entries) {
      const isGone = key.startsWith(prefix) && !copied.has(key.slice(prefix.length));
      yield [key, isGone ? (this.#parts.level.get(key) ?? value) : value];
    }
  }

  async close(): Promise<void> {
    await this.#parts.files.close();
    await this.#parts.level.close();
  }

  /** @throws GatewayError DOCUMENT_ERASED */
  #kept(id: string): DocumentRecord {
    const record = this.find(id);
    if (record === undefined || record.erased !== null) throw erased(id);
    return record;
  }

  async #countWhatIsKept(): Promise<void> {
    for await (const [, text] of this.#parts.level.range(under('d'))) {
      const record = documentRecordSchema.parse(JSON.parse(text));
      if (record.erased === null) this.#parts.usage.add(record);
    }
  }

  async #same(digest: string, department: string): Promise<DocumentRecord | undefined> {
    const same = await this.withDigest(digest);
    return same.find(({ by, erased: gone }) => gone === null && by.department === department);
  }

  /** Order: object, secret, record. Anything that a crash leaves without a record is removed at the next start or never found. */
  async #keep(
    id: string,
    taken: Received,
    upload: Upload,
    salt: Uint8Array,
  ): Promise<DocumentRecord> {
    const { objects, secrets, files, level, now } = this.#parts;
    const { object, storedSize, size, sha256, sm3 } = taken;
    const record: DocumentRecord = {
      v: 1,
      id,
      by: upload.by,
      at: now().toISOString(),
      type: upload.type,
      size,
      digest: { digestAlg: 'sha256', digest: sha256, sm3 },
      object,
      erased: null,
    };
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    await files.write(async () => {
      await objects.put(object, taken.file, storedSize);
      await secrets.write(id, { key: text(taken.key), salt: text(salt), name: upload.name });
    });
    const pointers = [keys.byTime(record), keys.byDigest(sha256, id)];
    const changes = pointers.map((key): StoreChange => ({ type: 'put', key, value: id }));
    await level.write([putJson(keys.record(id), record), ...changes], true);
    return record;
  }
}

function erased(id: string): GatewayError {
  const message = 'The document was erased: its key is destroyed. Its digest on the ledger stays.';
  return new GatewayError('DOCUMENT_ERASED', message, { details: { id } });
}
