import { NetworkError } from '../../errors.js';
import { errorCode } from './errors.js';

/**
 * Whether a ledger's files take what is written. After a write that failed nobody knows how much of it is on the disk:
 * LevelDB would go on behind half a record and lose what is behind it at the next start. So the first failure is the last
 * write: nothing more is tried until the files were opened anew.
 */
export class StorageHealth {
  readonly #onFailed: (failure: NetworkError) => void;
  #failure: NetworkError | undefined;

  constructor(onFailed: (failure: NetworkError) => void = () => undefined) {
    this.#onFailed = onFailed;
  }

  /** Throws LEDGER_FAILED when a write has failed. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Carries out a write. Throws LEDGER_FAILED when it, or any before it, failed. */
  async write<T>(act: () => Promise<T>): Promise<T> {
    this.check();
    try {
      return await act();
    } catch (cause) {
      this.#failure ??= failed(cause);
      this.#onFailed(this.#failure);
      throw this.#failure;
    }
  }
}

function failed(cause: unknown): NetworkError {
  const reason = reasonOf(cause);
  return new NetworkError(
    'LEDGER_FAILED',
    `The ledger cannot be written (${reason}); it takes no transactions until it can, and was opened anew.`,
    { details: { reason }, cause },
  );
}

/** Short and without paths: `ENOSPC` of the system's calls, the words behind the last colon of LevelDB's. */
function reasonOf(cause: unknown): string {
  const code = errorCode(cause);
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) return code;
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.slice(text.lastIndexOf(': ') + 1).trim();
}
