/** Reads as read-load.ts says, which starts it and writes the options to its standard input. */
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import { quantile } from './load.js';
import { readLoadSchema, type ReadResult } from './read-load.js';

const { url, token, paths, connections, amount } = readLoadSchema.parse(
  JSON.parse(await text(process.stdin)),
);
/** Each group has paths of its own: its connections make their requests of them before they begin. */
const groups = Math.min(8, connections);
const times: number[] = [];
let succeeded = 0;
let failed = 0;
let start = Number.POSITIVE_INFINITY;
let end = 0;

function group(index: number): Promise<void> {
  const own = paths.filter((_, place) => place % groups === index % paths.length);
  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        connections: Math.ceil(connections / groups),
        amount: Math.ceil(amount / groups),
        timeout: 60,
        headers: { authorization: `Bearer ${token}` },
        requests: own.map((path) => ({ method: 'GET', path })),
      },
      (error: unknown, { errors, timeouts, non2xx }) => {
        failed += errors + timeouts + non2xx;
        if (error instanceof Error) reject(error);
        else resolve();
      },
    );
    instance.on('response', (_client, status, _bytes, milliseconds) => {
      times.push(milliseconds);
      if (status === 200) succeeded += 1;
      end = performance.now();
      start = Math.min(start, end);
    });
  });
}

await Promise.all(Array.from({ length: groups }, (_, index) => group(index)));
const p99 = quantile(times, 0.99);
const output: ReadResult = { milliseconds: end - start, p99, succeeded, failed };
process.stdout.write(JSON.stringify(output));
