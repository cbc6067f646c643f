import type { Words } from '@yici/domain/model';
import { askPinWith } from '@yici/keys';
import {
  askUnseen,
  InvalidValueError,
  languageOf,
  offerLanguage,
  sayIn,
  SpokenCommand,
  versionIn,
} from '@yici/terminal';
import { Option } from 'commander';
import { addCommand, run, type CliEnvironment, type Program } from './context.js';
import { exitCodes, reportError } from './exit.js';
import { addChannelCommands } from './channel/commands.js';
import { binDirOption, topologyOption, wholeNumber } from './options.js';
import { createOutput } from './output.js';
import { exportChain } from './node/block-export.js';
import { addIdentityCommands } from './keys/identity-commands.js';
import { addGatewayCommands } from './node/gateway-config.js';
import { down, init, reset, status, up } from './node/lifecycle-commands.js';
import { addHostCommands, approvalsWords } from './node/host-commands.js';
import { addKeyCommands } from './keys/key-commands.js';
import { showTopology, validateTopology } from './node/topology-commands.js';
import { watchOption } from './node/watch.js';

/** Runs one command line (without node and script) and returns the exit code; never throws. */
export async function main(args: readonly string[], environment: CliEnvironment): Promise<number> {
  const say = sayIn(languageOf(args, environment.env));
  const program: Program = { environment, say, exitCode: exitCodes.ok };
  askPinWith((question) => askUnseen(say(question)));
  try {
    await commandsOf(program).parseAsync([...args], { from: 'user' });
    return program.exitCode;
  } catch (error) {
    const { stdout, stderr } = environment;
    return reportError(error, createOutput({ json: args.includes('--json'), say, stdout, stderr }));
  }
}

function commandsOf(program: Program): SpokenCommand {
  const { say } = program;
  const { stdout, stderr } = program.environment;
  const root = new SpokenCommand('yici-network', say)
    .description({
      zh: '一次（Yici）网络：拓扑、密钥、创世区块、节点、通道',
      en: 'A Yici network: topology, keys, genesis block, nodes, channel',
    })
    .addHelpText('after', say(exitCodeWords))
    .versioned(versionIn(new URL('../../package.json', import.meta.url)))
    // `chaincode upgrade --version` is another version.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    });
  addStartCommands(root, program);
  addStateCommands(root, program);
  addIdentityCommands(root, program);
  addTopologyCommands(root, program);
  addBlockCommands(root, program);
  addChaincodeCommands(root, program);
  addFabricCommands(root, program);
  addKeyCommands(root, program);
  addHostCommands(root, program);
  addGatewayCommands(root, program);
  addChannelCommands(root, program);
  offerLanguage(root, say);
  return root;
}

const exitCodeWords = {
  zh: '\n退出码：0 成功，1 核对不符，2 用法有误，3 运行环境有误，70 程序缺陷',
  en: '\nExit codes: 0 ok, 1 check failed, 2 usage, 3 environment, 70 bug',
};

function engineOption(program: Program): Option {
  const option = new Option(
    '--engine <engine>',
    program.say({
      zh: '使用该引擎，不论文件如何写',
      en: 'run it on this engine, whatever the file says',
    }),
  );
  return option.choices(['embedded', 'fabric']);
}

function addStartCommands(root: SpokenCommand, program: Program): void {
  addCommand(root, 'init --topology city.yaml --dir .yici', {
    zh: '生成拓扑、密钥和创世区块',
    en: 'make topology, keys and genesis block',
  })
    .option(...topologyOption)
    .addOption(engineOption(program))
    .action(run(program, () => init));
  addCommand(root, 'up --topology city.yaml', {
    zh: '启动网络，就绪后返回',
    en: 'start the network and wait until it is ready',
  })
    .option(...topologyOption)
    .addOption(engineOption(program))
    .option(...binDirOption)
    .option('--foreground', {
      zh: '在前台运行，Ctrl-C 结束',
      en: 'stay in the foreground until Ctrl-C',
    })
    .action(run(program, () => up));
}

function addStateCommands(root: SpokenCommand, program: Program): void {
  addCommand(root, 'down', { zh: '停止网络', en: 'stop the network' }).action(
    run(program, () => down),
  );
  addCommand(root, 'status --json', {
    zh: '查看运行状态（没有运行，或者有异常时退出码为 1）',
    en: 'say what runs, and how (exit 1 when nothing does or something is not well)',
  })
    .option(...watchOption)
    .action(run(program, () => status));
  addCommand(root, 'reset --force', {
    zh: '清除目录中的密钥、账本和身份',
    en: 'remove keys, chain and identities of the folder',
  })
    .option('--force', { zh: '正在运行的，先停止', en: 'stop the network first when it runs' })
    .action(run(program, () => reset));
}

