import type { z } from 'zod';
import { refusalCode } from '../contract-refusal.js';
import type { Cast } from './cast.js';

/** Thrown by a read-only run where something would have to be written. */
export class MissingRecord extends Error {
  override readonly name = 'Missing';
}

/** Waits for all tasks; failures are thrown only after none is running. */
export async function together(tasks: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(tasks);
  await Promise.all(tasks);
}

/** The user for reads while loading: any member may read the registries. */
const reader = 'data.head1';

/** Writes as the users of the demo, tells and counts each write, and looks at what is there. */
export class DemoWriter {
  writes = 0;
  readonly #cast: Cast;
  readonly #tell: (line: string) => void;
  readonly #looksOnly: boolean;

  constructor(cast: Cast, tell: (line: string) => void, looksOnly = false) {
    this.#cast = cast;
    this.#tell = tell;
    this.#looksOnly = looksOnly;
  }

  async write(
    user: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
    line: string,
  ): Promise<{ result: unknown }> {
    if (this.#looksOnly) throw new MissingRecord(line);
    const committed = await this.#cast.run(user, command, input);
    this.writes++;
    this.#tell(`${line} — ${user}，区块 block ${committed.block}`);
    return committed;
  }

  async list<T extends z.ZodType>(schema: T, path: string): Promise<z.infer<T>[]> {
    const { client } = await this.#cast.as(reader);
    const records: z.infer<T>[] = [];
    try {
      for await (const item of client.list(path, { limit: 200 })) records.push(schema.parse(item));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return records;
  }

  async find<T extends z.ZodType>(schema: T, path: string): Promise<z.infer<T> | undefined> {
    const { client } = await this.#cast.as(reader);
    try {
      return await client.get(schema, path);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

function isNotFound(error: unknown): boolean {
  const code = refusalCode(error);
  return code === 'RECORD_NOT_FOUND' || code === 'NOT_FOUND';
}
