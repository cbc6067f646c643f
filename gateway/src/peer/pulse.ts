import type { Logger } from 'pino';
import type { PeersAnswer } from './ledger-reader.js';

interface PulseOptions {
  /** Milliseconds between two questions while all is well, and while there was no answer. */
  readonly every?: number;
  readonly everySilent?: number;
  /** How long an answer may take. */
  readonly timeout?: number;
}

/**
 * Whether the chaincode answers: one small question at a time through the whole path, peer and chaincode process. A process
 * that hangs keeps its connection, so nothing else tells. What was found last is known at once.
 */
export class Pulse {
  readonly #ask: () => Promise<PeersAnswer>;
  readonly #logger: Pick<Logger, 'warn' | 'info'>;
  readonly #options: Required<PulseOptions>;
  #timer: NodeJS.Timeout | undefined;
  #silentSince: Date | undefined;
  #closed = false;

  constructor(
    { every = 10_000, everySilent = 1_000, timeout = 10_000 }: PulseOptions,
    { ask, logger }: { ask: () => Promise<PeersAnswer>; logger: Pick<Logger, 'warn' | 'info'> },
  ) {
    this.#options = { every, everySilent, timeout };
    this.#ask = ask;
    this.#logger = logger;
  }

  /** Asks from now on, until `close`. */
  start(): void {
    this.#plan();
  }

  /** Why commands cannot be endorsed, in words; undefined while there are answers. */
  get obstacle(): string | undefined {
    const since = this.#silentSince;
    return since && `The chaincode gives no answer since ${since.toISOString()}.`;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#closed) return;
    const { every, everySilent } = this.#options;
    const wait = this.#silentSince === undefined ? every : everySilent;
    this.#timer = setTimeout(() => void this.#beat(), wait).unref();
  }

  /** A question that is not answered in time stays asked: a process that goes on answers it. */
  async #beat(): Promise<void> {
    const late = setTimeout(() => {
      this.#note(true);
    }, this.#options.timeout).unref();
    const answer = await this.#ask();
    clearTimeout(late);
    // A peer that is away or refuses is another matter; what is silent is only still so when nobody could ask.
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
