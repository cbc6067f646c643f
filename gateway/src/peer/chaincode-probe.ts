import type { Words } from '@yici/domain/model';
import type { Logger } from 'pino';
import type { PeersAnswer } from './ledger-reader.js';

/** Milliseconds between two probes while they are answered, and while they are not. */
const every = 10_000;
const everySilent = 1_000;
/** Time limit of an answer, in milliseconds. */
const timeout = 10_000;

/**
 * Health check of the chaincode: one small query at a time through the whole path, peer and chaincode process. A
 * process that hangs keeps its connection, so only a query can detect it. The last result is available at once.
 */
export class ChaincodeProbe {
  readonly #ask: () => Promise<PeersAnswer>;
  readonly #logger: Pick<Logger, 'warn' | 'info'>;
  #timer: NodeJS.Timeout | undefined;
  #silentSince: Date | undefined;
  #closed = false;

  constructor(ask: () => Promise<PeersAnswer>, logger: Pick<Logger, 'warn' | 'info'>) {
    this.#ask = ask;
    this.#logger = logger;
  }

  start(): void {
    this.#plan();
  }

  /** Why commands cannot be endorsed, in a sentence; undefined while probes are answered. */
  get obstacle(): Words | undefined {
    const since = this.#silentSince?.toISOString();
    if (since === undefined) return undefined;
    return {
      zh: `链码自 ${since} 起没有应答。`,
      en: `The chaincode gives no answer since ${since}.`,
    };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#closed) return;
    const wait = this.#silentSince === undefined ? every : everySilent;
    this.#timer = setTimeout(() => void this.#beat(), wait).unref();
  }

  /** An unanswered probe stays open: it is answered when the process continues. */
  async #beat(): Promise<void> {
    const late = setTimeout(() => this.#note(true), timeout).unref();
    const answer = await this.#ask();
    clearTimeout(late);
    // An unreachable or refusing peer is a different problem; the chaincode then keeps its last state.
    if (answer !== 'away') this.#note(answer === 'unanswered');
    this.#plan();
  }

  #note(silent: boolean): void {
    if (silent === (this.#silentSince !== undefined) || this.#closed) return;
    this.#silentSince = silent ? new Date() : undefined;
    if (silent) this.#logger.warn({}, 'the chaincode gives no answer');
    else this.#logger.info({}, 'the chaincode answers again');
  }
}
