import { NetworkError } from '../../errors.js';
import { errorCode } from './errors.js';

/**
 * Whether a ledger's files accept writes. After a failed write it is unknown how much of it is on disk: LevelDB would
 * continue after a partial record and lose everything after it at the next start. So after the first failure nothing is
 * written until the files were reopened.
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

  /** Performs a write. Throws LEDGER_FAILED when it, or any earlier one, failed. */
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
    {
      zh: `账本无法写入（${reason}）；能够写入并重新打开之前，不接受新交易。清理磁盘空间；已确认的记录不会丢失。`,
      en: `The ledger cannot be written (${reason}); it takes no transactions until it can, and was opened anew.`,
    },
    { details: { reason }, cause },
  );
}

/** Short and without paths: the system's code such as `ENOSPC`, or the text after the last colon of LevelDB's message. */
function reasonOf(cause: unknown): string {
  const code = errorCode(cause);
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) return code;
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.slice(text.lastIndexOf(': ') + 1).trim();
}
