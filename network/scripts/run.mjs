#!/usr/bin/env node
// Installs and builds what is missing, then runs one of the project's programs with the arguments given.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitCodes, prepare, refuse, root } from './prepare.mjs';

const [program, ...args] = process.argv.slice(2);
if (program === undefined)
  refuse(
    { zh: '用法：run.mjs 程序 [参数 ...]', en: 'USAGE: run.mjs PROGRAM [ARGUMENT ...]' },
    exitCodes.usage,
  );
prepare('suites');
const child = spawn(process.execPath, [join(root, program), ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 70 : 130)));