function addTopologyCommands(root: SpokenCommand, program: Program): void {
  const topology = root.command('topology').description({ zh: '拓扑文件', en: 'topology files' });
  addCommand(topology, 'topology validate city.yaml', {
    zh: '检查拓扑文件（有误时退出码为 1）',
    en: 'check a topology file (exit 1 when it is not valid)',
  })
    .argument('<file>')
    .action(run(program, () => validateTopology));
  addCommand(topology, 'topology show city.yaml', {
    zh: '以 Mermaid 流程图画出拓扑',
    en: 'draw a topology as a Mermaid flowchart',
  })
    .argument('[file]')
    .action(run(program, () => showTopology));
}

function addBlockCommands(root: SpokenCommand, program: Program): void {
  const blocks = root
    .command('blocks')
    .description({ zh: '账本的区块', en: 'the blocks of the chain' });
  addCommand(blocks, 'blocks export --out ./blocks --from 10', {
    zh: '把各区块写成“编号.block”文件（原始 common.Block）',
    en: 'write every block as <number>.block (raw common.Block)',
  })
    .requiredOption('--out <folder>', { zh: '写入的目录', en: 'folder to write' })
    .option(
      '--from <number>',
      { zh: '起始区块（缺省 0）', en: 'first block (default: 0)' },
      blockNumber,
    )
    .option('--department <id>', {
      zh: '向哪个部门的节点读取（真实 Fabric 网络）',
      en: 'whose peer to ask, of a network of native nodes',
    })
    .action(run(program, () => exportChain));
}

function addChaincodeCommands(root: SpokenCommand, program: Program): void {
  const chaincode = root.command('chaincode').description({
    zh: '链码：升级、批准、提交，或者单独运行一个链码包',
    en: 'the chaincode: upgrade, approve, commit it; or run a package by itself',
  });
  addUpgradeCommand(chaincode, program);
  addAgreementCommands(chaincode, program);
  addRunCommand(chaincode, program);
}

function addRunCommand(chaincode: SpokenCommand, program: Program): void {
  const command = addCommand(
    chaincode,
    "chaincode run ./my-contract --name basic --policy \"OR('Org1MSP.peer', 'Org2MSP.peer')\"",
    {
      zh: '在单独的嵌入式网络上运行一个链码包，Ctrl-C 结束',
      en: 'run a chaincode package on an embedded network of its own, until Ctrl-C',
    },
  ).argument('[folder]', {
    zh: '含 fabric-shim 的链码包目录；有 --address 时不需要',
    en: 'package with fabric-shim; not needed with --address',
  });
  for (const [flags, words, standard] of runOptions) {
    command.option(flags, words, standard);
  }
  command
    .option(
      '--orgs <number>',
      { zh: '部门数，1 至 9', en: 'number of departments, 1 to 9' },
      wholeNumber(1, 9),
      2,
    )
    .action(run(program, async () => (await import('./node/run-chaincode.js')).runChaincode));
}

const collectionsOption = [
  '--collections <file>',
  {
    zh: '专用数据区的定义，格式同 Fabric 的 --collections-config',
    en: "private data collections, as Fabric's --collections-config",
  },
] as const;
const policyOption = [
  '--policy <rule>',
  { zh: '背书策略，按 Fabric 的写法', en: "endorsement policy in Fabric's language" },
] as const;
/** Of `chaincode run`: what is typed, in words, what it is without. */
const runOptions: readonly (readonly [flags: string, words: Words, standard?: string])[] = [
  ['--name <name>', { zh: '通道上的链码名', en: 'chaincode name on the channel' }, 'basic'],
  ['--version <version>', { zh: '链码版本', en: 'chaincode version' }, '1.0'],
  ['--channel <name>', { zh: '通道名', en: 'channel name' }, 'mychannel'],
  collectionsOption,
  policyOption,
  ['--init-required', { zh: '首次调用须为初始化调用', en: 'the first call must be the init call' }],
  [
    '--address <host:port>',
    { zh: '已在运行的链码服务地址', en: 'a chaincode server that runs already' },
  ],
  [
    '--package-id <id>',
    { zh: '该服务启动时的 --chaincode-id', en: 'the --chaincode-id that server was started with' },
  ],
];
const sectionOption = [
  '--topology <file>',
  {
    zh: '取其中的链码部分（缺省为目录自己的）',
    en: "take its chaincode section (default: the folder's own)",
  },
] as const;

