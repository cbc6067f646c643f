import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readIdentityFolder } from '@yici/client';
import { loadDemo } from '@yici/client/testing';
import { dataFolder } from '@yici/network';
import {
  exportBlocks,
  type FabricNetwork,
  nativeStatus,
  type NodeState,
} from '@yici/network/testing';
import { nativeDepartments, openNative } from '../../support/fabric-network.js';
import { quietPorts } from '../support/topology.js';
import { GatewayProcess } from './gateway-process.js';
import { faultData, faultTopology } from './topology.js';

/** A network of four departments with a gateway in front, as clients, checks and faults need it. */
export interface Stand {
  /** Everything of it: data, logs, exported blocks. */
  readonly folder: string;
  /** Holds `identities/` and the gateway's folder. */
  readonly state: string;
  /** Of the gateway. */
  readonly url: string;
  /** Hex. */
  readonly genesisHash: string;
  /** Ids of the departments. */
  readonly departments: readonly string[];
  /** Blocks from `from` on, as the department's own peer has them, as files in `out`. */
  exportBlocks(department: string, out: string, from: number): Promise<void>;
  /** The department whose orderer leads; waits for one. */
  leader(): Promise<string>;
  close(): Promise<void>;
}

/** Longest wait for the gateway to serve again after everything was killed. */
const gatewayWithin = 90_000;
/** Longest wait for a leader. */
const leaderWithin = 60_000;

/** The four departments as native processes on this machine, to be killed, paused and kept away. */
export class NativeStand implements Stand {
  readonly folder: string;
  readonly url: string;
  readonly departments = nativeDepartments;
  readonly gateway: GatewayProcess;
  readonly #network: FabricNetwork;
  readonly #opened: { close(): Promise<void> }[] = [];

  private constructor(folder: string, port: number, network: FabricNetwork) {
    this.folder = folder;
    this.url = `http://127.0.0.1:${port}`;
    this.#network = network;
    this.gateway = new GatewayProcess({
      config: gatewayConfig(this.state),
      port,
      logFile: join(folder, 'gateway.log'),
    });
  }

  /** Brings it up and puts what the load needs on the ledger. */
  static async open(): Promise<NativeStand> {
    const folder = mkdtempSync(join(tmpdir(), 'yici-fabric-faults-'));
    const [port = 0] = await quietPorts(1);
    const state = join(folder, 'state');
    const network = await openNative(state, faultTopology());
    const stand = new NativeStand(folder, port, network);
    try {
      await stand.gateway.start();
      await prepareLedger(stand.url, join(state, 'identities'));
      return stand;
    } catch (error) {
      await stand.close();
      throw error;
    }
  }

  get state(): string {
    return join(this.folder, 'state');
  }

  get genesisHash(): string {
    return this.#network.genesisHash;
  }

  async exportBlocks(department: string, out: string, from: number): Promise<void> {
    await exportBlocks(dataFolder(this.state), out, BigInt(from), department);
  }

  async leader(): Promise<string> {
    const deadline = performance.now() + leaderWithin;
    for (;;) {
      const { leader } = await nativeStatus(this.#network.topology, dataFolder(this.state));
      if (leader !== undefined) return leader.slice(leader.indexOf('.') + 1);
      if (performance.now() > deadline) throw new RangeError('no orderer leads');
      await pause(200);
    }
  }

  /** `kill -9`; its supervisor starts it again. */
  crash(...names: readonly string[]): void {
    for (const name of names) this.#signal(name, 'SIGKILL');
  }

  /** Every process of the network at once, as when the power fails. */
  crashAll(): void {
    this.crash(...this.#network.nodes().map(({ name }) => name));
  }

  /** `kill -9`, and nobody starts them again. */
  async takeAway(...names: readonly string[]): Promise<void> {
    this.crash(...names);
    await Promise.all(names.map((name) => this.#network.stopNode(name)));
  }

  async bringBack(...names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#network.startNode(name)));
  }

  /** Ends it in order and starts it again, as an operator does. */
  async startAgain(name: string): Promise<void> {
    await this.#network.stopNode(name);
    await this.#network.startNode(name);
  }

  /** Closes something that a case opened, before the network. */
  alsoClose(opened: { close(): Promise<void> }): void {
    this.#opened.push(opened);
  }

  /** Starts the gateway and tries again while the nodes behind it are still coming up, as a service manager does. */
  async gatewayServes(): Promise<void> {
    const deadline = performance.now() + gatewayWithin;
    for (;;) {
      try {
        await this.gateway.start();
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await pause(500);
      }
    }
  }

  /** Stops a process where it is, without ending it. */
  freeze(name: string): void {
    this.#signal(name, 'SIGSTOP');
  }

  thaw(name: string): void {
    this.#signal(name, 'SIGCONT');
  }

  async close(): Promise<void> {
    await this.gateway.stop();
    for (const each of this.#opened) await each.close();
    await this.#network.close();
  }

  /** The process that a node is now. */
  pid(name: string): number {
    const found: NodeState | undefined = this.#network.nodes().find((each) => each.name === name);
    if (found?.pid === undefined) throw new RangeError(`${name} does not run`);
    return found.pid;
  }

  #signal(name: string, signal: NodeJS.Signals): void {
    process.kill(this.pid(name), signal);
  }
}

/**
 * The file that the network wrote for its gateway, without limits: the load is bounded by itself.
 * @param address where it is called, when that is not its own socket.
 */
export function gatewayConfig(folder: string, address?: string): string {
  const file = join(folder, 'faults-gateway.yaml');
  copyFileSync(join(folder, 'gateway.yaml'), file);
  appendFileSync(
    file,
    'limits: { requestsPerMinute: 0, anonymousPerMinute: 0, loginsPerMinute: 0 }\n',
  );
  if (address !== undefined) appendFileSync(file, `addresses: [${address}]\n`);
  return file;
}

/** Departments, calendars and the matter that is filed. */
export async function prepareLedger(baseUrl: string, identities: string): Promise<void> {
  await loadDemo({
    baseUrl,
    identities: (user) => readIdentityFolder(join(identities, user)),
    data: await faultData(),
  });
}

export function dispose(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
