// What `npm start` and `npm run fabric` have in common: their options and how they start a gateway.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  exitCodes,
  prepare,
  refuse,
  requireFreePort,
  requireNode,
  requireWritable,
  root,
} from './prepare.mjs';

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };

/** Options of both commands. `port` 0 lets the system choose. */
const common = {
  ...{
    topology: text,
    port: { ...text, default: '8080' },
    host: { ...text, default: '127.0.0.1' },
  },
  ...{ reset: flag, 'no-demo': flag, json: flag, help: flag, lang: text },
};

/** Reads the command line; prints `usage` and ends for --help and for wrong use. */
export function readOptions(usage, state, own = {}) {
  const options = parsed(usage, { ...common, state: { ...text, default: state }, ...own });
  if (options.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    refuse(
      {
        zh: `用法有误：--port 须为 0 至 65535 的数字，不能填“${options.port}”。`,
        en: `USAGE: --port takes a number from 0 to 65535, not "${options.port}".`,
      },
      exitCodes.usage,
    );
  }
  return { ...options, port, state: resolve(options.state) };
}

function parsed(usage, options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const wrong = { zh: `用法有误。\n\n${usage}`, en: `USAGE: ${error.message}\n\n${usage}` };
    return refuse(wrong, exitCodes.usage);
  }
}

/** Refuses what cannot work before anything is written, then installs and builds what is missing. */
export async function getReady({ state, host, port }) {
  requireNode();
  requireWritable(root);
  requireWritable(state);
  await requireFreePort(host, port);
  prepare();
}

/**
 * Calls `stop` on SIGINT and SIGTERM, and when the shell that npm put between itself and us is gone: npm hands a SIGTERM to
 * that shell alone, which ends and leaves us behind.
 */
export function onStop(stop) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    stop();
  }, 250).unref();
}

// A busy gateway has hundreds of requests in hand: with V8's usual room for young objects they are taken for old ones,
// and clearing them away costs a tenth of the machine.
const nodeOptions = ['--max-semi-space-size=64'];

/** Starts the gateway; its standard output has a line of JSON when it is ready, its log goes to standard error. */
export function spawnGateway({ host, port }, args, stderr = 'inherit') {
  const all = [
    ...nodeOptions,
    ...[join(root, 'gateway/dist/main.js'), '--ready-json'],
    ...['--host', host, '--port', String(port), ...args],
  ];
  return spawn(process.execPath, all, { stdio: ['ignore', 'pipe', stderr] });
}
