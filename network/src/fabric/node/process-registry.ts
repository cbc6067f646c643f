import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Logger } from '../../logger.js';
import { writeAtomically } from '../../atomic.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import type { ProcessEvents } from '../../supervisor/supervised-process.js';

/** What the supervisor says about one of its processes, for the commands of other processes. */
const nodeEntry = z.strictObject({
  name: z.string(),
  pid: z.int().positive().optional(),
  running: z.boolean(),
  /** How often it was started again. */
  restarts: z.int().min(0),
});
export type NodeEntry = z.output<typeof nodeEntry>;
const nodeEntries = z.array(nodeEntry);

/** Keeps `run/nodes.json`: which process is which node's, rewritten whenever one starts or ends. */
export class ProcessRegistry {
  readonly #file: string;
  readonly #logger: Logger;
  readonly #note: (pid: number, alive: boolean) => void;
  readonly #entries = new Map<string, NodeEntry>();

  constructor(
    folder: DataFolder,
    logger: Logger,
    /** Told of every process that starts or ends. */
    note: (pid: number, alive: boolean) => void,
  ) {
    this.#file = folder.nodes;
    this.#logger = logger;
    this.#note = note;
  }

  /** What a node's supervised process reports to. */
  eventsOf(name: string): ProcessEvents {
    return {
      info: (fields, message) => {
        this.#logger.info({ node: name, ...fields }, message);
      },
      warn: (fields, message) => {
        this.#logger.warn({ node: name, ...fields }, message);
      },
      changed: (pid, alive) => {
        this.#note(pid, alive);
        this.#write(name, pid, alive);
      },
    };
  }

  #write(name: string, pid: number, alive: boolean): void {
    const before = this.#entries.get(name);
    const restarts = before === undefined ? 0 : before.restarts + (alive ? 1 : 0);
    this.#entries.set(name, { name, running: alive, restarts, ...(alive ? { pid } : {}) });
    writeAtomically(this.#file, `${JSON.stringify([...this.#entries.values()], undefined, 2)}\n`);
  }
}

/** What the running network says about its nodes; empty when it says nothing. */
export function readNodes(folder: DataFolder): readonly NodeEntry[] {
  if (!existsSync(folder.nodes)) return [];
  try {
    return nodeEntries.parse(JSON.parse(readFileSync(folder.nodes, 'utf8')));
  } catch {
    // Written whole or not at all; what cannot be read was not written by us.
    return [];
  }
}
