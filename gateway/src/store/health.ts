import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { storageFailed, type StoreFailure, type StoreStates } from './states.js';

interface StoreHealthOptions {
  readonly logger?: Pick<Logger, 'error' | 'info'>;
  /** Milliseconds between two tries to make a store whole again. Default 1 s. */
  readonly healEvery?: number;
}

/** What the system says when a disk is full, over its quota, or broken. */
const systemCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS']);

/** What LevelDB says of its files, and while a store is closed to be opened anew. */
const levelCodes: ReadonlySet<unknown> = new Set([
  'LEVEL_IO_ERROR',
  'LEVEL_CORRUPTION',
  'LEVEL_DATABASE_NOT_OPEN',
  'LEVEL_ITERATOR_NOT_OPEN',
  'LEVEL_BATCH_NOT_OPEN',
]);

/** Whether an error is the disk's. */
export function isDiskError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return systemCodes.has(code) || levelCodes.has(code);
}

/** The health of all of a gateway's stores: what it refuses, says of itself and measures. */
export class StoreHealth {
  readonly #guards = new Map<string, StoreGuard>();
  readonly #options: StoreHealthOptions;

  constructor(options: StoreHealthOptions = {}) {
    this.#options = options;
  }

  /** Stands before the writes of a store. `heal` makes it whole again; false, or a rejection, while it cannot. */
  guard(store: string, heal: () => Promise<boolean>): StoreGuard {
    const guard = new StoreGuard(store, heal, this.#options);
    this.#guards.set(store, guard);
    return guard;
  }

  states(): StoreStates {
    return new Map([...this.#guards].map(([store, { failure }]) => [store, failure]));
  }
}

/**
 * One store's writes. After one that failed nobody knows how much of it is on the disk: LevelDB would go on behind half a
 * record, say that it is durable, and lose it at the next start. So the first failure is the last write until the store was
 * made whole, which is tried again and again.
 */
export class StoreGuard {
  readonly #store: string;
  readonly #heal: () => Promise<boolean>;
  readonly #options: StoreHealthOptions;
  readonly #stop = new AbortController();
  #failure: StoreFailure | undefined;
  #healing: Promise<void> | undefined;

  constructor(store: string, heal: () => Promise<boolean>, options: StoreHealthOptions) {
    this.#store = store;
    this.#heal = heal;
    this.#options = options;
  }

  get failure(): StoreFailure | undefined {
    return this.#failure;
  }

  /** Carries out a write. @throws GatewayError STORAGE_FAILED when it, or one before it, failed */
  async write<T>(act: () => Promise<T>): Promise<T> {
    if (this.#failure !== undefined) throw storageFailed(this.#failure);
    try {
      return await act();
    } catch (error) {
      if (!isDiskError(error) || this.#stop.signal.aborted) throw error;
      throw storageFailed(this.#failed(error), error);
    }
  }

  /** Heals no more, so that the store can be closed for good. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#healing;
  }

  #failed(error: unknown): StoreFailure {
    if (this.#failure === undefined) {
      this.#failure = { store: this.#store, since: new Date(), reason: reasonOf(error) };
      this.#options.logger?.error({ err: error, store: this.#store }, 'a store cannot be written');
      this.#healing = this.#untilWhole();
    }
    return this.#failure;
  }

  async #untilWhole(): Promise<void> {
    const { healEvery = 1_000, logger } = this.#options;
    const { signal } = this.#stop;
    do {
      await delay(healEvery, undefined, { signal, ref: false }).catch(() => undefined);
    } while (!signal.aborted && !(await this.#isWhole()));
    if (this.#failure === undefined) logger?.info({ store: this.#store }, 'a store is whole again');
  }

  async #isWhole(): Promise<boolean> {
    const whole = await this.#heal().catch(() => false);
    if (whole) this.#failure = undefined;
    return whole;
  }
}

/** The system's code, or the words behind the last colon of LevelDB's, which stand behind a path. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && systemCodes.has(code)) return code;
  const text = error instanceof Error ? error.message : String(error);
  return text.slice(text.lastIndexOf(': ') + 1).trim();
}
