import { networkClosed, NetworkError } from '../errors.js';
import type { ProcessHealth } from '../supervisor/supervised-process.js';
import type { Department } from '../topology/schema.js';
import type { NodeKind } from './node/layout.js';
import type { NodeProcess } from './node/processes.js';

/** One process of a department and the function that recreates it. */
export interface FleetMember {
  readonly name: string;
  readonly kind: NodeKind;
  readonly department: Department;
  readonly make: () => NodeProcess;
}

/** A member's current state. */
export interface NodeState extends ProcessHealth {
  readonly name: string;
  readonly kind: NodeKind;
  readonly department: string;
}

/** All processes of a network. A stopped process can be started again; closing stops all and prevents further starts. */
export class Fleet {
  readonly #members: Map<string, FleetMember>;
  readonly #processes = new Map<string, NodeProcess>();
  #closed = false;

  constructor(members: readonly FleetMember[]) {
    this.#members = new Map(members.map((member) => [member.name, member]));
  }

  /** Starts every member of a kind concurrently and waits until all are healthy. Errors as {@link NodeProcess.start}. */
  async startAll(kind: NodeKind): Promise<void> {
    const names = [...this.#members.values()].filter((member) => member.kind === kind);
    await Promise.all(names.map(({ name }) => this.start(name)));
  }

  /** Starts a member and waits until it is healthy; does nothing if it runs. Errors as {@link NodeProcess.start}. */
  async start(name: string): Promise<void> {
    const member = this.#member(name);
    if (this.#closed) throw networkClosed();
    if (this.#processes.has(name)) return;
    const made = member.make();
    this.#processes.set(name, made);
    await made.start();
  }

  /** Stops a member; it is not restarted. */
  async stop(name: string): Promise<void> {
    const { name: known } = this.#member(name);
    const running = this.#processes.get(known);
    await running?.close();
    this.#processes.delete(known);
  }

  /** Starts a member again, with the settings and certificates of now. Errors as {@link NodeProcess.start}. */
  async restart(name: string): Promise<void> {
    await this.stop(name);
    await this.start(name);
  }

  /** Replaces a member's process. Errors as {@link NodeProcess.start}. */
  async replace(member: FleetMember): Promise<void> {
    await this.stop(member.name);
    this.#members.set(member.name, member);
    await this.start(member.name);
  }

  states(): readonly NodeState[] {
    return [...this.#members.values()].map(({ name, kind, department }) => ({
      name,
      kind,
      department: department.id,
      ...(this.#processes.get(name)?.health() ?? { running: false, restarts: 0 }),
    }));
  }

  /** Stops peers and chaincodes, then orderers. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#closeAll('peer'), this.#closeAll('chaincode')]);
    await this.#closeAll('orderer');
  }

  async #closeAll(kind: NodeKind): Promise<void> {
    const all = [...this.#processes].filter(([name]) => this.#members.get(name)?.kind === kind);
    await Promise.all(all.map(([, each]) => each.close()));
  }

  #member(name: string): FleetMember {
    const member = this.#members.get(name);
    if (member !== undefined) return member;
    const nodes = [...this.#members.keys()];
    const words = {
      zh: `本网络没有节点 ${name}，只有：${nodes.join('、')}。`,
      en: `This network has no node ${name}.`,
    };
    throw new NetworkError('IDENTITY_UNKNOWN', words, { details: { node: name, nodes } });
  }
}
