import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { storageFailed, type StoreFailure, type StoreStates } from './states.js';

interface StoreHealthOptions {
  readonly logger?: Pick<Logger, 'error' | 'info'>;
  /** Milliseconds between attempts to reopen a store. Default 1000. */
  readonly healEvery?: number;
}

/** System error codes for a full disk, an exceeded quota, or an I/O error. */
const systemCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS']);

/** LevelDB error codes about its files, and while a store is closed for reopening. */
const levelCodes: ReadonlySet<unknown> = new Set([
  'LEVEL_IO_ERROR',
  'LEVEL_CORRUPTION',
  'LEVEL_DATABASE_NOT_OPEN',
  'LEVEL_ITERATOR_NOT_OPEN',
  'LEVEL_BATCH_NOT_OPEN',
]);

/** Whether an error was caused by the disk. */
export function isDiskError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return systemCodes.has(code) || levelCodes.has(code);
}

/** The health of all of a gateway's stores, for refusals, status and metrics. */
export class StoreHealth {
  readonly #guards = new Map<string, StoreGuard>();
  readonly #options: StoreHealthOptions;

  constructor(options: StoreHealthOptions = {}) {
    this.#options = options;
  }

  /** Creates the guard of a store's writes. `heal` reopens it; returns false, or rejects, while it cannot. */
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
 * Guards one store's writes. After a failed write it is unknown how much of it is on disk: LevelDB would continue after
 * a partial record, report success, and lose everything after it at the next start. So after the first failure nothing
 * is written until the store was reopened, which is retried regularly.
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

  /** Performs a write. @throws GatewayError STORAGE_FAILED when it, or an earlier one, failed */
  async write<T>(act: () => Promise<T>): Promise<T> {
    if (this.#failure !== undefined) throw storageFailed(this.#failure);
    try {
      return await act();
    } catch (error) {
      if (!isDiskError(error) || this.#stop.signal.aborted) throw error;
      throw storageFailed(this.#failed(error), error);
    }
  }

  /** Stops healing, so that the store can be closed. */
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

/** The system's code, or the text after the last colon of LevelDB's message, which starts with a path. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && systemCodes.has(code)) return code;
  const text = error instanceof Error ? error.message : String(error);
  return text.slice(text.lastIndexOf(': ') + 1).trim();
}
