#!/usr/bin/env node
import { CodedError } from '@yici/ledger';
import { Command } from 'commander';
import { readConfig, type CommandLine } from './assembly/config.js';
import { startGateway, type Started } from './assembly/start.js';
import { addCustodyCommand } from './cli/custody-command.js';
import { addWalletCommand } from './cli/wallet-command.js';
import { createLogger } from './http/logging.js';
import { guardProcess } from './uncaught.js';

/** Exit codes of every command of this project. */
const exitCodes = { ok: 0, usage: 2, environment: 3, bug: 70 } as const;

/** Errors that the caller can correct on the command line or in the configuration file. */
const usageCodes = new Set(['CONFIG_INVALID', 'TOPOLOGY_INVALID', 'WALLET_LABEL_INVALID']);

interface Options extends CommandLine {
  readonly json?: boolean;
  readonly readyJson?: boolean;
}

const program = new Command('yici-gateway')
  .description('The door of the ledger: REST API, read index, event streams.')
  .option('--config <file>', 'configuration file (YAML)')
  .option('--state <dir>', 'data folder (default .yici)')
  .option('--topology <file>', 'topology of a new data folder (default: the demo)')
  .option('--host <host>', 'address to listen on (default 127.0.0.1)')
  .option('--port <port>', 'port to listen on, 0 for any (default 8080)')
  .option('--audience <text>', 'what logins name (default <user>@<channel>)')
  .option('--rebuild-index', 'read all blocks anew from block 0')
  .option('--rate-limit <number>', 'requests a client may make in a minute, 0 for no limit')
  .option('--log-level <level>', 'trace, debug, info, warn, error or silent')
  .option('--no-scheduler', 'do not propose what time makes due')
  .option('--no-listen-peers', 'embedded engine: do not serve gRPC')
  .option('--json', 'print one line of JSON when ready, and errors as JSON')
  .option('--ready-json', 'the same')
  .action(run);

// Files are private to their owner by default.
process.umask(0o077);
program.exitOverride((error) => {
  process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
});
addWalletCommand(program, report);
addCustodyCommand(program, report);
await program.parseAsync();

async function run(options: Options): Promise<void> {
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
      : `Gateway of channel ${channel} on ${url} (docs at ${url}/docs)\n`,
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
  if (error instanceof CodedError) {
    const { code, message } = error as CodedError<string>;
    process.stderr.write(
      json ? `${JSON.stringify({ error: { code, message } })}\n` : `${message}\n`,
    );
    const usage = usageCodes.has(code);
    process.exitCode = usage ? exitCodes.usage : exitCodes.environment;
    return;
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = exitCodes.bug;
}