function addUpgradeCommand(chaincode: SpokenCommand, program: Program): void {
  addCommand(chaincode, 'chaincode upgrade --version 0.2.0', {
    zh: '在运行中的真实 Fabric 网络上部署下一版链码',
    en: 'bring the next sequence onto a running network of native nodes',
  })
    .option('--topology <file>', { zh: '取其中的链码部分', en: 'take its chaincode section' })
    .option('--version <version>', { zh: '新版本', en: 'the new version' })
    .option('--label <label>', { zh: '链码包的新标签', en: 'the new label of the package' })
    .option('--path <folder>', { zh: '所运行链码包的目录', en: 'folder of the package to run' })
    .option(...policyOption)
    .option(...collectionsOption)
    .option(
      '--sequence <number>',
      { zh: '序号，缺省为下一个', en: 'default: the next' },
      wholeNumber(1, 999_999_999),
    )
    .action(
      run(program, async () => (await import('./node/chaincode-commands.js')).upgradeChaincode),
    );
}

/** Commands by which departments with nodes of their own agree on the next definition of the chaincode. */
function addAgreementCommands(chaincode: SpokenCommand, program: Program): void {
  addCommand(chaincode, 'chaincode approve --department hrss --topology city.yaml', {
    zh: '一个部门在自己的节点批准拓扑所载的链码定义',
    en: "one department's own approval, at its own peer, of what the topology says",
  })
    .requiredOption('--department <id>', { zh: '哪个部门的节点', en: 'whose peer' })
    .option('--as <user>', {
      zh: '由谁签名（缺省为该部门管理员）',
      en: "who signs (default: the department's administrator)",
    })
    .option(...sectionOption)
    .action(
      run(program, async () => (await import('./node/chaincode-commands.js')).approveChaincode),
    );
  addCommand(chaincode, 'chaincode commit --topology city.yaml', {
    zh: '提交各部门已批准的链码定义',
    en: 'commit what the departments have approved',
  })
    .option(...sectionOption)
    .action(
      run(program, async () => (await import('./node/chaincode-commands.js')).commitChaincode),
    );
  addCommand(chaincode, 'chaincode approvals --dir ./city', approvalsWords).action(
    run(program, async () => (await import('./node/approvals.js')).printApprovals),
  );
}

function addFabricCommands(root: SpokenCommand, program: Program): void {
  const fabric = root.command('fabric').description({
    zh: 'Hyperledger Fabric 程序',
    en: 'the native binaries of Hyperledger Fabric',
  });
  addInstallCommand(fabric, program);
  addCommand(fabric, 'fabric doctor --topology city.yaml', {
    zh: '检查本机运行真实 Fabric 节点所缺（有缺时退出码为 1）',
    en: 'say what native nodes lack here (exit 1 if anything)',
  })
    .option(...topologyOption)
    .option('--bin-dir <folder>', {
      zh: '检查该目录中的程序',
      en: 'look at the binaries of a folder',
    })
    .action(run(program, async () => (await import('./node/fabric-commands.js')).doctor));
}

function addInstallCommand(fabric: SpokenCommand, program: Program): void {
  const archive = new Option(
    '--archive <file>',
    program.say({ zh: '另行取得的安装包', en: 'the release archive, fetched before' }),
  );
  const binDir = new Option(
    '--bin-dir <folder>',
    program.say({ zh: '使用该目录中的程序', en: 'use the binaries of a folder' }),
  );
  addCommand(fabric, 'fabric install --mirror https://mirror.example/fabric/v3.1.5', {
    zh: '把官方安装包解开到本用户的缓存目录，各项目共用',
    en: 'put the official release into the cache of this user, for all projects',
  })
    .addOption(archive.conflicts('mirror'))
    .option(
      '--mirror <url>',
      { zh: '存放安装包的目录的网址', en: 'address of a folder with the release archives' },
      webAddress,
    )
    .option(
      '--sha256 <hex>',
      { zh: '非官方安装包的 SHA-256', en: 'SHA-256 of an archive that is not the official one' },
      sha256,
    )
    .addOption(binDir.conflicts(['archive', 'mirror', 'sha256']))
    .action(run(program, async () => (await import('./node/fabric-commands.js')).installRelease));
}

function blockNumber(text: string): bigint {
  if (!/^[0-9]{1,18}$/.test(text))
    throw new InvalidValueError({ zh: '须为区块号，0 或者更大', en: 'a block number, 0 or more' });
  return BigInt(text);
}

function sha256(text: string): string {
  if (!/^[0-9a-fA-F]{64}$/.test(text))
    throw new InvalidValueError({ zh: '须为 64 位十六进制数字', en: '64 hex digits' });
  return text;
}

function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const fits = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '';
  if (!fits)
    throw new InvalidValueError({
      zh: '须为 http 或者 https 地址，不含用户名',
      en: 'an http or https address without a user name',
    });
  return text;
}
