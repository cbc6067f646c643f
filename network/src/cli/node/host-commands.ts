import type { SpokenCommand } from '@yici/terminal';
import type { Words } from '@yici/domain/model';
import { unitName } from '../../render/units.js';
import type { Agreement } from '../../render/agree.js';
import { besideWords } from '../../render/gateway-file.js';
import type { RenderOptions } from '../../render/render.js';
import { addBackupCommands } from './backup-commands.js';
import { addCommand, run, type Program } from '../context.js';
import { binDirOption, nodesOption, topologyOption } from '../options.js';
import type { CommandContext, TopologyOption } from '../context.js';
import { genesisText } from './describe.js';
import { chaincodeText, nodeLines } from './status.js';
import { watching, watchOption, type WatchOption } from './watch.js';

type RenderCommandOptions = TopologyOption & Omit<RenderOptions, 'directory' | 'topologyFile'>;

/** Commands for a department on its own host: the host's folder, its nodes. */
export function addHostCommands(root: SpokenCommand, program: Program): void {
  addRenderCommand(root, program);
  addNodeCommands(root, program);
}

/** Of `render`: what is typed, in words, what it is without. */
const renderOptions: readonly (readonly [flags: string, words: Words, standard?: string])[] = [
  [
    '--genesis <file>',
    {
      zh: '已有网络的创世区块（后来加入的部门须指明）',
      en: 'first block of a network that exists, for a department that joins it later',
    },
  ],
  [
    '--bin-dir <folder>',
    {
      zh: '本机的 Fabric 程序目录，取其示例配置',
      en: "Fabric's binaries here, for their sample settings",
    },
  ],
  [
    '--at <folder>',
    {
      zh: '该目录在主机上的位置（缺省为写入的位置）',
      en: 'where the folder will be on that host (default: where it is written)',
    },
  ],
  [
    '--fabric <folder>',
    {
      zh: '主机上的 Fabric 安装目录（缺省同本机）',
      en: "Fabric's release on that host (default: as here)",
    },
  ],
  [
    '--program <folder>',
    { zh: '主机上的本项目（缺省同本机）', en: 'this project on that host (default: as here)' },
  ],
  [
    '--node <file>',
    { zh: '主机上的 Node（缺省同本机）', en: 'Node on that host (default: as here)' },
  ],
  [
    '--user <name>',
    { zh: '主机上运行服务的系统用户', en: 'system user that runs the services there' },
    'yici',
  ],
];

function addRenderCommand(root: SpokenCommand, program: Program): void {
  const command = addCommand(
    root,
    'render --department hrss --out ./hrss-host --at /var/lib/yici',
    {
      zh: '写出一个部门在自己主机上所需的内容，不含其他部门的密钥',
      en: 'write what one department needs on its own host, and no key of another',
    },
  )
    .requiredOption('--department <id>', { zh: '哪个部门的主机', en: 'whose host' })
    .requiredOption('--out <folder>', { zh: '写入的目录', en: 'folder to write' })
    .option(...topologyOption);
  for (const [flags, words, standard] of renderOptions) {
    command.option(flags, words, standard);
  }
  command.action(run(program, () => render));
}

async function render(
  { folder, output }: CommandContext,
  { topology: topologyFile, ...options }: RenderCommandOptions,
): Promise<void> {
  const { renderDepartment } = await import('../../render/render.js');
  const report = renderDepartment({ ...options, topologyFile, directory: folder.root });
  output.result(report, [
    {
      zh: `${report.department} 的内容已写入 ${report.out}，文件 ${report.files.length} 个。下一步：见其中的 INSTRUCTIONS.md。`,
      en: `${report.department} is in ${report.out}, ${report.files.length} files. Next: INSTRUCTIONS.en.md in it.`,
    },
    genesisText(report.genesisHash),
    ...(report.genesisMade ? [madeWords] : []),
    ...(report.gatewayBeside === undefined ? [] : [besideWords(report.gatewayBeside)]),
  ]);
}

/** Nothing tells here whether a network exists that was rendered from another folder. */
const madeWords: Words = {
  zh: '创世区块由目录中的证书生成，保存在密钥目录中，以后各次 render 均用此区块；各部门须得到同一哈希。网络已在运行的，请勿使用：从密钥目录中删除 genesis.block，用 --genesis 指明网络的创世区块，写入另一目录。',
  en: 'The genesis block was made here, of the certificates, and is kept with the keys: every later render takes this one. All departments must have this hash. If the network runs already, do not use it: remove genesis.block from the folder with the keys, name the network’s own with --genesis, and another folder.',
};

function addNodeCommands(root: SpokenCommand, program: Program): void {
  const node = root.command('node').description({
    zh: '一个部门在自己主机上的节点（render 写出的目录）',
    en: "one department's nodes on its own host, in a folder made by render",
  });
  addCommand(node, 'node up --dir /var/lib/yici', {
    zh: '启动节点并加入通道，Ctrl-C 结束',
    en: 'start them, let them join and stay until Ctrl-C',
  })
    .option(...binDirOption)
    .option(...snapshotOption)
    .action(run(program, async () => (await import('./run-host.js')).runHost));
  addStepCommands(node, program);
  addBackupCommands(node, program);
}

