import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const program = fileURLToPath(new URL('load-process.js', import.meta.url));

/** Stands in a body for a name that no other request has. */
export const uniqueMark = '{{unique}}';

export const loadOptionsSchema = z.strictObject({
  url: z.url(),
  path: z.string(),
  token: z.string(),
  /** JSON bodies, sent in turn; see {@link uniqueMark}. */
  bodies: z.array(z.string()).min(1),
  connections: z.int().positive(),
  /** Requests in all. */
  amount: z.int().positive(),
});
export type LoadOptions = z.infer<typeof loadOptionsSchema>;

export const loadResultSchema = z.strictObject({
  /** From the start to the last answer. */
  milliseconds: z.number(),
  /** Of each answer, in milliseconds. */
  times: z.array(z.number()),
  /** Answers with status 200: committed and in a block on disk. */
  succeeded: z.number(),
  failed: z.number(),
  /** Connections that broke and answers that never came. */
  errors: z.number(),
  /** The first answer that was no success. */
  refusal: z.string().exactOptional(),
});
export type LoadResult = z.infer<typeof loadResultSchema>;

/** Puts load on a gateway from a process of its own. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { stdout } = await run(process.execPath, [program, JSON.stringify(options)], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return loadResultSchema.parse(JSON.parse(stdout));
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
