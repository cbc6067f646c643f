import type { ClientError } from '@yici/client/web';
import type {
  GivenBlock,
  VerifyAsked,
  VerifyProgress,
  VerifyReport,
  VerifySaid,
} from './messages.js';
import type { BlockSource } from './sources.js';

/** How a verification stands. `waiting`: the gateway does not answer, and is asked again. */
export type VerifyState = 'running' | 'stopped' | 'waiting' | 'over';

export interface VerifyStatus extends VerifyProgress {
  readonly state: VerifyState;
  /** Blocks that the source says it has. */
  readonly all: number;
  /** Blocks a second, of the last seconds. */
  readonly rate: number;
  /** Why it stopped by itself. */
  readonly problem: Error | undefined;
  readonly report: VerifyReport | undefined;
}

const atFirst: VerifyStatus = {
  ...{ state: 'stopped', all: 0, rate: 0, height: 0, transactions: 0, signatures: 0 },
  ...{ problem: undefined, report: undefined },
};

/** The rate is that of so many milliseconds. */
const rateWindow = 5_000;
const shortestPause = 500;
const longestPause = 10_000;

/**
 * One chain, verified in a worker from its pin. The source is asked for the next blocks while those before are checked, and
 * never further ahead. It can be stopped and goes on where it was, with another source too: what was checked stays checked.
 */
export class ChainVerification {
  readonly pin: string;
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  readonly #listeners = new Set<() => void>();
  #status = atFirst;
  #source: BlockSource;
  /** Number of the next block to ask for. */
  #next = 0;
  #seen: { readonly at: number; readonly height: number }[] = [];
  /** One run after the other: one that was stopped still ends its blocks. */
  #running = Promise.resolve();
  /** Ends the pause before the source is asked again. */
  #wake: () => void = () => undefined;

  constructor(pin: string, source: BlockSource) {
    this.pin = pin;
    this.#source = source;
    this.#worker.postMessage({ kind: 'begin', pin } satisfies VerifyAsked);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<VerifySaid>) => {
      if (data.kind === 'progress') this.#advance(data);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly status = (): VerifyStatus => this.#status;

  /** Begins, or goes on: also behind what was the end, for blocks that are new. */
  start(source: BlockSource = this.#source): void {
    if (this.#isOn()) return;
    this.#source = source;
    this.#seen = [];
    this.#tell({ state: 'running', rate: 0, problem: undefined, report: undefined });
    this.#running = this.#running.then(() => this.#run());
  }

  stop(): void {
    if (!this.#isOn()) return;
    this.#tell({ state: 'stopped' });
    this.#wake();
  }

  /** Ends it for good. */
  close(): void {
    this.stop();
    this.#worker.terminate();
  }

  async #run(): Promise<void> {
    try {
      this.#tell({ all: await this.#patiently(() => this.#source.count()) });
      let blocks = await this.#patiently(() => this.#source.read(this.#next));
      while (this.#isOn() && blocks.length > 0) blocks = await this.#checked(blocks);
      if (this.#isOn()) this.#tell({ state: 'over', report: await this.#report() });
    } catch (error) {
      // Nothing else comes here than what the source refused.
      this.#tell({ state: 'stopped', problem: error as Error });
    }
  }

  /** Has blocks checked, and gives those behind them. */
  async #checked(blocks: readonly GivenBlock[]): Promise<readonly GivenBlock[]> {
    const next = (blocks.at(-1)?.number ?? this.#next) + 1;
    const following = this.#source.read(next).catch(() => undefined);
    const taken = this.#answer('taken');
    const given = { kind: 'blocks', blocks } satisfies VerifyAsked;
    this.#worker.postMessage(given, [
      ...new Set(blocks.map(({ bytes }) => bytes.buffer as ArrayBuffer)),
    ]);
    this.#advance(await taken);
    this.#next = next;
    if (!this.#isOn()) return [];
    return (await following) ?? this.#patiently(() => this.#source.read(next));
  }

  async #report(): Promise<VerifyReport> {
    const said = this.#answer('report');
    this.#worker.postMessage({ kind: 'report' } satisfies VerifyAsked);
    return (await said).report;
  }

  /** Asks again, after ever longer pauses, as long as whoever is asked is away. */
  async #patiently<T>(asked: () => Promise<T>): Promise<T> {
    for (let pause = shortestPause; ; pause = Math.min(2 * pause, longestPause)) {
      try {
        const answer = await asked();
        if (this.#isOn()) this.#tell({ state: 'running' });
        return answer;
      } catch (error) {
        if (!isAway(error) || !this.#isOn()) throw error;
        this.#tell({ state: 'waiting' });
        await new Promise<void>((wake) => {
          this.#wake = wake;
          setTimeout(wake, pause);
        });
        if (!this.#isOn()) throw error;
      }
    }
  }

  #answer<K extends VerifySaid['kind']>(kind: K): Promise<Extract<VerifySaid, { kind: K }>> {
    return new Promise((resolve) => {
      const hear = ({ data }: MessageEvent<VerifySaid>) => {
        if (!isOf(data, kind)) return;
        this.#worker.removeEventListener('message', hear);
        resolve(data);
      };
      this.#worker.addEventListener('message', hear);
    });
  }

  #advance({ height, transactions, signatures }: VerifyProgress): void {
    const now = performance.now();
    this.#seen = [...this.#seen.filter(({ at }) => now - at < rateWindow), { at: now, height }];
    const [first] = this.#seen;
    const seconds = first === undefined ? 0 : (now - first.at) / 1_000;
    const rate = first === undefined || seconds === 0 ? 0 : (height - first.height) / seconds;
    const all = Math.max(this.#status.all, height);
    this.#tell({ height, transactions, signatures, all, ...(rate > 0 ? { rate } : {}) });
  }

  #tell(news: Partial<VerifyStatus>): void {
    this.#status = { ...this.#status, ...news };
    for (const listener of this.#listeners) listener();
  }

  #isOn(): boolean {
    return this.#status.state === 'running' || this.#status.state === 'waiting';
  }
}

const isOf = <K extends VerifySaid['kind']>(
  said: VerifySaid,
  kind: K,
): said is Extract<VerifySaid, { kind: K }> => said.kind === kind;

/** Whether whoever was asked is unreachable, starting or overloaded; an answer that breaks off is a TypeError of `fetch`. */
function isAway(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  const { code, details } = error as Partial<Pick<ClientError, 'code' | 'details'>>;
  if (code === 'GATEWAY_UNREACHABLE') return true;
  const status = details?.['status'];
  return typeof status === 'number' && (status >= 500 || status === 429);
}
