#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { main } from '../cli/program.js';

// Files are private to their owner by default.
process.umask(0o077);
process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  script: fileURLToPath(import.meta.url),
  nodeOptions: process.execArgv,
});
// A call that was given up, to a peer that hangs, is still under way and must not keep a command from ending. The process behind `up`
// has its last words to send to the one that started it, and ends by itself.
if (process.send === undefined) process.stdout.write('', () => process.exit());
