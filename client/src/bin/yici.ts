#!/usr/bin/env node
import { main } from './main.js';
import { processTerminal } from '../terminal/terminal.js';

// Files are for their owner alone unless something says otherwise.
process.umask(0o077);
const stop = new AbortController();
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    stop.abort();
    // A stream ends by itself now; a request that hangs does not.
    setTimeout(() => process.exit(exitCode), 500).unref();
  });
}
// Whoever reads may have had enough (`yici … | head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2), processTerminal(stop.signal));
