import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { ClientError } from '../../errors.js';

export const actStates = ['done', 'refused', 'open'] as const;
const resultSchema = z.object({
  key: z.string(),
  state: z.enum(actStates),
  line: z.int(),
  command: z.string(),
  /** What it is about. */
  subject: z.string(),
  /** Counts up when it is sent anew because the one before had no effect for certain. */
  attempt: z.int(),
  gateway: z.string(),
  /** Of the transaction that was signed. */
  txId: z.string().optional(),
  block: z.int().optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
});

/** What became of one command: done, refused (with the code), or open: not sent, or not known yet. */
export type ActResult = z.output<typeof resultSchema>;

/**
 * The results of a batch by the keys of its commands: one line for every step, on disk before what it says is done, so
 * that a rerun after `kill -9` knows what was signed.
 */
export class Results {
  readonly #file: number | undefined;
  readonly #newest: Map<string, ActResult>;

  private constructor(file: number | undefined, newest: Map<string, ActResult>) {
    this.#file = file;
    this.#newest = newest;
  }

  /** Without a file they are in memory only. @throws ClientError USAGE when it cannot be read or written. */
  static open(path: string | undefined): Results {
    if (path === undefined) return new Results(undefined, new Map());
    try {
      const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
      // What follows the last line's end was cut off when it was written.
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      const lines = whole.split('\n').filter((line) => line !== '');
      const known = lines.map((line) => resultSchema.parse(JSON.parse(line)));
      if (whole !== text) truncateSync(path, Buffer.byteLength(whole));
      const newest = new Map(known.map((result) => [result.key, result]));
      return new Results(openSync(path, 'a', 0o600), newest);
    } catch (cause) {
      const message = {
        zh: `${path} 不是批量结果文件，或者不能写入。`,
        en: `${path} is no file of results, or cannot be written.`,
      };
      throw new ClientError('USAGE', message, { cause });
    }
  }

  of(key: string): ActResult | undefined {
    return this.#newest.get(key);
  }

  /** Durable when it returns. */
  put(result: ActResult): ActResult {
    this.#newest.set(result.key, result);
    if (this.#file !== undefined) {
      writeSync(this.#file, `${JSON.stringify(result)}\n`);
      fsyncSync(this.#file);
    }
    return result;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
