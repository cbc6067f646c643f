import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Sentence } from '@yici/ledger';
import { networkClosed, NetworkError } from '../errors.js';
import type { ChaincodePaths } from '../pki/layout.js';
import { ownEnvironment } from './environment.js';
import { becomesFree, chaincodePresence } from './probe.js';
import {
  logTail,
  startPatience,
  SupervisedProcess,
  type ProcessEvents,
  type ProcessHealth,
} from './supervised-process.js';

interface ChaincodeProcessOptions {
  /** Folder of the chaincode package: its package.json, built code and `fabric-shim`. */
  readonly folder: string;
  /** Loopback port to listen on. */
  readonly port: number;
  readonly packageId: string;
  /** The department of its peer, which the chaincode may query; absent when it serves several. */
  readonly mspId?: string;
  readonly logFile: string;
  /** Display name; default `chaincode`. */
  readonly name?: string;
  /** Its own certificate and key, and those of its only client. */
  readonly tls: ChaincodePaths;
  /** Log level of fabric-shim; INFO writes several lines per call. Default ERROR. */
  readonly logging?: string;
}

export interface ChaincodeHealth extends ProcessHealth {
  readonly address: string;
}

const stopWithin = 3_000;

/**
 * Supervises a chaincode server: starts it, waits until it accepts connections, restarts it with growing pauses when it
 * ends, stops it. It ends with this process, also after `kill -9` (exit-with-parent).
 */
export class ChaincodeProcess {
  readonly #options: ChaincodeProcessOptions;
  readonly #events: ProcessEvents;
  #process: SupervisedProcess | undefined;
  #closed = false;

  constructor(options: ChaincodeProcessOptions, events: ProcessEvents) {
    this.#options = options;
    this.#events = events;
  }

  /**
   * Starts it. @throws NetworkError CHAINCODE_UNAVAILABLE: no such package, it ends repeatedly, or it does not listen in time.
   */
  async start(): Promise<void> {
    const entry = shimEntry(this.#options.folder);
    await this.#untilFree();
    if (this.#closed) throw networkClosed();
    this.#process = new SupervisedProcess(
      {
        name: this.#options.name ?? 'chaincode',
        command: process.execPath,
        args: [...preload(), entry, ...this.#arguments()],
        env: this.#environment(),
        folder: this.#options.folder,
        logFile: this.#options.logFile,
        input: 'pipe',
        stopWithin,
      },
      this.#events,
    );
    this.#process.start();
    await this.#untilReady(this.#process);
  }

  health(): ChaincodeHealth {
    const health = this.#process?.health() ?? { running: false, restarts: 0 };
    return { ...health, address: `127.0.0.1:${this.#options.port}` };
  }

  /** Stops it; kills it after three seconds. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#process?.close();
  }

  #environment(): NodeJS.ProcessEnv {
    const { mspId, logging = 'ERROR' } = this.#options;
    return {
      ...ownEnvironment(),
      CORE_CHAINCODE_LOGGING_LEVEL: logging,
      ...(mspId === undefined ? {} : { CORE_PEER_LOCALMSPID: mspId }),
    };
  }

  #arguments(): string[] {
    const { port, packageId, tls, folder } = this.#options;
    return [
      'server',
      `--chaincode-address=127.0.0.1:${port}`,
      `--chaincode-id=${packageId}`,
      `--module-path=${folder}`,
      ...chaincodeTlsArguments(tls),
    ];
  }

  /** A killed network's chaincode process ends shortly after it; wait until its port is free. */
  async #untilFree(): Promise<void> {
    const { port } = this.#options;
    if (await becomesFree(port, '127.0.0.1')) return;
    const address = `127.0.0.1:${port}`;
    const words = {
      zh: `链码端口 ${address} 已被占用。停止占用的程序，或者在拓扑文件中更换端口。`,
      en: `Already in use: ${address}, the chaincode's port.`,
    };
    throw new NetworkError('PORT_IN_USE', words, { details: { addresses: [address] } });
  }

  async #untilReady(child: SupervisedProcess): Promise<void> {
    const { port, logFile, tls } = this.#options;
    // Verifies the chaincode's TLS key: another process might accept connections on the port.
    const hasKey = async () => (await chaincodePresence(port, tls)) === 'up';
    if (await child.becomes(hasKey, startPatience)) {
      this.#events.info(this.health(), 'chaincode process is up');
      return;
    }
    await this.close();
    const words = {
      zh: `链码没有启动；其输出在 ${logFile}。`,
      en: `The chaincode did not start; its output is in ${logFile}.`,
    };
    const details = { logFile, output: logTail(logFile) };
    throw new NetworkError('CHAINCODE_UNAVAILABLE', words, { details });
  }
}

/** Arguments of `fabric-chaincode-node server` for its certificate and for requiring the peer's. */
export function chaincodeTlsArguments({ certificate, key, root }: ChaincodePaths): string[] {
  return [
    `--chaincode-tls-cert-file=${certificate}`,
    `--chaincode-tls-key-file=${key}`,
    `--chaincode-tls-client-cacert-file=${root}`,
  ];
}

function preload(): string[] {
  return ['./exit-with-parent.js', '../lifecycle/check-code.js'].flatMap((module) => [
    '--import',
    new URL(module, import.meta.url).href,
  ]);
}

/** The server command of the package's own `fabric-shim`. */
function shimEntry(folder: string): string {
  const manifest = join(resolve(folder), 'package.json');
  if (!existsSync(manifest)) {
    throw unavailable(folder, { zh: '中没有 package.json', en: 'has no package.json' });
  }
  try {
    const shim = createRequire(manifest).resolve('fabric-shim/package.json');
    return join(dirname(shim), 'cli.js');
  } catch (cause) {
    const lacks = {
      zh: '中没有安装 fabric-shim（在其中执行 npm install）',
      en: 'has no fabric-shim installed (run npm install in it)',
    };
    throw unavailable(folder, lacks, cause);
  }
}

function unavailable(folder: string, { zh, en }: Sentence, cause?: unknown): NetworkError {
  const words = { zh: `链码目录 ${folder} ${zh}。`, en: `The chaincode folder ${folder} ${en}.` };
  return new NetworkError('CHAINCODE_UNAVAILABLE', words, { details: { folder }, cause });
}
