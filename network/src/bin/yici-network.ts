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
