#!/usr/bin/env node
import { CodedError } from '@yici/ledger';
import { failureWords, offerLanguage, SpokenCommand, versionIn } from '@yici/terminal';
import { readConfig, type CommandLine } from './assembly/config.js';
import { startGateway, type Started } from './assembly/start.js';
import { chineseMeanings } from './cli/error-words.js';
import { addAccountCommands } from './cli/account-commands.js';
import { addBackupCommands } from './cli/backup-commands.js';
import { addWalletCommand } from './cli/wallet-command.js';
import { createLogger } from './http/logging.js';
import { say } from './say.js';
import { guardProcess } from './uncaught.js';

/** Exit codes of every command of this project. */
const exitCodes = { ok: 0, usage: 2, environment: 3, bug: 70 } as const;

/** Errors that the caller can correct on the command line or in the configuration file. */
const usageCodes = new Set(['CONFIG_INVALID', 'TOPOLOGY_INVALID', 'WALLET_LABEL_INVALID']);

interface Options extends CommandLine {
  readonly json?: boolean;
  readonly readyJson?: boolean;
}

const program = new SpokenCommand('yici-gateway', say)
  .description({
    zh: '账本的入口：REST 接口、查询索引、事件流',
    en: 'The door of the ledger: REST API, read index, event streams.',
  })
  .versioned(versionIn(new URL('../package.json', import.meta.url)))
  .option('--config <file>', { zh: '配置文件（YAML）', en: 'configuration file (YAML)' })
  .option('--state <dir>', { zh: '数据目录（缺省 .yici）', en: 'data folder (default .yici)' })
  .option('--topology <file>', {
    zh: '新数据目录所用的拓扑文件（缺省为演示的）',
    en: 'topology of a new data folder (default: the demo)',
  })
  .option('--host <host>', {
    zh: '监听地址（缺省 127.0.0.1）',
    en: 'address to listen on (default 127.0.0.1)',
  })
  .option('--port <port>', {
    zh: '监听端口，0 为任意端口（缺省 8080）',
    en: 'port to listen on, 0 for any (default 8080)',
  })
  .option('--audience <text>', {
    zh: '登录时载明的网关名称（缺省为“用户@通道”）',
    en: 'what logins name (default <user>@<channel>)',
  })
  .option('--demo-roles', {
    zh: '允许本机访问者在控制台中选用演示角色',
    en: 'let visitors of this machine take the demo’s roles in the console',
  })
  .option('--rebuild-index', {
    zh: '从第 0 个区块起重建索引',
    en: 'read all blocks anew from block 0',
  })
  .option('--rate-limit <number>', {
    zh: '每个客户端每分钟的请求数，0 为不限',
    en: 'requests a client may make in a minute, 0 for no limit',
  })
  .option('--log-level <level>', {
    zh: '日志级别，可用：trace、debug、info、warn、error、silent',
    en: 'trace, debug, info, warn, error or silent',
  })
  .option('--no-scheduler', { zh: '不自动提交到期事项', en: 'do not propose what time makes due' })
  .option('--no-listen-peers', {
    zh: '嵌入式引擎：不提供 gRPC 服务',
    en: 'embedded engine: do not serve gRPC',
  })
  .option('--json', {
    zh: '就绪时输出一行 JSON，错误也以 JSON 输出',
    en: 'print one line of JSON when ready, and errors as JSON',
  })
  .option('--ready-json', { zh: '同上', en: 'the same' })
  .action(run);

// Files are private to their owner by default.
process.umask(0o077);
program.exitOverride((error) =>
  process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage),
);
addWalletCommand(program, report);
addAccountCommands(program, report);
addBackupCommands(program, report);
offerLanguage(program, say);
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
  if (error instanceof CodedError) {
    const { code, message, words, details } = error as CodedError<string>;
    const sentence = say(failureWords({ code, message, words, details }, chineseMeanings));
    process.stderr.write(
      json ? `${JSON.stringify({ error: { code, message } })}\n` : `${sentence}\n`,
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
