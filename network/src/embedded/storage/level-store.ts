import { ClassicLevel } from 'classic-level';
import { NetworkError } from '../../errors.js';
import { buckets, type Bucket, type KeyRange } from './buckets.js';
import { errorCode } from './errors.js';
import { StorageHealth } from './health.js';
import { WriteQueue } from './write-queue.js';

type Operation =
  | { readonly type: 'put'; readonly key: Buffer; readonly value: Buffer }
  | { readonly type: 'del'; readonly key: Buffer };

/** Changes that become visible and durable together, in the order they were added: the last change of a key wins. */
export class WriteBatch {
  readonly operations: Operation[] = [];

  put(key: Buffer, value: Buffer): void {
    this.operations.push({ type: 'put', key, value });
  }

  delete(key: Buffer): void {
    this.operations.push({ type: 'del', key });
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

const ENTRIES_PER_READ = 256;

/** The level database of a channel. LevelDB's API is used only in this file. */
export class LevelStore implements KeyValueReader {
  readonly #database: Database;
  readonly #snapshots = new Set<Snapshot>();
  readonly #queue: WriteQueue<Operation>;

  private constructor(database: Database, health: StorageHealth) {
    this.#database = database;
    this.#queue = new WriteQueue((operations, sync) =>
      health.write(() => this.#apply(operations, sync)),
    );
  }

  /** Throws DATA_FOLDER_LOCKED when another process holds it, DATA_FOLDER_UNUSABLE when it cannot be opened. */
  static async open(directory: string, health = new StorageHealth()): Promise<LevelStore> {
    const database: Database = new ClassicLevel<Buffer, Buffer>(directory, {
      keyEncoding: 'buffer',
      valueEncoding: 'buffer',
      // Blocks bring many small values: fewer, larger tables, and a cache for the frequently used part of the index.
      writeBufferSize: 16 * 1024 * 1024,
      cacheSize: 64 * 1024 * 1024,
    });
    try {
      await database.open();
    } catch (error) {
      throw openError(directory, error);
    }
    return new LevelStore(database, health);
  }

  get(key: Buffer): Buffer | undefined {
    return this.#database.getSync(key);
  }

  entries(range: KeyRange, options: ScanOptions = {}): AsyncGenerator<[Buffer, Buffer]> {
    return scan(this.#database, range, options);
  }

  /** The current content; later writes are not visible. Must be closed: it keeps old values from being compacted. */
  snapshot(): KeyValueSnapshot {
    const database = this.#database;
    const snapshot = database.snapshot();
    this.#snapshots.add(snapshot);
    return {
      get: (key) => database.getSync(key, { snapshot }),
      entries: (range, options = {}) => scan(database, range, options, snapshot),
      close: async () => {
        this.#snapshots.delete(snapshot);
        await snapshot.close();
      },
    };
  }

  /**
   * Applies the batch atomically; with `sync` it is durable when the promise resolves. Throws LEDGER_FAILED, also after
   * an earlier failed write.
   */
  write(batch: WriteBatch, { sync }: { readonly sync: boolean }): Promise<void> {
    return this.#queue.add(batch.operations, sync);
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

  /**
   * Rewrites the files of these adjacent buckets, so that deleted values are removed from the disk. Level merges a file
   * only with what lies above it, so the range is first covered with a pair of markers. Data visible in open snapshots
   * are removed at the next compaction.
   */
  async compact(first: Bucket, last: Bucket): Promise<void> {
    const start = Buffer.of(buckets[first]);
    const end = Buffer.concat([Buffer.of(buckets[last]), Buffer.alloc(16, 0xff)]);
    await this.#database.compactRange(start, end);
    const markers = [start, end].map(
      (key) => ({ type: 'put', key, value: Buffer.alloc(0) }) as const,
    );
    await this.#queue.add(markers, false);
    await this.#database.compactRange(start, end);
  }

  async close(): Promise<void> {
    await this.#queue.settled();
    await Promise.all([...this.#snapshots].map((snapshot) => snapshot.close()));
    await this.#database.close();
  }

  async #apply(operations: readonly Operation[], sync: boolean): Promise<void> {
    // Level's chained batch: its array batch copies each operation and takes twenty times as long on this thread.
    const chained = this.#database.batch();
    for (const operation of operations) {
      if (operation.type === 'put') chained.put(operation.key, operation.value);
      else chained.del(operation.key);
    }
    await chained.write({ sync });
  }
}

async function* scan(
  database: Database,
  range: KeyRange,
  options: ScanOptions,
  snapshot?: Snapshot,
): AsyncGenerator<[Buffer, Buffer]> {
  const iterator = database.iterator({
    gte: range.gte,
    lt: range.lt,
    reverse: options.reverse ?? false,
    limit: options.limit ?? -1,
    ...(snapshot === undefined ? {} : { snapshot }),
  });
  try {
    for (;;) {
      const entries = await iterator.nextv(ENTRIES_PER_READ);
      if (entries.length === 0) return;
      yield* entries;
    }
  } finally {
    await iterator.close();
  }
}

function openError(directory: string, error: unknown): NetworkError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const details = { directory, reason: errorCode(cause) };
  if (errorCode(cause) === 'LEVEL_LOCKED') {
    const message = `${directory} is in use by another process`;
    return new NetworkError('DATA_FOLDER_LOCKED', message, { details, cause });
  }
  const message = `${directory} cannot be opened; the state can be rebuilt from the block files`;
  return new NetworkError('DATA_FOLDER_UNUSABLE', message, { details, cause });
}
