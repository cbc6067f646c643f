import { randomUUID } from 'node:crypto';
import { signoffChain, type SignoffChain, type SignoffView } from '@yici/api';
import { commands, roles, roleWords } from '@yici/domain/model';
import { codeOf, type Say, type SpokenCommand as Command } from '@yici/terminal';
import type { SignoffStep } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import { presentChains, presentSignoff, signoffColumns, stepLines } from '../../present/signoff.js';
import { actText } from '../../present/words.js';
import { readJson, type Terminal } from '../../terminal/terminal.js';
import { withCaller, type Caller, type GlobalOptions } from '../caller.js';
import { checkInput, readForm, type OptionValues } from '../form/values.js';
import { writeNew } from '../new-file.js';
import { commandOf } from '../next/line.js';
import { lists, reads, textOption, type ReadValues, type Shown } from '../read/read.js';
import type { Input } from '../spec/prepare.js';
import { changeNote, draftAsked, draftNote, interactive } from '../write/asked.js';
import { sendCommand } from '../write/send.js';
import { writeSpec } from '../spec/spec.js';
import { openVault } from '../write/vault.js';
import { withSealedWords } from './draft.js';
import { addVerify } from './signoff-verify.js';
import { showsExample } from '../next/example-words.js';

const sample = 'sgn_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';

/** 拟办、审核、签发: what a department does before one act of it is signed. Only the last step reaches the ledger. */
export function addSignoffs(program: Command, terminal: Terminal): void {
  const group = program.command('signoff').description({
    zh: '拟办、审核、签发（部门内部，过程不上链）',
    en: 'sign-off inside the department',
  });
  addChains(group, terminal);
  addDraft(group, terminal);
  lists(group.command('list'), terminal, {
    read: 'signoffs.list',
    columns: signoffColumns,
    description: { zh: '本部门的审签件', en: 'those that you take part in' },
    example: 'yici signoff list --waiting',
  });
  addShow(group, terminal);
  addReview(group, terminal);
  addIssue(group, terminal);
  addVerify(group, terminal);
}

function addChains(group: Command, terminal: Terminal): void {
  const shown = group
    .command('chains')
    .description({ zh: '本部门的审签流程', en: 'the chains that acts go through' });
  reads(shown, terminal, async ({ client, say }) => {
    const chains = await client.read('signoffs.chains', {});
    return { json: chains, lines: presentChains(chains, say) };
  });
  showsExample(shown, 'yici signoff chains');
  addConfigure(group, terminal);
}

/** For all acts that have no chain of their own. */
const everyOther = '*';

function addConfigure(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  const offices = say({ zh: '<角色:科室...>', en: '<role:section...>' });
  const set = group
    .command(say({ zh: 'configure <命令>', en: 'configure <command>' }))
    .description({
      zh: '设定一项命令的审签流程，即日起执行（* 为其余各项）。办理角色：管理员',
      en: 'set the chain of an act from today on (*: all others). Roles: administrator',
    })
    .option(`--level ${offices}`, {
      zh: '各级，拟办在前、签发在后',
      en: 'levels, the drafter first and the issuer last',
    })
    .option('--none', { zh: '此命令不需审签', en: 'no sign-off for this act' })
    .option('--remove', { zh: '取消本项设定', en: 'take this entry away' })
    .option('--one-person', { zh: '一人可办多级', en: 'one person may act at several levels' })
    .option(`--direct ${offices}`, {
      zh: '可不经流程直接办理的岗位',
      en: 'who may act without it',
    });
  reads(set, terminal, async ({ client, say }, [given = ''], values) => {
    const command = given === everyOther ? given : commandOf(given);
    const { version, chains } = await client.read('signoffs.chains', {});
    const others = chains.filter((one) => one.command !== command);
    const own = values['remove'] === true ? [] : [chainOf(command, values)];
    const next = await client.setSignoffChains({ version, chains: [...others, ...own] });
    return { json: next, lines: presentChains(next, say) };
  });
  showsExample(
    set,
    'yici signoff configure 作出决定 --level 经办人:编制科 负责人:编制科 负责人:局领导',
  );
}

