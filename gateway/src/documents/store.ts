import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyedQueue } from '../store/keyed-queue.js';
import { GatewayError } from '../errors.js';
import { readPage, type Page, type PageRequest } from '../store/page.js';
import { StoreHealth, type StoreGuard } from '../store/health.js';
import { openLevelStore } from '../store/level-store.js';
import { hasRoom } from '../store/room.js';
import { keyOf, under, type StateStore, type StoreChange } from '../store/state-store.js';
import { decrypted } from './cipher.js';
import { takeIn, type Taken } from './intake.js';
import type { AuditJournal } from '../audit/journal.js';
import { documentRecordSchema, type DocumentRecord, type DocumentSecret } from './model.js';
import type { Who } from '../callers/who.js';
import { clearFolder, FolderObjects, type ObjectStore } from './objects.js';
import { S3Objects, type S3Settings } from './s3-objects.js';
import { DocumentSecrets } from './secrets.js';
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
  /** Longest document, in bytes. */
  readonly maxBytes: number;
  readonly store: { readonly kind: 'folder' } | S3Settings;
  /** What one department may keep; without it as much as there is room for. */
  readonly quota?: Quota;
}

export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly by: Who;
  /** 32 bytes of the client's, so that it can compute the digest itself; made here when absent. */
  readonly salt?: Uint8Array | undefined;
  /** SHA-256 of salt || content, lower-case hexadecimal, as the client computed it. */
  readonly digest?: string | undefined;
}

interface Parts {
  readonly level: StateStore;
  readonly objects: ObjectStore;
  readonly secrets: DocumentSecrets;
  readonly incoming: string;
  /** Before what is written as files. */
  readonly files: StoreGuard;
  readonly maxBytes: number;
  readonly usage: Usage;
  /** Has who read what, before anybody does. */
  readonly journal: AuditJournal;
  readonly now: () => Date;
}

/**
 * Documents off the ledger: each encrypted under a key of its own, kept by the digest of its encrypted bytes, every read
 * recorded before the first byte goes out. Destroying a document's key erases it everywhere; its digest on the ledger
 * stays and says nothing any more.
 */
export class DocumentStore {
  readonly #parts: Parts;
  readonly #queue = new KeyedQueue();

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Opens (and makes) the store in `directory`. `key` is the gateway's key-encryption key; reads go into `journal`.
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
    const secrets = new DocumentSecrets(join(directory, 'keys'), key);
    const incoming = join(directory, 'incoming');
    await clearFolder(incoming);
    const files = health.guard('document files', () => hasRoom(directory));
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
   * Keeps a document. The same bytes under the same salt, from the same department, are the same document.
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
      takeIn(content, file, { type: upload.type, maxBytes, salt }),
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
    const text = this.#parts.level.get(keys.record(id));
    return text === undefined ? undefined : documentRecordSchema.parse(JSON.parse(text));
  }

  /** Name and salt; undefined once the document is erased. @throws GatewayError KEY_STORE_UNREADABLE */
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
   * The content, for one reader, who is in the journal before the first byte is.
   * @throws GatewayError DOCUMENT_ERASED, DOCUMENT_MISSING, DOCUMENT_STORE_UNAVAILABLE; and while it is read, DOCUMENT_DAMAGED
   */
  async read(record: DocumentRecord, by: Who): Promise<AsyncIterable<Uint8Array>> {
    const secret = this.secret(record);
    if (secret === undefined) throw erased(record.id);
    const stored = await this.#parts.objects.get(record.object);
    await this.#parts.journal.append({ kind: 'document.read', by, document: record.id });
    return decrypted(Buffer.from(secret.key, 'base64'), stored);
  }

  /**
   * Shows it to these departments from now on, beside those whom the keeping department's acts concern.
   * @throws GatewayError DOCUMENT_ERASED
   */
  grant(id: string, by: Who, departments: readonly string[]): Promise<DocumentRecord> {
    return this.#queue.run(id, async () => {
      const record = this.find(id);
      if (record === undefined || record.erased !== null) throw erased(id);
      const to = [...departments].sort();
      const granted = { ...record, grantedTo: to };
      const { journal, level } = this.#parts;
      await journal.append({ kind: 'document.grant', by, document: id, to });
      await level.write([put(keys.record(id), granted)], true);
      return granted;
    });
  }

  /**
   * Destroys a document's key, name and salt, then its bytes. The record of it stays.
   * @throws GatewayError DOCUMENT_ERASED when it is erased already.
   */
  erase(id: string, by: Who, reason: string): Promise<DocumentRecord> {
    return this.#queue.run(id, async () => {
      const record = this.find(id);
      if (record === undefined || record.erased !== null) throw erased(id);
      const { secrets, objects, files, usage, journal, level, now } = this.#parts;
      const gone = { ...record, erased: { by, at: now().toISOString(), reason } };
      await journal.append({ kind: 'document.erase', by, document: id });
      await level.write([put(keys.record(id), gone)], true);
      await files.write(async () => {
        await secrets.erase(id);
        await objects.remove(record.object);
      });
      usage.remove(record);
      return gone;
    });
  }

  async close(): Promise<void> {
    await this.#parts.files.close();
    await this.#parts.level.close();
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

  /** Object, then secret, then record: what a crash leaves without a record is swept or never found. */
  async #keep(id: string, taken: Taken, upload: Upload, salt: Uint8Array): Promise<DocumentRecord> {
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
    await level.write([put(keys.record(id), record), ...changes], true);
    return record;
  }
}

function erased(id: string): GatewayError {
  const message = 'The document was erased: its key is destroyed. Its digest on the ledger stays.';
  return new GatewayError('DOCUMENT_ERASED', message, { details: { id } });
}

const put = (key: string, value: unknown): StoreChange => ({
  type: 'put',
  key,
  value: JSON.stringify(value),
});
