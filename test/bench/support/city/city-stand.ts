import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexLayout } from '@yici/gateway/testing';
import { z } from 'zod';
import { seed } from '../seed.js';
import { Stack } from '../stack.js';
import { fillIndex, filledSchema, type Filled } from './city-index.js';

/** Room for the submits of several runs on one day. */
const matters = 4;
const notesFile = 'filled.json';

const notesSchema = z.strictObject({ filled: filledSchema, taskCodes: z.array(z.string()) });

/** A whole stack whose index has a city's cases beside its own few. */
export class CityStand {
  readonly stack: Stack;
  readonly filled: Filled;
  /** Matters under which cases can be filed. */
  readonly taskCodes: readonly string[];

  private constructor(stack: Stack, notes: z.infer<typeof notesSchema>) {
    this.stack = stack;
    this.filled = notes.filled;
    this.taskCodes = notes.taskCodes;
  }

  /**
   * The stand that an earlier run kept; or a new one, which is put where the next run finds it when it is to be kept. It is
   * not started.
   */
  static async open(cases: number, keep: boolean, say: (text: string) => void): Promise<CityStand> {
    const folder = join(tmpdir(), `yici-bench-city-${indexLayout}-${cases}`);
    const notes = join(folder, notesFile);
    if (existsSync(notes)) {
      const kept = notesSchema.parse(JSON.parse(await readFile(notes, 'utf8')));
      return new CityStand(Stack.kept(folder), kept);
    }
    // What an earlier run did not finish.
    if (keep) await rm(folder, { recursive: true, force: true });
    const stack = await Stack.make(keep ? folder : undefined);
    try {
      return await CityStand.#fill(stack, cases, say);
    } catch (error) {
      await stack.remove();
      throw error;
    }
  }

  static async #fill(stack: Stack, cases: number, say: (text: string) => void): Promise<CityStand> {
    await stack.start();
    const taskCodes = [...(await seed(stack, matters))];
    await stack.stop();
    const [like = ''] = taskCodes;
    const filled = await fillIndex(stack, cases, like, (share) => {
      say(`${cases} cases: ${Math.round(share * 100)} % in the index`);
    });
    const made = { filled, taskCodes };
    await writeFile(join(stack.folder, notesFile), JSON.stringify(made));
    return new CityStand(stack, made);
  }

  async close(keep: boolean): Promise<void> {
    if (keep) await this.stack.stop();
    else await this.stack.remove();
  }
}
