import { ClassicLevel } from 'classic-level';
import { NetworkError } from '../../errors.js';
import { buckets, keyOf, type Bucket, type KeyRange } from './buckets.js';
import { errorCode } from './errors.js';
import { GroupWriter } from './group-writer.js';
import { StorageHealth } from './health.js';

type Operation =
  | { readonly type: 'put'; readonly key: Buffer; readonly value: Buffer }
  | { readonly type: 'del'; readonly key: Buffer };

interface Write {
  readonly operations: readonly Operation[];
  readonly sync: boolean;
}

/** Changes that become visible and durable together, in the order they were added: the last change of a key wins. */
export class WriteBatch {
  readonly operations: Operation[] = [];
  #erases = false;

  get erases(): boolean {
    return this.#erases;
  }

  put(key: Buffer, value: Buffer): void {
    this.operations.push({ type: 'put', key, value });
  }

  delete(key: Buffer): void {
    this.operations.push({ type: 'del', key });
  }

  /** What this batch deletes of private data is also to be removed from the files. */
  erase(): void {
    this.#erases = true;
    this.put(ERASURE, Buffer.alloc(0));
  }
}

interface ScanOptions {
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** Source of the repositories' reads: the current store, or a snapshot. */
export interface KeyValueReader {
  /** Synchronous: a point read is shorter than a round trip through the thread pool. */
  get(key: Buffer): Buffer | undefined;
  entries(range: KeyRange, options?: ScanOptions): AsyncGenerator<[Buffer, Buffer]>;
}

export interface KeyValueSnapshot extends KeyValueReader {
  close(): Promise<void>;
}

type Database = ClassicLevel<Buffer, Buffer>;
type Snapshot = ReturnType<Database['snapshot']>;

/** An open snapshot or iterator. */
interface Reader {
  readonly close: () => Promise<void>;
  readonly closed: Promise<void>;
}

const ENTRIES_PER_READ = 256;
/** Said with each read that has options: level copies options that leave them out. */
const encodings = { keyEncoding: 'buffer', valueEncoding: 'buffer' } as const;
/** Present while deleted private data may still be in the files. */
const ERASURE = keyOf('meta', 'erasure');
/** The keys of all private cleartext. */
const PRIVATE_START = keyOf('privateState');
const PRIVATE_END = keyOf('stagedByHeight', Buffer.alloc(16, 0xff));

/** The level database of a channel. LevelDB's API is used only in this file. */
export class LevelStore implements KeyValueReader {
  readonly #database: Database;
  readonly #readers = new Set<Reader>();
  readonly #writer: GroupWriter<Write, undefined>;
  /** Erasures that are not done, and how many of them have been written. */
  #erasures = { owed: 0, written: 0 };
  #erasing = Promise.resolve();

  private constructor(database: Database, health: StorageHealth) {
    this.#database = database;
    this.#writer = new GroupWriter((group) => health.write(() => this.#apply(group)));
  }

  /** Throws DATA_FOLDER_LOCKED when another process holds it, DATA_FOLDER_UNUSABLE when it cannot be opened. */
  static async open(directory: string, health = new StorageHealth()): Promise<LevelStore> {
    const database: Database = new ClassicLevel<Buffer, Buffer>(directory, {
      ...encodings,
      // Blocks bring many small values: fewer, larger tables, and a cache for the frequently used part of the index.
      writeBufferSize: 16 * 1024 * 1024,
      cacheSize: 64 * 1024 * 1024,
    });
    try {
      await database.open();
    } catch (error) {
      throw openError(directory, error);
    }
    const store = new LevelStore(database, health);
    // The process ended before the files were rewritten.
    if (store.get(ERASURE) !== undefined) {
      store.#erasures = { owed: 1, written: 1 };
      store.#erase();
    }
    return store;
  }

  get(key: Buffer): Buffer | undefined {
    return this.#database.getSync(key);
  }

  entries(range: KeyRange, options: ScanOptions = {}): AsyncGenerator<[Buffer, Buffer]> {
    return this.#scan(range, options);
  }

  /** The current content; later writes are not visible. Must be closed: it keeps old values in the files. */
  snapshot(): KeyValueSnapshot {
    const database = this.#database;
    const snapshot = database.snapshot();
    const { close } = this.#reading(snapshot);
    const options = { ...encodings, snapshot };
    return {
      get: (key) => database.getSync(key, options),
      entries: (range, options = {}) => this.#scan(range, options, snapshot),
      close,
    };
  }

