/**
 * Sends requests with autocannon and says on standard output what came of them (see load.ts, which starts it).
 * Usage: node load-process.js <json of LoadOptions>
 */
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { loadOptionsSchema, uniqueMark, type LoadResult } from './load.js';

/** The request with a name of its own in its body. */
const unique = (request: autocannon.Request): autocannon.Request => ({
  ...request,
  body: String(request.body).replace(uniqueMark, randomUUID()),
});

const options = loadOptionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const times: number[] = [];
const statuses = new Map<number, number>();
const start = performance.now();
let end = start;
let refusal: string | undefined;

const result = await new Promise<autocannon.Result>((resolve, reject) => {
  const instance = autocannon(
    {
      url: options.url,
      connections: options.connections,
      amount: options.amount,
      timeout: 60,
      requests: options.bodies.map((body) => ({
        method: 'POST',
        path: options.path,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${options.token}` },
        body,
        ...(body.includes(uniqueMark) ? { setupRequest: unique } : {}),
        onResponse: (status: number, answer: string) => {
          if (status !== 200) refusal ??= answer;
        },
      })),
    },
    (error: unknown, finished) => {
      if (error instanceof Error) reject(error);
      else resolve(finished);
    },
  );
  instance.on('response', (_client, status, _bytes, milliseconds) => {
    times.push(milliseconds);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    end = performance.now();
  });
});

const output: LoadResult = {
  milliseconds: end - start,
  times,
  succeeded: statuses.get(200) ?? 0,
  failed: options.amount - (statuses.get(200) ?? 0),
  errors: result.errors + result.timeouts,
  ...(refusal === undefined ? {} : { refusal }),
};
process.stdout.write(JSON.stringify(output));
