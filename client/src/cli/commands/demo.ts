import { join } from 'node:path';
import type { CommandName, Words } from '@yici/domain/model';
import { exampleOf, type Say, type SpokenCommand as Command } from '@yici/terminal';
import type { Identities } from '../../demo/cast.js';
import { loadDemo } from '../../demo/load.js';
import type { OpenStep, StoryStep } from '../../demo/narrator.js';
import { runStory, type Story } from '../../demo/story.js';
import { readIdentityFolder } from '../../identity/folder.js';
import { gatewayOf, withCaller, type GlobalOptions } from '../caller.js';
import { writeSpec } from '../spec/spec.js';
import { sessionText } from '../../present/committed.js';
import { localTime } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';

interface DemoValues extends GlobalOptions {
  readonly identities?: string;
  readonly verbose?: boolean;
}

export function addDemo(program: Command, terminal: Terminal): void {
  const group = program.command('demo').description({ zh: '演示', en: 'the demo: data and story' });
  const load = group
    .command('load')
    .description({ zh: '装载演示数据，已有的不动', en: 'load the demo data; what is there stays' });
  exampleOf(load, 'yici demo load');
  const run = group.command('run').description({
    zh: '装载数据并演示部门间办事',
    en: 'load the data, then play acts of what departments do with one another',
  });
  exampleOf(run, 'yici demo run --gateway http://127.0.0.1:8080');
  for (const command of [load, run]) {
    command.option(
      '--identities <folder>',
      { zh: '各角色身份目录', en: 'folder with one identity folder a user' },
      '.yici/identities',
    );
    command.option('--verbose', { zh: '逐条列出装载的数据', en: 'list every write of the data' });
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
        ? terminal.say({ zh: '演示数据已在账本上', en: 'the demo data is on the ledger already' })
        : terminal.say({ zh: `已装载 ${writes} 条记录`, en: `loaded: ${writes} writes` }),
    );
}

async function runCommand(terminal: Terminal, values: DemoValues): Promise<void> {
  // `npm start` reports ready before the demo data are loaded: wait for them.
  await load(terminal, values, true);
  const say = await knowingNames(terminal, values);
  const story = await runStory({
    baseUrl: gatewayOf(terminal, values),
    identities: identitiesIn(values),
    onStep: (step) => {
      if (values.json !== true) for (const line of stepLines(step, say)) terminal.out(line);
    },
  });
  if (values.json === true) terminal.out(JSON.stringify(story));
  else for (const line of closing(story, say)) terminal.out(line);
}

/** The language of the run, with what the ledger calls departments and steps. */
async function knowingNames(terminal: Terminal, values: DemoValues): Promise<Say> {
  const identity = join(identitiesFolder(values), 'data.clerk1');
  return withCaller(terminal, { ...values, identity }, ({ say }) => Promise.resolve(say));
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
        if (values.verbose === true) terminal.note(terminal.say(line));
        else terminal.progress(terminal.say(line));
      },
      onProgress: (line) => {
        writes += 1;
        if (values.verbose === true) terminal.note(terminal.say(line));
        else terminal.progress(terminal.say(loading(writes, terminal.say(line))));
      },
    });
  } finally {
    terminal.progress(undefined);
  }
}

const loading = (writes: number, line: string): Words => ({
  zh: `正在装载演示数据：${writes}  ${line}`,
  en: `loading the demo data: ${writes}  ${line}`,
});

const identitiesFolder = ({ identities = '.yici/identities' }: DemoValues): string => identities;

function identitiesIn(values: DemoValues): Identities {
  return (user) => readIdentityFolder(join(identitiesFolder(values), user));
}

function stepLines(step: StoryStep, say: Say): string[] {
  switch (step.kind) {
    case 'heading':
      return ['', `━━ ${say(step.text)}`];
    case 'done':
      return doneLines(step, say);
    case 'refused':
      return refusedLines(step, say);
    case 'checked':
      return [`✓ ${say(step.text)}`];
  }
}

function refusedLines(step: Extract<StoryStep, { kind: 'refused' }>, say: Say): string[] {
  const text = say(step.text);
  const what = say({
    zh: `✗ 不符合办理规则，未登记：${text}`,
    en: `✗ refused: ${text}`,
  });
  const rule = { zh: `规则 ${step.rule}`, en: `rule ${step.rule}` };
  return [
    say.aside(what, say.list([step.user, typedAs(step.command), rule])),
    `    ${step.code} ${say(step.sentence)} · ${say(step.basis)}`,
  ];
}

function doneLines(step: Extract<StoryStep, { kind: 'done' }>, say: Say): string[] {
  const { block, due } = step;
  const signer = sessionText(step.signer, say);
  const tx = `${step.txId.slice(0, 12)}…`;
  const until = due && say.aside(due.on, due.what);
  const facts = [
    { zh: `签名人 ${signer}`, en: `signed by ${signer}` },
    { zh: `区块 ${block}`, en: `block ${block}` },
    { zh: `交易 ${tx}`, en: `tx ${tx}` },
    ...(until === undefined ? [] : [{ zh: `到期 ${until}`, en: `due ${until}` }]),
  ];
  return [
    say.aside(`✓ ${say(step.text)}`, typedAs(step.command)),
    `    ${facts.map(say).join(' · ')}`,
    ...(step.open ?? []).map((one) => openLine(one, say)),
  ];
}

/** The command that does it. */
function typedAs(command: CommandName): string {
  const { group, verb } = writeSpec(command);
  return `yici ${group} ${verb}`;
}

function openLine(
  { id, taskCode, department, startedAt = '', dueOn = '-' }: OpenStep,
  say: Say,
): string {
  const since = localTime(startedAt);
  const whose = say.nameOf('department', department);
  const name = say.nameOf('matterStep', `${taskCode} ${id}`);
  return say({
    zh: `    ⌛ 待会办：${whose} 环节 ${name}，自 ${since}，到期 ${dueOn}`,
    en: `    ⌛ opinion of ${whose} on ${name}: since ${since}, due ${dueOn}`,
  });
}

function closing({ steps, cases }: Story, say: Say): string[] {
  const done = steps.filter((step) => step.kind === 'done');
  const refused = steps.filter((step) => step.kind === 'refused').length;
  const attested = done.filter((step) => step.command === 'attestation.issue').length;
  const signers = new Set(done.map((step) => step.user.split('.')[0])).size;
  return [
    '',
    say({
      zh: `完成：办件 ${cases.length} 件，${signers} 个部门登记 ${done.length} 条，免交材料 ${attested} 份，不符合办理规则未登记 ${refused} 次。`,
      en: `done: ${cases.length} cases, ${done.length} writes by ${signers} departments, ${attested} materials attested instead of asked for, ${refused} illegal attempts refused.`,
    }),
    ...cases.map((caseNo) => `  yici case show ${caseNo}`),
  ];
}
