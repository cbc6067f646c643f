#!/usr/bin/env node
import { main } from './main.js';
import { processTerminal } from '../terminal/terminal.js';

// Files are private to their owner by default.
process.umask(0o077);
const stop = new AbortController();
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    stop.abort();
    // Streams end on the abort signal; a hanging request must be ended by force.
    setTimeout(() => process.exit(exitCode), 500).unref();
  });
}
// The reader may close the pipe early (`yici … | head`), which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2), processTerminal(stop.signal));