/** @throws ClientError USAGE */
function chainOf(command: string, values: ReadValues): SignoffChain {
  const levels = values['none'] === true ? [] : officesIn(values['level']);
  const direct = officesIn(values['direct']);
  const made = signoffChain.safeParse({
    ...{ command, levels },
    ...(values['onePerson'] === true && { onePerson: true }),
    ...(direct.length > 0 && { direct }),
  });
  if (made.success && (levels.length > 0 || values['none'] === true)) return made.data;
  const message = {
    zh: '--level 须为二至四级，如 经办人:编制科 负责人:局领导；不需审签的用 --none。',
    en: '--level takes two to four levels, as clerk:registry head:directors; --none is for acts without.',
  };
  throw new ClientError('USAGE', message);
}

function officesIn(given: unknown): { role: string; section?: string }[] {
  const texts = Array.isArray(given) ? given.map(String) : [];
  return texts.map((text) => {
    const [given = '', section] = text.split(/[:：]/);
    const role = codeOf(given, roles, roleWords) ?? given;
    return section === undefined ? { role } : { role, section };
  });
}

const withContent = (command: Command): Command => {
  return withUnder(
    command
      .option(
        { zh: '--file <文件>', en: '--file <path>' },
        { zh: '输入（JSON），所给字段替换原有', en: 'input as JSON; its fields replace' },
      )
      .option(
        { zh: '--set <字段=值...>', en: '--set <field=value...>' },
        {
          zh: '修改字段；文书字段填文字，文件写作 @文件',
          en: 'change a field, as answer=agree; a document is words, or @file',
        },
      )
      .option({ zh: '--comment <意见>', en: '--comment <text>' }, { zh: '意见', en: 'a comment' }),
  );
};

const withUnder = (command: Command): Command =>
  command.option(
    { zh: '--under <委托编号>', en: '--under <delegationId>' },
    { zh: '代岗委托，以不在岗人员的角色办理', en: 'stand in for an absent official' },
  );

const ofSignoff = (verb: string, say: Say): string =>
  say({ zh: `${verb} <编号>`, en: `${verb} <id>` });

function addDraft(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  const made = withContent(group.command(say({ zh: 'draft <命令>', en: 'draft <command>' })))
    .description({ zh: '拟办：起草并送审', en: 'draft an act and pass it on' })
    .addOption(interactive(say(draftNote)))
    .option(
      { zh: '--draft <编号>', en: '--draft <id>' },
      { zh: '取自草稿（yici draft）', en: 'take the input of a draft (yici draft)' },
    )
    .option({ zh: '--title <事由>', en: '--title <text>' }, { zh: '事由', en: 'title' })
    .option('--idempotency-key <key>', {
      zh: '重复提交只生效一次',
      en: 'a repeat has the first outcome',
    });
  reads(made, terminal, async (caller, [given = ''], values) => {
    const { client, say } = caller;
    const command = commandOf(given);
    const draft = textOption(values, 'draft');
    const model = draft === undefined ? undefined : await client.read('drafts.get', { id: draft });
    const { comment, under } = spoken(values);
    const content = await changed(terminal, values, model?.input ?? {});
    const input = await draftAsked(command, content, { caller, values, terminal });
    const title = textOption(values, 'title') ?? model?.title ?? say(actText(command));
    const key = textOption(values, 'idempotencyKey') ?? randomUUID();
    const body = { command, title, input, ...comment, ...under };
    return presented(await client.beginSignoff(body, key), say);
  });
  showsExample(
    made,
    'yici signoff draft 作出决定 --title 批复 --comment 拟同意 --interactive',
    'yici signoff draft 作出决定 --title 批复 --file decision.json --comment 拟同意',
  );
}

