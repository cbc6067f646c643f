import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { dataFolder, pinGateway } from '@yici/network';
import { exportIdentity, genesisHashOf, renderDepartment } from '@yici/network/testing';
import { z } from 'zod';
import type { Outcome } from '../../integration/topology/support.js';
import { fabricTool } from '../../support/fabric.js';
import { nativeDepartments } from '../../support/fabric-network.js';
import { DepartmentOnHost } from '../../support/hosts/department.js';
import { HostNetwork } from '../../support/hosts/namespaces.js';
import { keysFolder, renderAll } from '../../support/hosts/render-all.js';
import type { ChangingStand } from './changes.js';
import { GatewayProcess } from './gateway-process.js';
import { relayProgram, relayTo } from './relay.js';
import { gatewayConfig, prepareLedger } from './stand.js';
import { faultTopology, gatewayDepartment } from './topology.js';

const gatewayPort = 8080;
const ports = { peer: 7051, orderer: 7050 };
const address = (index: number) => `10.9.1.${index + 1}`;
const leaderWithin = 60_000;
const audienceOf = z.object({ audience: z.string() });
const nodeStatus = z.object({ nodes: z.array(z.object({ leads: z.boolean().optional() })) });

/** The four departments on hosts of their own, each a network namespace whose cable can be pulled. */
export class HostStand implements ChangingStand {
  readonly folder: string;
  /** Where a fifth host is plugged in. */
  readonly joining = { host: address(nativeDepartments.length), ports };
  readonly #binDir = dirname(fabricTool('peer'));
  readonly #hosts = new HostNetwork();
  readonly #all: DepartmentOnHost[] = [];
  #gateway: GatewayProcess | undefined;
  #relay: { readonly inside: ChildProcess; readonly outside: Server } | undefined;
  #url = '';

  private constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'yici-fabric-faults-'));
  }

  /** Renders, starts and joins every host, agrees on the chaincode and puts what the load needs on the ledger. */
  static async open(): Promise<HostStand> {
    const stand = new HostStand();
    try {
      await stand.#openHosts();
      await stand.#openGateway();
      await prepareLedger(stand.url, join(stand.state, 'identities'));
      return stand;
    } catch (error) {
      await stand.close();
      throw error;
    }
  }

  /** Those that joined, too. */
  get departments(): readonly string[] {
    return this.#all.map(({ id }) => id);
  }

  get state(): string {
    return join(this.folder, 'hosts', gatewayDepartment);
  }

  get url(): string {
    return this.#url;
  }

  get genesisHash(): string {
    return genesisHashOf(readFileSync(join(this.state, 'genesis.block')));
  }

  exportBlocks(department: string, out: string, from: number): Promise<void> {
    return this.#host(department).exportBlocks(out, from);
  }

  keysOf(id: string): string {
    return keysFolder(this.folder, id);
  }

  types(args: readonly string[], id: string = gatewayDepartment): Promise<Outcome> {
    const own = args.includes('--department') ? [] : ['--department', id];
    return this.#host(id).types(...args, ...own);
  }

  /** Brings to the host what the folder with the keys has now, and starts its nodes again. */
  async startAgain(name: string): Promise<void> {
    const department = name.slice(name.indexOf('.') + 1);
    const out = join(this.folder, 'hosts', department);
    const directory = this.keysOf(department);
    if (existsSync(directory)) {
      renderDepartment({ directory, department, out, binDir: this.#binDir });
    }
    await this.#host(department).down();
    await this.#host(department).up();
  }

  async open(id: string, directory: string): Promise<{ close(): Promise<void> }> {
    await this.#hosts.plug(id, this.joining.host);
    const joined = new DepartmentOnHost(id, this.#hosts, directory, this.#binDir);
    await joined.up();
    this.#all.push(joined);
    return { close: () => joined.down() };
  }

  async leader(): Promise<string> {
    const deadline = performance.now() + leaderWithin;
    for (;;) {
      for (const each of this.#all) {
        const { nodes } = nodeStatus.parse(await each.node('status'));
        if (nodes.some(({ leads }) => leads === true)) return each.id;
      }
      if (performance.now() > deadline) throw new RangeError('no orderer leads');
      await pause(200);
    }
  }

  cut(department: string): Promise<unknown> {
    return this.#hosts.cut(department);
  }

  heal(department: string): Promise<unknown> {
    return this.#hosts.heal(department);
  }

  /** Two groups that cannot reach one another: these departments, and the others. */
  part(departments: readonly string[]): Promise<unknown> {
    return this.#hosts.part(departments);
  }

  join(departments: readonly string[]): Promise<unknown> {
    return this.#hosts.join(departments);
  }

  async close(): Promise<void> {
    await this.#gateway?.stop();
    this.#relay?.inside.kill('SIGTERM');
    this.#relay?.outside.close();
    await Promise.all(this.#all.map((each) => each.down()));
    await this.#hosts.close();
  }

  async #openHosts(): Promise<void> {
    const topology = faultTopology((department, index) => ({
      ...department,
      host: address(index),
      ports,
    }));
    const folders = renderAll(this.folder, topology, this.#binDir);
    await this.#hosts.open(new Map([...folders.keys()].map((id, index) => [id, address(index)])));
    for (const [id, folder] of folders) {
      this.#all.push(new DepartmentOnHost(id, this.#hosts, folder, this.#binDir));
    }
    await Promise.all(this.#all.map((each) => each.up()));
    await Promise.all(this.#all.map((each) => each.node('approve')));
    await this.#host(gatewayDepartment).node('commit');
    const { genesisHash } = this;
    for (const { id, users = [] } of topology.departments) {
      for (const { name } of users) {
        const out = join(this.state, 'identities', name);
        exportIdentity(dataFolder(keysFolder(this.folder, id)), name, out, { genesisHash });
      }
    }
  }

  async #openGateway(): Promise<void> {
    const path = join(this.folder, 'relay.sock');
    const outside = relayTo({ path }).listen({ port: 0, host: '127.0.0.1' });
    await once(outside, 'listening');
    const bound = outside.address();
    this.#url = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
    const gateway = new GatewayProcess({
      config: gatewayConfig(this.state, this.#url),
      port: gatewayPort,
      logFile: join(this.folder, 'gateway.log'),
      on: (...command) => this.#hosts.on(gatewayDepartment, ...command),
    });
    this.#gateway = gateway;
    await gateway.start();
    const program = [process.execPath, relayProgram, path, String(gatewayPort)];
    const inside = this.#hosts.start(gatewayDepartment, ...program);
    await once(inside.stdout!, 'data');
    this.#relay = { inside, outside };
    const network = await fetch(`${this.#url}/v1/network`);
    const { audience } = audienceOf.parse(await network.json());
    pinGateway(dataFolder(this.state), { audience, addresses: [this.#url] });
  }

  #host(id: string): DepartmentOnHost {
    const found = this.#all.find((each) => each.id === id);
    if (found === undefined) throw new RangeError(`there is no host of ${id}`);
    return found;
  }
}