  /**
   * Applies the batch atomically; with `sync` it is durable when the promise resolves. Throws LEDGER_FAILED, also after
   * an earlier failed write. Erasing begins with a synced batch: the others are parts of a rebuild, which ends with one.
   */
  async write(batch: WriteBatch, { sync }: { readonly sync: boolean }): Promise<void> {
    if (batch.erases) this.#erasures.owed += 1;
    await this.#writer.write({ operations: batch.operations, sync });
    if (batch.erases) this.#erasures.written += 1;
    if (sync && this.#erasures.written > 0) this.#erase();
  }

  /** Resolves when what earlier batches erased has left the files; it stays in them while a reader that is older is open. */
  async erased(): Promise<void> {
    await this.#erasing;
  }

  /**
   * Makes all earlier writes durable. A synced write is not enough: level syncs only its current log, and earlier
   * unsynced writes may be in a previous one. Any compaction first writes all of them to synced tables.
   */
  async flush(): Promise<void> {
    const key = Buffer.of(buckets.meta);
    await this.#database.compactRange(key, key);
  }

  /** Deletes everything in a bucket. */
  async clear(bucket: Bucket): Promise<void> {
    const prefix = buckets[bucket];
    await this.#database.clear({ gte: Buffer.of(prefix), lt: Buffer.of(prefix + 1) });
  }

  async close(): Promise<void> {
    await this.#writer.settle();
    await Promise.all([...this.#readers].map((reader) => reader.close()));
    await this.erased();
    await this.#database.close();
  }

  /** Runs in the background. A failure is harmless: erased data are invisible, and the next erasure or start tries again. */
  #erase(): void {
    this.#erasing = this.#erasing.then(() => this.#rewrite()).catch(() => undefined);
  }

  /**
   * Rewrites the files of private data, so that deleted values are removed from the disk. Level merges a file only with
   * what lies above it, so the range is first covered with a pair of markers. It keeps values that a reader sees, and
   * files that an iterator reads until the next compaction: both are waited for.
   */
  async #rewrite(): Promise<void> {
    const { written } = this.#erasures;
    if (written === 0) return;
    this.#erasures.written = 0;
    await this.#readersClosed();
    await this.#database.compactRange(PRIVATE_START, PRIVATE_END);
    const markers = new WriteBatch();
    markers.put(PRIVATE_START, Buffer.alloc(0));
    markers.put(PRIVATE_END, Buffer.alloc(0));
    await this.write(markers, { sync: false });
    await this.#database.compactRange(PRIVATE_START, PRIVATE_END);
    await this.#readersClosed();
    await this.flush();
    this.#erasures.owed -= written;
    if (this.#erasures.owed > 0) return;
    const done = new WriteBatch();
    done.delete(ERASURE);
    await this.write(done, { sync: false });
  }

  /** Waits for the readers that are open now, not for later ones. */
  async #readersClosed(): Promise<void> {
    await Promise.all([...this.#readers].map(({ closed }) => closed));
  }

  #reading(view: { close(): Promise<void> }): Reader {
    let done = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      done = resolve;
    });
    const close = async () => {
      await view.close();
      this.#readers.delete(reader);
      done();
    };
    const reader: Reader = { closed, close };
    this.#readers.add(reader);
    return reader;
  }

  async #apply(group: readonly Write[]): Promise<undefined[]> {
    // Level's chained batch: its array batch copies each operation and takes twenty times as long on this thread.
    const chained = this.#database.batch();
    for (const { operations } of group) {
      for (const operation of operations) {
        if (operation.type === 'put') chained.put(operation.key, operation.value);
        else chained.del(operation.key);
      }
    }
    await chained.write({ sync: group.some(({ sync }) => sync) });
    return group.map(() => undefined);
  }

  async *#scan(
    range: KeyRange,
    options: ScanOptions,
    snapshot?: Snapshot,
  ): AsyncGenerator<[Buffer, Buffer]> {
    const iterator = this.#database.iterator({
      gte: range.gte,
      lt: range.lt,
      reverse: options.reverse ?? false,
      limit: options.limit ?? -1,
      ...(snapshot === undefined ? {} : { snapshot }),
    });
    const { close } = this.#reading(iterator);
    try {
      for (;;) {
        const entries = await iterator.nextv(ENTRIES_PER_READ);
        if (entries.length === 0) return;
        yield* entries;
      }
    } finally {
      await close();
    }
  }
}

function openError(directory: string, error: unknown): NetworkError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const details = { directory, reason: errorCode(cause) };
  if (errorCode(cause) === 'LEVEL_LOCKED') {
    const words = {
      zh: `${directory} 正被其他进程使用。停止该进程，或者使用其他目录。`,
      en: `${directory} is in use by another process`,
    };
    return new NetworkError('DATA_FOLDER_LOCKED', words, { details, cause });
  }
  const words = {
    zh: `${directory} 无法打开。移走该目录后重新启动，系统由区块文件重建。`,
    en: `${directory} cannot be opened; the state can be rebuilt from the block files`,
  };
  return new NetworkError('DATA_FOLDER_UNUSABLE', words, { details, cause });
}