function addShow(group: Command, terminal: Terminal): void {
  const shown = group
    .command(ofSignoff('show', terminal.say))
    .description({
      zh: '一份审签件：内容、过程、各步改动',
      en: 'one with every step and what it changed',
    })
    .option(
      { zh: '--out <文件>', en: '--out <file>' },
      { zh: '另存全部过程，供审计核对', en: 'keep it in a new file, for an auditor' },
    );
  reads(shown, terminal, async ({ client, say, session }, [id = ''], values) => {
    const view = await client.read('signoffs.get', { id });
    const out = textOption(values, 'out');
    if (out !== undefined) await writeNew(out, Buffer.from(`${JSON.stringify(view)}\n`, 'utf8'));
    const { json, lines } = presented(view, say);
    return { json, lines: [...lines, ...stepLines(view, session, say)] };
  });
  showsExample(shown, `yici signoff show ${sample}`);
}

/** Each is about the version that was read, so that nobody approves what was not read. */
const ofVersion = (command: Command): Command =>
  command.requiredOption(
    { zh: '--of-version <版本>', en: '--of-version <number>' },
    { zh: '所读的版本', en: 'the version that was read' },
    Number,
  );

function addReview(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  const approve = ofVersion(withContent(group.command(ofSignoff('approve', say))))
    .description({ zh: '审核同意，送下一级', en: 'approve it, with what you change' })
    .addOption(interactive(say(changeNote)));
  reads(approve, terminal, async (caller, [id = ''], values) => {
    const { client, say } = caller;
    const step = await stepOf(id, { caller, values, terminal });
    return presented(await client.stepSignoff(id, 'approve', step), say);
  });
  showsExample(
    approve,
    `yici signoff approve ${sample} --of-version 1 --interactive`,
    `yici signoff approve ${sample} --of-version 1 --comment 同意 --set answer=agree`,
  );
  addReturn(group, terminal);
  addWithdraw(group, terminal);
}

function addReturn(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  const back = withUnder(
    ofVersion(group.command(ofSignoff('return', say)))
      .description({ zh: '退回上一级或者拟办人', en: 'give it back' })
      .requiredOption(
        { zh: '--comment <理由>', en: '--comment <text>' },
        { zh: '退回理由', en: 'the reason' },
      )
      .option('--to-drafter', { zh: '退回拟办人', en: 'to the drafter, else to the level before' }),
  );
  reads(back, terminal, async ({ client, say }, [id = ''], values) => {
    const to = values['toDrafter'] === true ? ('drafter' as const) : ('before' as const);
    const { comment, under } = spoken(values);
    const version = Number(values['ofVersion']);
    const step = { version, to, ...comment, ...under };
    return presented(await client.stepSignoff(id, 'return', step), say);
  });
  showsExample(back, `yici signoff return ${sample} --of-version 2 --comment 依据不全`);
}

function addWithdraw(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  const gone = ofVersion(group.command(ofSignoff('withdraw', say))).description({
    zh: '拟办人撤回，不可复原',
    en: 'the drafter takes it back for good',
  });
  reads(gone, terminal, async ({ client }, [id = ''], values) => {
    await client.withdrawSignoff(id, Number(values['ofVersion']));
    return { json: { id }, lines: [{ zh: `✓ 已撤回 ${id}`, en: `✓ withdrawn: ${id}` }] };
  });
  showsExample(gone, `yici signoff withdraw ${sample} --of-version 3`);
}

async function stepOf(id: string, running: Reviewing): Promise<SignoffStep> {
  const { caller, values } = running;
  const { comment, under } = spoken(values);
  const step = { version: Number(values['ofVersion']), ...comment, ...under };
  if (!isChanged(values)) return step;
  return {
    ...step,
    input: await rewritten(await caller.client.read('signoffs.get', { id }), running),
  };
}

interface Reviewing {
  readonly caller: Caller;
  readonly values: ReadValues & OptionValues;
  readonly terminal: Terminal;
}

/** Whether whoever reviews changes what was drafted. */
const isChanged = (values: ReadValues): boolean =>
  ['file', 'set', 'interactive'].some((option) => values[option] !== undefined);

/** What was drafted, as whoever reviews it changes it. @throws ClientError USAGE */
async function rewritten(view: SignoffView, running: Reviewing): Promise<Input> {
  const { values, terminal } = running;
  const given = await changed(terminal, values, view.input);
  return draftAsked(commandOf(view.command), given, { ...running, before: view.input });
}

