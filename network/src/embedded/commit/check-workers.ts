import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { READY, packChecks, type SignatureCheck } from './check-batch.js';

const MOST_WORKERS = 8;
/** Batches that a worker has before it: enough that it never waits while this thread works through a block. */
const BATCHES_AHEAD = 6;

/** A check that waits for its answer. */
export interface PendingCheck extends SignatureCheck {
  readonly answer: (valid: boolean) => void;
}

interface Station {
  readonly worker: Worker;
  ready: boolean;
  /** Sent and not answered, in order: a worker answers one after the other. */
  readonly batches: (readonly PendingCheck[])[];
}

interface CheckWorkersOptions {
  /** A worker has room. */
  readonly onRoom: () => void;
  /** A worker ended before it answered these: they must be checked some other way. */
  readonly giveBack: (checks: readonly PendingCheck[]) => void;
}

/** Threads that do nothing but check signatures, a batch at a time; one that fails gets no more. */
export class CheckWorkers {
  readonly #stations = new Set<Station>();
  readonly #options: CheckWorkersOptions;

  constructor(options: CheckWorkersOptions) {
    this.#options = options;
    const count = Math.min(availableParallelism(), MOST_WORKERS);
    for (let index = 0; index < count; index += 1) this.#start();
  }

  /** Whether any worker takes batches by now. */
  get running(): boolean {
    for (const { ready } of this.#stations) if (ready) return true;
    return false;
  }

  /** Hands a batch of what `take` gives to the worker with the least before it; false when none has room. */
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
    // The ledger does not keep the process alive by itself.
    worker.unref();
    worker.on('message', (answer: typeof READY | Uint8Array) => {
      if (answer === READY) station.ready = true;
      else answerAll(station.batches.shift() ?? [], answer);
      this.#options.onRoom();
    });
    // Whatever it was, the worker ends with it.
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
