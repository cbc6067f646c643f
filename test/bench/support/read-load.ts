import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const program = fileURLToPath(new URL('read-load-process.js', import.meta.url));

export const readLoadSchema = z.strictObject({
  url: z.url(),
  token: z.string(),
  /** Read in turn, each connection from another one on. */
  paths: z.array(z.string()).min(1),
  connections: z.int().positive(),
  /** Requests in all. */
  amount: z.int().positive(),
});
export type ReadLoad = z.infer<typeof readLoadSchema>;

export const readResultSchema = z.strictObject({
  milliseconds: z.number(),
  /** Milliseconds. */
  p99: z.number(),
  succeeded: z.number(),
  /** Other answers than 200, broken connections, answers that never came. */
  failed: z.number(),
});
export type ReadResult = z.infer<typeof readResultSchema>;

/** Reads over many connections from a process of its own. */
export async function readLoad(options: ReadLoad): Promise<ReadResult> {
  const child = run(process.execPath, [program], { maxBuffer: 64 * 1024 * 1024 });
  child.child.stdin?.end(JSON.stringify(options));
  const { stdout } = await child;
  return readResultSchema.parse(JSON.parse(stdout));
}
