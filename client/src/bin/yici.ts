#!/usr/bin/env node
import { main } from '../cli/main.js';
import { processTerminal } from '../cli/terminal.js';

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
process.exitCode = await main(process.argv.slice(2), processTerminal(stop.signal));
