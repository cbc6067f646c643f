#!/usr/bin/env node
import { CodedError } from '@yici/ledger';
import { failureWords, fileFailure, SpokenCommand } from '@yici/terminal';
import { readConfig } from './assembly/config.js';
import { startGateway, type Started } from './assembly/start.js';
import { chineseMeanings } from './cli/error-words.js';
import { describeGateway, type StartOptions } from './cli/program.js';
import { createLogger } from './http/logging.js';
import { say } from './say.js';
import { guardProcess } from './uncaught.js';

/** Exit codes of every command of this project. */
const exitCodes = { ok: 0, usage: 2, environment: 3, bug: 70 } as const;

/** Errors that the caller can correct on the command line or in the configuration file. */
const usageCodes = new Set(['CONFIG_INVALID', 'TOPOLOGY_INVALID', 'WALLET_LABEL_INVALID']);

// Files are private to their owner by default.
process.umask(0o077);
const program = new SpokenCommand('yici-gateway', say).exitOverride((error) =>
  process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage),
);
await describeGateway(program, run, report).parseAsync();

async function run(options: StartOptions): Promise<void> {
  const json = options.json === true || options.readyJson === true;
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const config = readConfig(options, process.env);
    const stopping = stopOnSignals(stop);
    const logger = createLogger(config.logLevel);
    guardProcess(logger, () => process.exit(exitCodes.bug));
    announce(await startGateway(config, logger, closers), json);
    if (stopping()) await stop();
  } catch (error) {
    await stop();
    report(error, json);
  }
}

function announce(started: Started, json: boolean): void {
  const { url, channel } = started;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ready: true, pid: process.pid, ...started })}\n`
      : `${say({
          zh: `通道 ${channel} 的网关：${url}（接口文档 ${url}/docs）`,
          en: `Gateway of channel ${channel} on ${url} (docs at ${url}/docs)`,
        })}\n`,
  );
}

/**
 * Ctrl-C reaches a process twice, from the terminal and through npm: a second signal within this time, in milliseconds,
 * is ignored.
 */
const sameSignalWithin = 1_000;

/** A second signal stops at once. */
function stopOnSignals(stop: () => Promise<void>): () => boolean {
  let stopping: number | undefined;
  const onSignal = () => {
    if (stopping !== undefined) {
      if (performance.now() - stopping > sameSignalWithin) process.exit(exitCodes.environment);
      return;
    }
    stopping = performance.now();
    stop().then(
      () => process.exit(exitCodes.ok),
      (error: unknown) => {
        report(error, false);
        process.exit(exitCodes.bug);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => stopping !== undefined;
}

/** Expected failures are one sentence; others are bugs and show their stack. */
function report(error: unknown, json: boolean): void {
  const failure = expected(error);
  if (failure !== undefined) {
    const { code, message, words } = failure;
    process.stderr.write(
      json
        ? `${JSON.stringify({ error: { code, message } })}\n`
        : `${code}${say({ zh: '：', en: ': ' })}${say(words)}\n`,
    );
    process.exitCode = usageCodes.has(code) ? exitCodes.usage : exitCodes.environment;
    return;
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = exitCodes.bug;
}

function expected(error: unknown) {
  if (error instanceof CodedError) {
    const { code, message, words, details } = error as CodedError<string>;
    return {
      ...{ code, message },
      words: failureWords({ code, message, words, details }, chineseMeanings),
    };
  }
  const words = fileFailure(error);
  return words && { code: 'STATE_FOLDER_UNUSABLE', message: words.en, words };
}