/** What is done with nodes that run. */
function addStepCommands(node: SpokenCommand, program: Program): void {
  const add = (name: string, description: Words) =>
    addCommand(node, `node ${name} --dir /var/lib/yici`, description);
  add('join', { zh: '让已在运行的节点加入通道', en: 'let nodes that run already join the channel' })
    .option(...snapshotOption)
    .action(run(program, () => join));
  add('snapshot', {
    zh: '由本部门的对等节点写一份快照，其他部门的新节点可以由此开始，不必从创世区块读起',
    en: "have the own peer write a snapshot, from which another department's new peer can begin instead of with block 0",
  }).action(run(program, () => snapshot));
  addChaincodeSteps(add, program);
  add('msp', {
    zh: '使本部门各节点的 MSP 目录与通道配置一致（增加或者停用根证书之后），并逐个重启节点或者给出重启命令',
    en: 'make the MSP folders of the own nodes what the channel has (after a root came or went), and start them again one after the other, or say what does',
  })
    .option('--in-force <block>', {
      zh: '不向本部门节点查询，以该配置区块为准：文件，或者 blocks export 写出的目录',
      en: 'by this config block instead of asking the own peer: its file, or a folder of blocks export',
    })
    .option(...nodesOption)
    .action(run(program, async () => (await import('./msp.js')).followMspFolders));
  add('status', {
    zh: '查看节点状态（有异常时退出码为 1）',
    en: 'say how they are (exit 1 when one is not well)',
  })
    .option('--network', {
      zh: '并向其他部门节点的公开地址查询',
      en: "ask the other departments' public endpoints too",
    })
    .option(...watchOption)
    .action(run(program, () => nodeStatus));
}

/** What a department does for a chaincode. */
function addChaincodeSteps(
  add: (name: string, description: Words) => SpokenCommand,
  program: Program,
): void {
  add('approve', {
    zh: '安装链码并以本部门密钥批准',
    en: 'install the chaincode and approve it with the own key',
  }).action(run(program, () => approve));
  add('commit', {
    zh: '足够多的部门批准后提交定义',
    en: 'commit the definition when enough have approved',
  }).action(run(program, () => commit));
  add('approvals', approvalsWords).action(
    run(program, async () => (await import('./approvals.js')).printApprovals),
  );
}

/** Of the command in both its places. */
export const approvalsWords: Words = {
  zh: '查看各部门批准了哪一链码定义和链码包，以及本机的代码（不一致时退出码为 1）',
  en: 'say who approved which chaincode and package, and what the code here is (exit 1 where they differ)',
};

const snapshotOption = [
  '--snapshot <folder>',
  {
    zh: '对等节点尚未加入的，由此快照开始；节点的系统用户须能读取该目录，且不在 /tmp 中',
    en: 'a peer that has not joined begins with this snapshot; its system user must be able to read it, and it must not be in /tmp',
  },
] as const;

async function snapshot({ folder, output }: CommandContext): Promise<void> {
  const { snapshotOfOwnPeer } = await import('../../render/host.js');
  const taken = await snapshotOfOwnPeer(folder.root, output.progress);
  output.result(taken, [
    {
      zh: `快照在 ${taken.folder}，截至区块 ${taken.lastBlock}，其哈希 ${taken.lastBlockHash}。`,
      en: `The snapshot is in ${taken.folder}, up to block ${taken.lastBlock}, whose hash is ${taken.lastBlockHash}.`,
    },
    {
      zh: '其中没有区块和专用数据。使用之前，请向第三个部门核对该区块的哈希。',
      en: 'It has no blocks and no private values. Before it is used, compare that hash with a third department.',
    },
  ]);
}

async function join(
  { folder, output }: CommandContext,
  { snapshot: from }: { readonly snapshot?: string },
): Promise<void> {
  const { joinChannel } = await import('../../render/host.js');
  const { department, topology } = await joinChannel(folder.root, output.progress, from);
  const { channel } = topology;
  output.result(
    { department: department.id, channel },
    {
      zh: `${department.id} 的节点已加入 ${channel}。`,
      en: `The nodes of ${department.id} are in ${channel}.`,
    },
  );
}

async function approve({ folder, output }: CommandContext): Promise<void> {
  const { approveAsDepartment } = await import('../../render/agree.js');
  const done = await approveAsDepartment(folder.root, output.progress);
  output.result(done, describeAgreement(done, { zh: '已批准', en: 'has approved' }));
}

async function commit({ folder, output }: CommandContext): Promise<void> {
  const { commitAsDepartment } = await import('../../render/agree.js');
  const done = await commitAsDepartment(folder.root, output.progress);
  output.result(done, [
    describeAgreement(done, { zh: '已见提交', en: 'sees committed' }),
    ...(done.restart === true ? [restartText(done)] : []),
  ]);
}

const restartText = ({ department }: Agreement): Words => ({
  zh: `下一步：批准了的各部门以新版本重启链码（本机：systemctl restart ${unitName({ id: department }, 'chaincode')}，或者重新执行 node up）；在此之前其节点不能调用链码。`,
  en: `Next: every department that approved starts its chaincode again, as the new release (here: systemctl restart ${unitName({ id: department }, 'chaincode')}, or node up again); until then its peer cannot call it.`,
});

function describeAgreement({ department, chaincode, packageId }: Agreement, verb: Words): Words {
  const { name, version, sequence } = chaincode;
  return {
    zh: `${department} ${verb.zh} ${name} ${version}，序号 ${sequence}，链码包 ${packageId}`,
    en: `${department} ${verb.en} ${name} ${version}, sequence ${sequence}, package ${packageId}`,
  };
}

/** Prints the state of the department's nodes; returns whether all are well. */
async function nodeStatus(
  context: CommandContext,
  options: WatchOption & { readonly network?: boolean },
): Promise<boolean> {
  const { folder, output } = context;
  const { departmentStatus } = await import('../../render/host.js');
  return await watching(context, options, async () => {
    const status = await departmentStatus(folder.root, options);
    const { nodes, chaincode, well } = status;
    output.result(status, [...nodes.flatMap(nodeLines), chaincodeText(chaincode)]);
    return well;
  });
}
