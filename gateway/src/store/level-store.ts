import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { Level } from 'level';
import { GatewayError } from '../errors.js';
import { StoreHealth, type StoreGuard } from './health.js';
import { GroupWriter, hasDiskSpace } from './disk.js';
import type { DiskStore, StoreChange, StoreRange } from './state-store.js';

const mebibyte = 1024 * 1024;

/** How much memory a store takes for what it spares: more is written at once, and less read again. */
interface LevelOptions {
  /** Who is told when it cannot be written, and under which name; the folder's own when absent. */
  readonly health?: StoreHealth;
  readonly name?: string;
  /** Size of the write buffer in bytes. Default 16 MiB. */
  readonly writeBuffer?: number | undefined;
}

/** A look-up may have to search every file: use few large ones instead of LevelDB's 2 MiB. */
const fileSize = 16 * mebibyte;

/**
 * Opens (or creates) a LevelDB in `directory`. After a failed write nothing is written until the store was reopened,
 * which happens automatically when there is space; reads continue meanwhile.
 * @throws GatewayError STATE_FOLDER_LOCKED when another process has it open, STATE_FOLDER_UNUSABLE otherwise.
 */
export async function openLevelStore(
  directory: string,
  options: LevelOptions = {},
): Promise<DiskStore> {
  const { writeBuffer = 16 * mebibyte } = options;
  const { health = new StoreHealth(), name = basename(directory) } = options;
  const level = new Level<string, string>(directory, {
    keyEncoding: 'utf8',
    valueEncoding: 'utf8',
    writeBufferSize: writeBuffer,
    cacheSize: 32 * mebibyte,
    maxFileSize: fileSize,
  });
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    await level.open();
  } catch (error) {
    throw openingError(directory, error);
  }
  const heal = async () => {
    if (!(await hasDiskSpace(directory))) return false;
    await level.close();
    await level.open();
    return true;
  };
  return new LevelStore(level, health.guard(name, heal));
}

function openingError(directory: string, error: unknown): GatewayError {
  const cause = error instanceof Error ? error.cause : undefined;
  const locked = cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED';
  return locked
    ? new GatewayError('STATE_FOLDER_LOCKED', `Another gateway has ${directory} open.`, {
        cause: error,
      })
    : new GatewayError('STATE_FOLDER_UNUSABLE', `The folder ${directory} cannot be used.`, {
        cause: error,
      });
}

interface Write {
  readonly changes: readonly StoreChange[];
  readonly durable: boolean;
}

class LevelStore implements DiskStore {
  readonly #level: Level;
  readonly #guard: StoreGuard;
  readonly #writer: GroupWriter<Write, undefined>;

  constructor(level: Level, guard: StoreGuard) {
    this.#level = level;
    this.#guard = guard;
    this.#writer = new GroupWriter((group) => guard.write(() => this.#write(group)));
  }

  get(key: string): string | undefined {
    return this.#level.getSync(key);
  }

  range(range: StoreRange): AsyncIterable<readonly [string, string]> {
    return this.#level.iterator(bounds(range));
  }

  /** Level's iterators see the store as it is when they are made. */
  entries(): AsyncIterable<readonly [string, string]> {
    return this.#level.iterator({ fillCache: false });
  }

  keys(range: StoreRange): Promise<string[]> {
    // The first pages of lists are read again and again, so they are cached.
    return this.#level.keys({ ...bounds(range), fillCache: true }).all();
  }

  write(changes: readonly StoreChange[], durable = false): Promise<void> {
    return this.#writer.write({ changes, durable });
  }

  async compact({ gte, lt }: { readonly gte: string; readonly lt: string }): Promise<void> {
    const level: object = this.#level;
    if (canCompact(level)) await level.compactRange(gte, lt);
  }

  clear(): Promise<void> {
    return this.#level.clear();
  }

  async close(): Promise<void> {
    await this.#guard.close();
    await this.#writer.settle();
    await this.#level.close();
  }

  async #write(group: readonly Write[]): Promise<undefined[]> {
    // Level's chained batch: its array batch copies each change and takes several times as long on this thread.
    const batch = this.#level.batch();
    for (const change of group.flatMap(({ changes }) => changes)) {
      if (change.type === 'put') batch.put(change.key, change.value);
      else batch.del(change.key);
    }
    await batch.write({ sync: group.some(({ durable }) => durable) });
    return group.map(() => undefined);
  }
}

const bounds = ({ gte, lt, reverse = false, limit = -1 }: StoreRange) => ({
  gte,
  lt,
  reverse,
  limit,
});

/** LevelDB supports it; the types of `level` also cover browsers, which do not. */
function canCompact(
  level: object,
): level is { compactRange(start: string, end: string): Promise<void> } {
  return 'compactRange' in level;
}
