import type { Words } from '@yici/domain/model';
import type { AnswerOf, Asked, ItemOf, ListName, ReadName } from '@yici/api';
import { collected } from '../api/ask.js';
import { refusalCode } from '../contract-refusal.js';
import type { Cast } from './cast.js';

/** Thrown by a read-only run where something would have to be written. */
export class MissingRecord extends Error {
  override readonly name = 'Missing';
}

/** The line of a write: the act in each language, then the name of what is written. */
export const lineOf = (zh: string, en: string, name: Words): Words => ({
  zh: `${zh} ${name.zh}`,
  en: `${en} ${name.en}`,
});

/** What is called the same in both languages, such as a code. */
export const same = (text: string | number): Words => ({ zh: String(text), en: String(text) });

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
  readonly #tell: (line: Words) => void;
  readonly #looksOnly: boolean;

  constructor(cast: Cast, tell: (line: Words) => void, looksOnly = false) {
    this.#cast = cast;
    this.#tell = tell;
    this.#looksOnly = looksOnly;
  }

  async write(
    user: string,
    command: string,
    input: Readonly<Record<string, unknown>>,
    line: Words,
  ): Promise<{ result: unknown }> {
    if (this.#looksOnly) throw new MissingRecord(line.en);
    const committed = await this.#cast.run(user, command, input);
    this.writes++;
    const { block } = committed;
    this.#tell({
      zh: `${line.zh} — ${user}，区块 ${block}`,
      en: `${line.en} — ${user}, block ${block}`,
    });
    return committed;
  }

  /** All of a list; none of what is not there. */
  async list<N extends ListName>(name: N, asked: Asked<N>): Promise<ItemOf<N>[]> {
    const { client } = await this.#cast.as(reader);
    return (await foundIn(collected(client.list(name, asked)))) ?? [];
  }

  async find<N extends ReadName>(name: N, asked: Asked<N>): Promise<AnswerOf<N> | undefined> {
    const { client } = await this.#cast.as(reader);
    return foundIn(client.read(name, asked));
  }
}

async function foundIn<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  const code = refusalCode(error);
  return code === 'RECORD_NOT_FOUND' || code === 'NOT_FOUND';
}
