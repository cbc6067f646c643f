import type { Words } from '@yici/domain/model';
import { exampleOf, offerLanguage, versionIn, type SpokenCommand } from '@yici/terminal';
import type { CommandLine } from '../assembly/config.js';
import { addAccountCommands } from './account-commands.js';
import { placeOptions, type Report } from './act.js';
import { addBackupCommands } from './backup-commands.js';
import { addWalletCommand } from './wallet-command.js';

export interface StartOptions extends CommandLine {
  readonly json?: boolean;
  readonly readyJson?: boolean;
}

/** Says the command line of `yici-gateway`: it starts the gateway, or does one of its commands. */
export function describeGateway(
  program: SpokenCommand,
  start: (options: StartOptions) => Promise<void>,
  report: Report,
): SpokenCommand {
  program
    .description({
      zh: '账本的入口：REST 接口、查询索引、事件流',
      en: 'The door of the ledger: REST API, read index, event streams',
    })
    .versioned(versionIn(new URL('../../package.json', import.meta.url)))
    .action(start);
  for (const [flags, words] of startOptions) program.option(flags, words);
  exampleOf(program, 'yici-gateway --state .yici', 'yici-gateway --config gateway.yaml');
  program.addHelpText('after', program.say(environmentWords));
  addWalletCommand(program, report);
  addAccountCommands(program, report);
  addBackupCommands(program, report);
  offerLanguage(program, program.say);
  return program;
}

/** What the program goes by besides its options, and its exit codes. */
const environmentWords: Words = {
  zh: '\n环境变量：YICI_STATE、YICI_TOPOLOGY、YICI_HOST、YICI_PORT、YICI_AUDIENCE、YICI_RATE_LIMIT、YICI_LOG_LEVEL 与同名选项相同；YICI_SCHEDULER=off；YICI_CUSTODY_KEY 为加密密钥的文件，YICI_GATEWAY_PASSPHRASE 为代替该文件的口令。选项优先于环境变量，环境变量优先于配置文件。\n退出码：0 成功，2 用法或者配置有误，3 运行环境有误，70 程序缺陷',
  en: '\nEnvironment: YICI_STATE, YICI_TOPOLOGY, YICI_HOST, YICI_PORT, YICI_AUDIENCE, YICI_RATE_LIMIT and YICI_LOG_LEVEL are the options of these names; YICI_SCHEDULER=off; YICI_CUSTODY_KEY is the file of the sealing key, YICI_GATEWAY_PASSPHRASE a passphrase instead of it. Options come before the environment, and that before the configuration file.\nExit codes: 0 ok, 2 usage or configuration, 3 environment, 70 bug',
};

const startOptions: readonly (readonly [flags: string, words: Words])[] = [
  ...placeOptions,
  [
    '--topology <file>',
    {
      zh: '新数据目录所用的拓扑文件（缺省为演示的）',
      en: 'topology of a new data folder (default: the demo)',
    },
  ],
  [
    '--host <host>',
    {
      zh: '监听地址（缺省 127.0.0.1）',
      en: 'address to listen on (default 127.0.0.1)',
    },
  ],
  [
    '--port <port>',
    {
      zh: '监听端口，0 为任意端口（缺省 8080）',
      en: 'port to listen on, 0 for any (default 8080)',
    },
  ],
  [
    '--audience <text>',
    {
      zh: '登录时载明的网关名称（缺省为“网关用户@通道”）',
      en: 'what logins name (default <gateway user>@<channel>)',
    },
  ],
  [
    '--demo-roles',
    {
      zh: '允许本机访问者在控制台中选用演示角色',
      en: 'let visitors of this machine take the demo’s roles in the console',
    },
  ],
  [
    '--rebuild-index',
    {
      zh: '从第 0 个区块起重建索引',
      en: 'read all blocks anew from block 0',
    },
  ],
  [
    '--rate-limit <number>',
    {
      zh: '每个已登录的调用者每分钟的请求数，0 为不限',
      en: 'requests in a minute of a caller who has logged in, 0 for no limit',
    },
  ],
  [
    '--log-level <level>',
    {
      zh: '日志级别，可用：trace、debug、info、warn、error、silent',
      en: 'trace, debug, info, warn, error or silent',
    },
  ],
  [
    '--no-scheduler',
    {
      zh: '不自动登记到期的操作',
      en: 'do not propose what time makes due',
    },
  ],
  [
    '--no-listen-peers',
    {
      zh: '嵌入式引擎：不提供 gRPC 服务',
      en: 'embedded engine: do not serve gRPC',
    },
  ],
  [
    '--json',
    {
      zh: '就绪时输出一行 JSON，错误也以 JSON 输出',
      en: 'print one line of JSON when ready, and errors as JSON',
    },
  ],
  ['--ready-json', { zh: '同 --json', en: 'the same as --json' }],
];