/** Signs the act itself, with the sign-off that it went through. */
function addIssue(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  const issue = ofVersion(withContent(group.command(ofSignoff('issue', say))))
    .description({ zh: '签发：以本人名义签名上链', en: 'sign the act itself, in your own name' })
    .addOption(interactive(say(changeNote)))
    .option(say({ zh: '--values <文件>', en: '--values <file>' }), {
      zh: '拟办人交来的字段值文件，与命令一并送出，不上链',
      en: 'the file of values that the drafter handed over: they travel beside the act, off the ledger',
    });
  issue.action(async (id: string) => {
    const values = issue.optsWithGlobals<GlobalOptions & OptionValues>();
    await withCaller(terminal, values, async (caller) => {
      const handed = await handedValues(terminal, values);
      const view = await issued(id, { caller, values, terminal });
      const { input, signoff, version } = view;
      const { under } = spoken(values);
      const idempotencyKey = `signoff-${id}-${String(version)}`;
      const running = { caller, values: { ...values, idempotencyKey }, terminal };
      await sendCommand(
        commandOf(view.command),
        { ...input, ...under, ...handed, signoff },
        running,
      );
    });
  });
  showsExample(
    issue,
    `yici signoff issue ${sample} --of-version 3`,
    `yici signoff issue ${sample} --of-version 3 --interactive`,
  );
}

/** The sign-off with its last step; what an earlier run issued is only sent. */
async function issued(id: string, running: Reviewing): Promise<SignoffView> {
  const { caller, values, terminal } = running;
  const { client } = caller;
  const view = await client.read('signoffs.get', { id });
  const version = Number(values['ofVersion']);
  const sentBefore = view.state !== 'open' && view.version >= version;
  if (sentBefore && !isChanged(values)) return view;
  const name = commandOf(view.command);
  const written = await rewritten(view, running);
  const sealed = await withSealedWords(name, written, openVault(terminal));
  const input = (await writeSpec(name).prepare?.run(sealed, {}, client)) ?? sealed;
  checkInput(input, { schema: commands[name].input, later: commands[name].issued });
  const { comment, under } = spoken(values);
  return client.stepSignoff(id, 'issue', { version, input: { ...input }, ...comment, ...under });
}

function spoken(values: ReadValues) {
  const [comment, under] = [textOption(values, 'comment'), textOption(values, 'under')];
  return {
    comment: comment === undefined ? {} : { comment },
    under: under === undefined ? {} : { under },
  };
}

/** The input with what `--file` and `--set` replace. @throws ClientError USAGE */
async function changed(terminal: Terminal, values: ReadValues, input: Input) {
  const { set } = values;
  const file = textOption(values, 'file');
  const vault = openVault(terminal);
  const given = file === undefined ? {} : await readForm([], { file }, vault);
  const pairs = Array.isArray(set) ? set.map((pair) => pairOf(String(pair))) : [];
  return { ...input, ...given, ...Object.fromEntries(pairs) };
}

/** The values behind an act's digests, as a console saves them for whoever signs: no sign-off has them. @throws ClientError USAGE */
async function handedValues(terminal: Terminal, values: ReadValues): Promise<Input> {
  const file = textOption(values, 'values');
  if (file === undefined) return {};
  const { private: schema } = commands['sharing.deliver'];
  const given = schema?.safeParse(await readJson(terminal, file));
  if (given?.success === true) return { private: given.data };
  throw new ClientError('USAGE', {
    zh: `${file} 不是字段值文件：请使用拟办人在控制台保存的文件。`,
    en: `${file} is no file of values: give the one that the drafter saved from the console.`,
  });
}

function pairOf(pair: string): readonly [string, unknown] {
  const at = pair.indexOf('=');
  if (at < 1) {
    throw new ClientError('USAGE', {
      zh: `--set 应写作 字段=值，不是“${pair}”。`,
      en: `--set is written field=value, not "${pair}".`,
    });
  }
  const text = pair.slice(at + 1);
  try {
    return [pair.slice(0, at), JSON.parse(text)];
  } catch {
    return [pair.slice(0, at), text];
  }
}

const presented = (view: SignoffView, say: Say): Shown => ({
  json: view,
  lines: presentSignoff(view, say),
});
