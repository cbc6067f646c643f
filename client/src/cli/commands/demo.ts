import { join } from 'node:path';
import type { Command } from 'commander';
import type { Identities } from '../../demo/cast.js';
import { loadDemo } from '../../demo/load.js';
import type { StoryStep } from '../../demo/narrator.js';
import { runStory, type Story } from '../../demo/story.js';
import { readIdentityFolder } from '../../identity/folder.js';
import { gatewayOf, type GlobalOptions } from '../caller.js';
import { localTime } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';

interface DemoValues extends GlobalOptions {
  readonly identities?: string;
  readonly verbose?: boolean;
}

export function addDemo(program: Command, terminal: Terminal): void {
  const group = program.command('demo').description('演示 the demo: data and story');
  const load = group
    .command('load')
    .description('装载演示数据，已有的不动 load the demo data; what is there stays')
    .addHelpText('after', '\n示例 example:\n  $ yici demo load');
  const run = group
    .command('run')
    .description(
      '装载数据并演示部门间办事的几幕 load the data, then play acts of what departments do with one another',
    )
    .addHelpText('after', '\n示例 example:\n  $ yici demo run --gateway http://127.0.0.1:8080');
  for (const command of [load, run]) {
    command.option(
      '--identities <folder>',
      '各角色身份目录 folder with one identity folder a user',
      '.yici/identities',
    );
    command.option('--verbose', '逐笔列出装载的数据 list every write of the data');
  }
  load.action(async () => {
    await loadCommand(terminal, load.optsWithGlobals());
  });
  run.action(async () => {
    await runCommand(terminal, run.optsWithGlobals());
  });
}

async function loadCommand(terminal: Terminal, values: DemoValues): Promise<void> {
  const { writes } = await load(terminal, values);
  if (values.json === true) terminal.out(JSON.stringify({ writes }));
  else
    terminal.out(
      writes === 0
        ? '演示数据已在账本上 the demo data is on the ledger already'
        : `已装载 loaded: ${writes} 笔 writes`,
    );
}

async function runCommand(terminal: Terminal, values: DemoValues): Promise<void> {
  // `npm start` reports ready before the demo data are loaded: wait for them.
  await load(terminal, values, true);
  const story = await runStory({
    baseUrl: gatewayOf(terminal, values),
    identities: identitiesIn(values),
    onStep: (step) => {
      if (values.json !== true) for (const line of stepLines(step)) terminal.out(line);
    },
  });
  if (values.json === true) terminal.out(JSON.stringify(story));
  else for (const line of closing(story)) terminal.out(line);
}

/** Shows a single progress line instead of two hundred, unless all were requested. */
async function load(terminal: Terminal, values: DemoValues, patient = false) {
  let writes = 0;
  const baseUrl = gatewayOf(terminal, values);
  try {
    return await loadDemo({
      baseUrl,
      identities: identitiesIn(values),
      patient,
      onWait: (line) => {
        if (values.verbose === true) terminal.note(line);
        else terminal.progress(line);
      },
      onProgress: (line) => {
        writes += 1;
        if (values.verbose === true) terminal.note(line);
        else terminal.progress(`装载演示数据 loading the demo data: ${writes}  ${line}`);
      },
    });
  } finally {
    terminal.progress(undefined);
  }
}

function identitiesIn({ identities = '.yici/identities' }: DemoValues): Identities {
  return (user) => readIdentityFolder(join(identities, user));
}

function stepLines(step: StoryStep): string[] {
  switch (step.kind) {
    case 'heading':
      return ['', `━━ ${step.text}`];
    case 'done':
      return doneLines(step);
    case 'refused':
      return [
        `✗ ${step.rule} 违规被拒 refused: ${step.text}  ${step.command} (${step.user})`,
        `    ${step.code} ${step.sentence} · ${step.basis.zh} ${step.basis.en}`,
      ];
    case 'checked':
      return [`✓ ${step.text}`];
  }
}

function doneLines(step: Extract<StoryStep, { kind: 'done' }>): string[] {
  const facts = [
    `签名 signed by ${step.signer}`,
    `区块 block ${step.block}`,
    `交易 tx ${step.txId.slice(0, 12)}…`,
    ...(step.due ? [`到期 due ${step.due.on}（${step.due.what}）`] : []),
  ];
  const open = (step.open ?? []).map(
    ({ id, department, startedAt = '', dueOn = '-' }) =>
      `    ⌛ 待会办 opinion of ${department} on "${id}": 自 since ${localTime(startedAt)}, 到期 due ${dueOn}`,
  );
  return [`✓ ${step.text}  ${step.command}`, `    ${facts.join(' · ')}`, ...open];
}

function closing({ steps, cases }: Story): string[] {
  const done = steps.filter((step) => step.kind === 'done');
  const refused = steps.filter((step) => step.kind === 'refused');
  const attested = done.filter((step) => step.command === 'attestation.issue');
  const signers = new Set(done.map((step) => step.user.split('.')[0]));
  return [
    '',
    `完成 done: ${cases.length} 件办件 cases, ${done.length} 笔写入 writes by ${signers.size} 个部门 departments, ` +
      `${attested.length} 份材料免交 materials attested instead of asked for, ${refused.length} 次违规被拒 illegal attempts refused.`,
    ...cases.map((caseNo) => `  yici case show ${caseNo}`),
  ];
}
