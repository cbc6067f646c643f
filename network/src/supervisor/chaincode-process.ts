import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import { acceptsConnections, becomesFree } from './probe.js';

/** What to run and where it listens. */
export interface ChaincodeProcessOptions {
  /** Folder of the chaincode package: its package.json, built code and `fabric-shim`. */
  readonly folder: string;
  /** Loopback port to listen on. */
  readonly port: number;
  readonly packageId: string;
  readonly logFile: string;
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Milliseconds until it must accept connections; 20 000 unless told. */
  readonly readyWithin?: number;
}

/** What the supervisor tells about its process. */
export interface ChaincodeHealth {
  readonly running: boolean;
  readonly pid?: number;
  readonly restarts: number;
  readonly address: string;
}

export interface ProcessEvents {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
}

const shortestPause = 100;
const longestPause = 10_000;
/** A process that lived this long had started well; its next failure is a new story. */
const settled = 30_000;
const stopWithin = 3_000;

/**
 * Keeps one chaincode server running: starts it, waits until it accepts connections, restarts it with growing pauses
 * when it dies, stops it.
 */
export class ChaincodeProcess {
  readonly #options: ChaincodeProcessOptions;
  readonly #events: ProcessEvents;
  readonly #closing = new AbortController();
  #child: ChildProcess | undefined;
  #restarts = 0;
  #pause = shortestPause;

  constructor(options: ChaincodeProcessOptions, events: ProcessEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** Starts it. @throws NetworkError CHAINCODE_UNAVAILABLE: no such package, or not listening in time. */
  async start(): Promise<void> {
    const entry = shimEntry(this.#options.folder);
    await this.#untilFree();
    this.#spawn(entry);
    await this.#untilReady();
  }

  health(): ChaincodeHealth {
    const pid = this.#child?.pid;
    return {
      running: this.#child !== undefined && this.#child.exitCode === null,
      ...(pid === undefined ? {} : { pid }),
      restarts: this.#restarts,
      address: `127.0.0.1:${this.#options.port}`,
    };
  }

  /** Ends it, by force after three seconds. */
  async close(): Promise<void> {
    this.#closing.abort();
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) =>
      child.once('exit', () => {
        done();
      }),
    );
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), stopWithin);
    await ended;
    clearTimeout(force);
  }

  #spawn(entry: string): void {
    const { folder, logFile } = this.#options;
    mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
    const log = openSync(logFile, 'a', 0o600);
    const started = performance.now();
    const child = spawn(process.execPath, [...preload(), entry, ...this.#arguments()], {
      cwd: folder,
      stdio: ['pipe', log, log],
      env: {
        ...process.env,
        CORE_CHAINCODE_LOGGING_LEVEL: 'ERROR',
      },
    });
    closeSync(log);
    this.#child = child;
    child.on('error', (error) => {
      this.#events.warn({ reason: error.message }, 'chaincode process could not be started');
    });
    child.once('exit', (code, signal) => {
      if (!this.#closing.signal.aborted)
        void this.#restart(entry, { code, signal, lived: performance.now() - started });
    });
  }

  async #restart(
    entry: string,
    end: { code: number | null; signal: string | null; lived: number },
  ): Promise<void> {
    this.#pause = end.lived > settled ? shortestPause : Math.min(this.#pause * 2, longestPause);
    this.#events.warn(
      { code: end.code, signal: end.signal, pause: this.#pause },
      'chaincode process ended, restarting',
    );
    await delay(this.#pause, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    if (this.#closing.signal.aborted) return;
    this.#restarts += 1;
    this.#spawn(entry);
  }

  #arguments(): string[] {
    const { port, packageId, tls, folder } = this.#options;
    return [
      'server',
      `--chaincode-address=127.0.0.1:${port}`,
      `--chaincode-id=${packageId}`,
      `--module-path=${folder}`,
      ...(tls === undefined
        ? []
        : [`--chaincode-tls-cert-file=${tls.certificate}`, `--chaincode-tls-key-file=${tls.key}`]),
    ];
  }

  /** The process of a network that was just killed ends a moment after it. */
  async #untilFree(): Promise<void> {
    const { port } = this.#options;
    if (await becomesFree(port, '127.0.0.1')) return;
    const address = `127.0.0.1:${port}`;
    throw new NetworkError('PORT_IN_USE', `Already in use: ${address}, the chaincode's port.`, {
      details: { addresses: [address] },
    });
  }

  async #untilReady(): Promise<void> {
    const { readyWithin = 20_000, port, logFile } = this.#options;
    const deadline = performance.now() + readyWithin;
    while (performance.now() < deadline && !this.#closing.signal.aborted) {
      if (await acceptsConnections(port)) {
        this.#events.info(this.health(), 'chaincode process is up');
        return;
      }
      await delay(25, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
    await this.close();
    throw new NetworkError(
      'CHAINCODE_UNAVAILABLE',
      `The chaincode did not start; its output is in ${logFile}.`,
      {
        details: { logFile, output: tail(logFile) },
      },
    );
  }
}

function preload(): string[] {
  return ['--import', new URL('./exit-with-parent.js', import.meta.url).href];
}

/** The server command of the package's own `fabric-shim`. */
function shimEntry(folder: string): string {
  const manifest = join(resolve(folder), 'package.json');
  if (!existsSync(manifest)) throw unavailable(folder, 'has no package.json');
  try {
    const shim = createRequire(manifest).resolve('fabric-shim/package.json');
    return join(dirname(shim), 'cli.js');
  } catch (cause) {
    throw unavailable(folder, 'has no fabric-shim installed (run npm install in it)', cause);
  }
}

function unavailable(folder: string, why: string, cause?: unknown): NetworkError {
  return new NetworkError('CHAINCODE_UNAVAILABLE', `The chaincode folder ${folder} ${why}.`, {
    details: { folder },
    cause,
  });
}

function tail(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-2_000);
  } catch {
    return '';
  }
}
