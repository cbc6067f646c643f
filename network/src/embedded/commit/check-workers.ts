import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { READY, packChecks, type SignatureCheck } from './check-batch.js';

const MOST_WORKERS = 8;
/** Maximum batches queued per worker: enough that it never idles while this thread processes a block. */
const BATCHES_AHEAD = 6;

/** A check that waits for its result. */
export interface PendingCheck extends SignatureCheck {
  readonly answer: (valid: boolean) => void;
}

interface Station {
  readonly worker: Worker;
  ready: boolean;
  /** Sent batches without a result, in order: a worker processes them in order. */
  readonly batches: (readonly PendingCheck[])[];
}

interface CheckWorkersOptions {
  /** A worker has room. */
  readonly onRoom: () => void;
  /** Called when a worker ended before it answered these checks; they must be done elsewhere. */
  readonly giveBack: (checks: readonly PendingCheck[]) => void;
}

/** Threads that verify signatures in batches; one that fails gets no further batches. */
export class CheckWorkers {
  readonly #stations = new Set<Station>();
  readonly #options: CheckWorkersOptions;

  constructor(options: CheckWorkersOptions) {
    this.#options = options;
    const count = Math.min(availableParallelism(), MOST_WORKERS);
    for (let index = 0; index < count; index += 1) this.#start();
  }

  /** Whether any worker is ready. */
  get running(): boolean {
    for (const { ready } of this.#stations) if (ready) return true;
    return false;
  }

  /** Sends a batch of what `take` returns to the worker with the shortest queue; false when all queues are full. */
  send(take: () => readonly PendingCheck[]): boolean {
    let least: Station | undefined;
    for (const station of this.#stations) {
      if (!station.ready || station.batches.length >= BATCHES_AHEAD) continue;
      if (least === undefined || station.batches.length < least.batches.length) least = station;
    }
    if (least === undefined) return false;
    const checks = take();
    const batch = packChecks(checks);
    least.batches.push(checks);
    least.worker.postMessage(batch, [batch.bytes.buffer]);
    return true;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#stations].map(({ worker }) => worker.terminate()));
  }

  #start(): void {
    const worker = new Worker(new URL('./check-worker.js', import.meta.url));
    const station: Station = { worker, ready: false, batches: [] };
    this.#stations.add(station);
    // The worker must not keep the process alive.
    worker.unref();
    worker.on('message', (answer: typeof READY | Uint8Array) => {
      if (answer === READY) station.ready = true;
      else answerAll(station.batches.shift() ?? [], answer);
      this.#options.onRoom();
    });
    // An error ends the worker; its exit is handled.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      this.#stations.delete(station);
      for (const batch of station.batches) this.#options.giveBack(batch);
    });
  }
}

function answerAll(checks: readonly PendingCheck[], results: Uint8Array): void {
  for (const [index, { answer }] of checks.entries()) answer(results[index] === 1);
}
