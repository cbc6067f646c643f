import { z } from 'zod';
import type { Logger } from '../../logger.js';
import { writeAtomically } from '../../atomic.js';
import { readJson } from '../../read-json.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import type { CloseStack } from '../../supervisor/close-stack.js';
import { Reaper } from '../../supervisor/reaper.js';
import type { ProcessEvents } from '../../supervisor/supervised-process.js';

/** The supervisor's record of one of its processes, for commands in other processes. */
const nodeEntry = z.strictObject({
  name: z.string(),
  pid: z.int().positive().optional(),
  running: z.boolean(),
  /** Number of restarts. */
  restarts: z.int().min(0),
});
export type NodeEntry = z.output<typeof nodeEntry>;
const nodeEntries = z.array(nodeEntry);

/** Maintains `run/nodes.json`, the process id of each node; rewritten whenever a process starts or ends. */
export class ProcessRegistry {
  readonly #file: string;
  readonly #logger: Logger;
  readonly #reaper: Reaper;
  readonly #entries = new Map<string, NodeEntry>();

  constructor(folder: DataFolder, logger: Logger, reaper: Reaper) {
    this.#file = folder.nodes;
    this.#logger = logger;
    this.#reaper = reaper;
  }

  /** The event receiver for a node's supervised process. */
  eventsOf(name: string): ProcessEvents {
    return {
      info: (fields, message) => this.#logger.info({ node: name, ...fields }, message),
      warn: (fields, message) => this.#logger.warn({ node: name, ...fields }, message),
      changed: (pid, alive) => {
        this.#reaper.note(pid, alive);
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

/** A registry whose processes end also when this one is killed. */
export function openRegistry(
  folder: DataFolder,
  logger: Logger,
  closers: CloseStack,
): ProcessRegistry {
  const reaper = new Reaper();
  closers.add(() => reaper.close());
  return new ProcessRegistry(folder, logger, reaper);
}

/** The running network's records of its nodes; empty when there are none. */
export function readNodes(folder: DataFolder): readonly NodeEntry[] {
  // The file is written atomically, so an unreadable one was not written by us.
  return readJson(nodeEntries, folder.nodes) ?? [];
}
