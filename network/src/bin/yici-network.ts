#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { main } from '../cli/program.js';

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  script: fileURLToPath(import.meta.url),
  nodeOptions: process.execArgv,
});
