import type { SpokenCommand } from '@yici/terminal';
import { channelChanges, type ChannelChange } from '../../channel/changes/index.js';
import { addCommand, run, type Program } from '../context.js';

/** Changes of the channel, each a file that goes from department to department. */
export function addChannelCommands(root: SpokenCommand, program: Program): void {
  const channel = root.command('channel').description({
    zh: '通道配置：查看、提出更改、各部门签名、提交',
    en: "the channel's configuration: show it, propose a change, sign it, submit it",
  });
  addCommand(channel, 'channel show --dir /var/lib/yici', {
    zh: '查看通道现行配置',
    en: 'show the configuration in force',
  })
    .option(...departmentOption)
    .option('--signing', {
      zh: '核对各 BFT 排序节点是否签署区块（产生若干区块；有不签署的，退出码为 1）',
      en: 'see whether each BFT consenter signs blocks (makes some; exit 1 when one does not)',
    })
    .action(run(program, async () => (await import('./show.js')).showChannel));
  const propose = channel.command('propose').description({
    zh: '提出一项更改，写成文件，交有关部门签名',
    en: 'propose a change: a file for the departments whose consent it needs',
  });
  for (const change of channelChanges) addProposal(propose, program, change);
  addSign(channel, program);
  addSubmit(channel, program);
}

const departmentOption = [
  '--department <id>',
  {
    zh: '以哪个部门的节点和管理员（目录中有多个部门时）',
    en: 'whose peer and administrator, where the folder has several',
  },
] as const;

const gatewayOption = [
  '--gateway <url>',
  {
    zh: '在该网关汇集各部门的签名；其他部门凭指纹取得更改',
    en: "gather the departments' signatures at this gateway; the others name the change by its fingerprint",
  },
] as const;

const changeWords = {
  zh: '更改文件；有 --gateway 的，也可以是指纹',
  en: 'file of the change; with --gateway also its fingerprint',
};

function addProposal(propose: SpokenCommand, program: Program, change: ChannelChange): void {
  const { name, words, example } = change;
  const command = addCommand(
    propose,
    `channel propose ${name} ${example} --out change.json`,
    words,
  );
  for (const { name: argument, kind, words: meaning } of change.arguments) {
    command.argument(kind === 'texts' ? `<${argument}...>` : `<${argument}>`, meaning);
  }
  if (change.arguments.some(({ kind }) => kind === 'certificates')) {
    command.option('--topology <file>', {
      zh: '载有该部门的拓扑文件（缺省为目录自己的）',
      en: "topology that names the department (default: the folder's own)",
    });
  }
  command
    .requiredOption('--out <file>', { zh: '写入的文件', en: 'file to write' })
    .option(...departmentOption)
    .option('--gateway <url>', {
      zh: '同时以本部门管理员签名，放到该网关，由各部门签名',
      en: "sign it too, as the own department's administrator, and bring it to this gateway for the others",
    })
    .action(run(program, async () => (await import('./propose.js')).proposal(change)));
}

function addSign(channel: SpokenCommand, program: Program): void {
  addCommand(channel, 'channel sign change.json --gateway https://ledger.hrss.example', {
    zh: '查看一项更改，以本部门管理员的密钥签名',
    en: "read a change and sign it with the key of the department's administrator",
  })
    .argument('<change>', changeWords)
    .option('--department <id...>', {
      zh: '哪个部门的管理员签名（目录中有多个部门时）',
      en: 'whose administrator signs, where the folder has several',
    })
    .option('--yes', { zh: '不再询问', en: 'do not ask' })
    .option(...gatewayOption)
    .action(run(program, async () => (await import('./sign.js')).signChange));
}

function addSubmit(channel: SpokenCommand, program: Program): void {
  addCommand(channel, 'channel submit change.json from-finance.json', {
    zh: '合并各部门的签名，提交给排序节点，等待生效（有排序节点不签署区块的，退出码为 1）',
    en: 'merge the signatures, hand the change to the orderers and wait for it (exit 1 when a consenter does not sign blocks)',
  })
    .argument('<changes...>', changeWords)
    .option(...departmentOption)
    .option(...gatewayOption)
    .action(run(program, async () => (await import('./submit.js')).submit));
}
