import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readIdentityFolder } from '@yici/client';
import { loadDemo } from '@yici/client/testing';
import { dataFolder } from '@yici/network';
import {
  departmentStatus,
  exportBlocks,
  type FabricNetwork,
  nativeStatus,
  type NodeState,
  openDepartmentHost,
} from '@yici/network/testing';
import { yiciNetworkHere, type Outcome } from '../../integration/topology/support.js';
import { nativeDepartments, openNative } from '../../support/fabric-network.js';
import { quietPorts } from '../support/topology.js';
import { GatewayProcess } from './gateway-process.js';
import { Hands } from './hands.js';
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
const leaderWithin = 120_000;

/** The four departments as native processes on this machine, to be killed, paused and kept away. */
export class NativeStand implements Stand {
  readonly folder: string;
  readonly url: string;
  readonly gateway: GatewayProcess;
  readonly #network: FabricNetwork;
  /** Departments that joined, with their hosts' folders. */
  readonly #joined = new Map<string, { readonly directory: string; host: Host }>();
  readonly #hands = new Hands();

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

  /** The same folder as on another machine: what is typed there starts no node of this one again, whoever works at it. */
  async types(args: readonly string[]): Promise<Outcome> {
    const desk = join(this.folder, 'desk');
    mkdirSync(desk, { recursive: true });
    for (const name of ['topology.yaml', 'genesis.block', 'pki']) {
      const link = join(desk, name);
      if (!existsSync(link)) symlinkSync(join(this.state, name), link);
    }
    return await yiciNetworkHere(...args, '--dir', desk);
  }

  /** Those that joined, too. */
  get departments(): readonly string[] {
    return [...nativeDepartments, ...this.#joined.keys()];
  }

  get genesisHash(): string {
    return this.#network.genesisHash;
  }

  async exportBlocks(department: string, out: string, from: number): Promise<void> {
    const folder = this.#joined.get(department)?.directory ?? this.state;
    await exportBlocks(dataFolder(folder), out, BigInt(from), department);
  }

  async leader(): Promise<string> {
    const deadline = performance.now() + leaderWithin;
    for (;;) {
      const all = await Promise.all([
        nativeStatus(this.#network.topology, dataFolder(this.state)),
        ...[...this.#joined.values()].map(({ directory }) => departmentStatus(directory)),
      ]);
      const leaders = all.flatMap(({ nodes }) => nodes.filter(({ leads }) => leads === true));
      // One that is just back may take itself for the leader that it was.
      const [leader] = leaders;
      const isLate = performance.now() > deadline;
      if (leader !== undefined && (leaders.length === 1 || isLate)) return leader.department;
      if (isLate) throw new RangeError('no orderer leads');
      await pause(200);
    }
  }

  /** `kill -9`; its supervisor starts it again. */
  async crash(...names: readonly string[]): Promise<void> {
    await this.#hands.take(...names);
    this.#kill(names);
    this.#hands.leave(...names);
  }

  /** Every process of the network at once, as when the power fails. */
  async crashAll(): Promise<void> {
    await this.crash(...this.#nodes().map(({ name }) => name));
  }

  /** `kill -9`, and nobody starts them again. Nobody else works at them until they are back. */
  async takeAway(...names: readonly string[]): Promise<void> {
    await this.#hands.take(...names);
    this.#kill(names);
    await this.#stop(names);
  }

  async bringBack(...names: readonly string[]): Promise<void> {
    try {
      await this.#start(names);
    } finally {
      this.#hands.leave(...names);
    }
  }

  /** Ends it in order and starts it again, as an operator does once nobody else works at it. */
  async startAgain(name: string): Promise<void> {
    await this.alone([name], async () => {
      await this.#stop([name]);
      await this.#start([name]);
    });
  }

  /** Starts the nodes of a department that joined, from its rendered folder. */
  async open(id: string, directory: string): Promise<{ close(): Promise<void> }> {
    const joined = { directory, host: await openHost(directory) };
    this.#joined.set(id, joined);
    return { close: () => joined.host.close() };
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

  /** Stops a process where it is, without ending it, while nobody else works at it. */
  async freeze(name: string): Promise<void> {
    await this.#hands.take(name);
    process.kill(this.pid(name), 'SIGSTOP');
  }

  thaw(name: string): void {
    process.kill(this.pid(name), 'SIGCONT');
    this.#hands.leave(name);
  }

  /** Does something with nodes that nobody else works at meanwhile. */
  async alone<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    await this.#hands.take(...names);
    try {
      return await work();
    } finally {
      this.#hands.leave(...names);
    }
  }

  async close(): Promise<void> {
    await this.gateway.stop();
    for (const { host } of this.#joined.values()) await host.close();
    await this.#network.close();
  }

  /** The process that a node is now. */
  pid(name: string): number {
    const found = this.#nodes().find((each) => each.name === name);
    if (found?.pid === undefined) throw new RangeError(`${name} does not run`);
    return found.pid;
  }

  #nodes(): readonly NodeState[] {
    return [
      ...this.#network.nodes(),
      ...[...this.#joined.values()].flatMap(({ host }) => host.nodes()),
    ];
  }

  async #stop(names: readonly string[]): Promise<void> {
    await Promise.all([
      ...this.#own(names).map((name) => this.#network.stopNode(name)),
      ...this.#hostsOf(names).map(({ host }) => host.close()),
    ]);
  }

  async #start(names: readonly string[]): Promise<void> {
    await Promise.all([
      ...this.#own(names).map((name) => this.#network.startNode(name)),
      ...this.#hostsOf(names).map(async (joined) => {
        joined.host = await openHost(joined.directory);
      }),
    ]);
  }

  #kill(names: readonly string[]): void {
    // One that its supervisor is just starting again is killed already.
    const running = this.#nodes().filter((node) => node.running && names.includes(node.name));
    for (const { pid } of running) if (pid !== undefined) process.kill(pid, 'SIGKILL');
  }

  /** Of these nodes those that the network of the first four runs. */
  #own(names: readonly string[]): string[] {
    return names.filter((name) => !this.#joined.has(departmentOf(name)));
  }

  /** The hosts of departments that joined, with any of these nodes. */
  #hostsOf(names: readonly string[]) {
    return [...new Set(names.map(departmentOf))].flatMap((id) => this.#joined.get(id) ?? []);
  }
}

type Host = Awaited<ReturnType<typeof openDepartmentHost>>;

const departmentOf = (node: string): string => node.slice(node.indexOf('.') + 1);

function openHost(directory: string): Promise<Host> {
  return openDepartmentHost({ directory, binDir: process.env['YICI_FABRIC_BIN'] });
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
