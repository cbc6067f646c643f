import { draftKinds, draftKindWords, type DraftLine, type DraftView } from '@yici/api';
import { commandNames, commands, type CommandName } from '@yici/domain/model';
import { z } from 'zod';
import {
  renderTable,
  printable,
  ChoiceOption,
  type Column,
  type Say,
  type SpokenCommand as Command,
} from '@yici/terminal';
import type { YiciClient } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import { dueOf, localTime } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import { withCaller, type GlobalOptions } from '../caller.js';
import { checkInput, readForm, type OptionValues } from '../form/values.js';
import {
  asked,
  lists,
  offer,
  reads,
  textOption,
  type ReadValues,
  type Shown,
} from '../read/read.js';
import { ownFields } from '../write/input.js';
import type { Input } from '../spec/prepare.js';
import { commandOf } from '../next/line.js';
import { changeNote, draftAsked, draftNote, interactive } from '../write/asked.js';
import { sendCommand, type Running } from '../write/send.js';
import { writeSpec } from '../spec/spec.js';
import { openVault, type Vault } from '../write/vault.js';
import { showsExample } from '../next/example-words.js';

const columns: readonly Column<DraftLine>[] = [
  [{ zh: '编号', en: 'id' }, ({ id }) => id],
  [{ zh: '种类', en: 'kind' }, ({ kind }) => draftKindWords[kind]],
  [{ zh: '命令', en: 'command' }, ({ command }) => command],
  [{ zh: '标题', en: 'title' }, ({ title }) => title, { max: 40 }],
  [{ zh: '版本', en: 'version' }, ({ version }) => version],
  [{ zh: '改动', en: 'changed' }, (row) => `${row.changedBy} ${localTime(row.changedAt)}`],
  [{ zh: '到期', en: 'until' }, ({ expiresAt }) => expiresAt && localTime(expiresAt)],
];
const sample = 'dft_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';

/** What one official prepares and another finishes: kept by the gateway, never on the ledger until somebody signs it. */
export function addDrafts(program: Command, terminal: Terminal): void {
  const group = program
    .command('draft')
    .description({ zh: '草稿和模板（不上链）', en: 'drafts and templates of what will be signed' });
  addNew(group, terminal);
  lists(group.command('list'), terminal, {
    read: 'drafts.list',
    columns,
    description: { zh: '本部门的草稿和模板', en: 'those of this department for what you may do' },
    example: 'yici draft list --kind template',
  });
  const shown = group
    .command(terminal.say({ zh: 'show <编号>', en: 'show <id>' }))
    .description({ zh: '一份草稿或者模板', en: 'one draft or template' });
  offer(shown, 'drafts.get');
  reads(shown, terminal, async ({ client, say }, [id = ''], values) =>
    presented(say, await client.read('drafts.get', { ...asked('drafts.get', values), id })),
  );
  showsExample(shown, `yici draft show ${sample} --check`);
  addChanges(group, terminal);
  addSubmit(group, terminal);
}

/** What is drafted, and after which template. */
function withModel(command: Command): Command {
  const { say } = command;
  return command
    .addOption(interactive(say(draftNote)))
    .option('--command <name>', {
      zh: '命令，例如：会办意见',
      en: 'the command that it is for, as case.opinion',
    })
    .addOption(
      new ChoiceOption(
        '--kind <kind>',
        say({ zh: '种类', en: 'kind' }),
        draftKinds,
        draftKindWords,
      ).default('draft'),
    )
    .option('--like <id>', {
      zh: '依模板起草，自动填写 {caseNo} {matter} {dueOn}',
      en: 'as this template says; {caseNo} {matter} {dueOn} are filled',
    })
    .option('--case-no <caseNo>', {
      zh: '模板所填的办件',
      en: 'the case that fills the template’s places',
    });
}

function addNew(group: Command, terminal: Terminal): void {
  const made = withModel(withContent(group.command('new'))).description({
    zh: '新建草稿或者模板',
    en: 'begin a draft or template',
  });
  reads(made, terminal, async (caller, _args, values) => {
    const { client, say } = caller;
    const [like, caseNo] = [textOption(values, 'like'), textOption(values, 'caseNo')];
    const model = like === undefined ? undefined : await client.read('drafts.get', { id: like });
    const given = await readForm([], values, openVault(terminal));
    const begun = draftOf(values, model, given);
    const input = await draftAsked(begun.command, begun.input, { caller, values, terminal });
    const draft = { ...begun, input };
    if (draft.kind === 'template') return presented(say, await client.newDraft(draft));
    const words = caseNo === undefined ? {} : await wordsOf(client, caseNo);
    const whole = { ...draft, ...contentSchema.parse(filled(draft, words)) };
    return presented(say, await client.newDraft(whole));
  });
  showsExample(
    made,
    'yici draft new --command case.opinion --title 编制意见 --interactive',
    'yici draft new --command case.opinion --title 编制意见 --file opinion.json',
  );
}

/** As the options say, else as the template. @throws ClientError USAGE */
function draftOf(values: ReadValues, model: DraftView | undefined, given: Input) {
  const named = textOption(values, 'command') ?? model?.command;
  if (named === undefined)
    throw new ClientError('USAGE', {
      zh: '缺少选项 --command。',
      en: 'The option --command is missing.',
    });
  const command = commandOf(named);
  const title = textOption(values, 'title') ?? model?.title ?? command;
  const kind = z.enum(draftKinds).parse(values['kind']);
  return { kind, command, title, input: { ...model?.input, ...given } };
}

const contentSchema = z.object({ title: z.string(), input: z.record(z.string(), z.unknown()) });

const withContent = (command: Command): Command =>
  command
    .option('--file <path>', {
      zh: '输入（JSON），可以不完整',
      en: 'its input as JSON, which need not be whole',
    })
    .option('--title <text>', { zh: '标题', en: 'title' });

/** Each is about the version that was read, so that nobody's work is lost and nobody signs what was not read. */
const ofVersion = (command: Command): Command =>
  command.requiredOption(
    '--of-version <number>',
    { zh: '所读的版本', en: 'the version that was read' },
    Number,
  );

function addChanges(group: Command, terminal: Terminal): void {
  const changed = ofVersion(
    withContent(group.command(terminal.say({ zh: 'change <编号>', en: 'change <id>' }))),
  )
    .description({ zh: '修改', en: 'change it' })
    .addOption(interactive(terminal.say(changeNote)));
  reads(changed, terminal, async (caller, [id = ''], values) => {
    const { title, ofVersion: version } = values;
    const { client, say } = caller;
    const input = await rewritten(id, { caller, values, terminal });
    const change = {
      ...(typeof title === 'string' && { title }),
      ...(input !== undefined && { input }),
    };
    return presented(say, await client.changeDraft(id, { version: Number(version), ...change }));
  });
  showsExample(
    changed,
    `yici draft change ${sample} --of-version 1 --interactive`,
    `yici draft change ${sample} --of-version 1 --title 编制意见（二稿）`,
  );
  addDiscard(group, terminal);
}

/** The input as `--file` and whoever is asked say it; undefined where neither says anything. @throws ClientError USAGE */
async function rewritten(id: string, running: Running): Promise<Input | undefined> {
  const { caller, values, terminal } = running;
  const { file, interactive: asks } = values;
  const given = file === undefined ? undefined : await readForm([], values, openVault(terminal));
  if (asks !== true) return given;
  const { command, input } = await caller.client.read('drafts.get', { id });
  return draftAsked(commandOf(command), given ?? input, { ...running, before: input });
}

function addDiscard(group: Command, terminal: Terminal): void {
  const gone = ofVersion(
    group.command(terminal.say({ zh: 'discard <编号>', en: 'discard <id>' })),
  ).description({ zh: '删除，不可复原', en: 'erase it' });
  reads(gone, terminal, async ({ client }, [id = ''], { ofVersion: version }) => {
    await client.discardDraft(id, Number(version));
    return { json: { id }, lines: [{ zh: `✓ 已删除 ${id}`, en: `✓ erased ${id}` }] };
  });
  showsExample(gone, `yici draft discard ${sample} --of-version 2`);
}

/** Signs what the draft says as one's own act. */
function addSubmit(group: Command, terminal: Terminal): void {
  const sent = ofVersion(
    group.command(terminal.say({ zh: 'submit <编号>', en: 'submit <id>' })),
  ).description({
    zh: '以本人名义签名提交，成功后删除草稿',
    en: 'sign it as your own act; it is erased once done',
  });
  sent.action(async (id: string) => {
    const values = sent.optsWithGlobals<GlobalOptions & OptionValues>();
    await withCaller(terminal, values, async (caller) => {
      const { client } = caller;
      const draft = await client.read('drafts.get', { id });
      const { version } = draft;
      const name = commandIn(draft, values['ofVersion']);
      const vault = openVault(terminal);
      const sealed = await withSealedWords(name, draft.input, vault);
      const input = (await writeSpec(name).prepare?.run(sealed, {}, client)) ?? sealed;
      checkInput(ownFields(input), { schema: commands[name].input, later: commands[name].issued });
      const idempotencyKey = `draft-${id}-${version}`;
      const running = { caller, values: { ...values, idempotencyKey }, terminal };
      await sendCommand(name, input, running, vault.documents(input));
      await client.discardDraft(id, version);
    });
  });
  showsExample(sent, `yici draft submit ${sample} --of-version 2`);
}

/** @throws ClientError USAGE for a template, CHECK_FAILED when somebody changed it since it was read */
function commandIn({ kind, command, version, changedBy }: DraftView, read: unknown): CommandName {
  const name = commandNames.find((one) => one === command);
  if (kind === 'template' || name === undefined) {
    throw new ClientError('USAGE', {
      zh: '模板不能提交：请先用 yici draft new --like 起草。',
      en: 'a template is not sent: yici draft new --like ID',
    });
  }
  if (version === read) return name;
  const message = {
    zh: `${changedBy} 已改为第 ${version} 版，请先查看。`,
    en: `${changedBy} changed it meanwhile: look at version ${version} first.`,
  };
  throw new ClientError('CHECK_FAILED', message);
}

const writtenReason = z.object({ text: z.string() }).loose();

/** Words where the command takes the digest of a document or of reasons are sealed here, and their salts stay here. */
export async function withSealedWords(
  name: CommandName,
  input: Input,
  vault: Vault,
): Promise<Input> {
  const sealed: Record<string, unknown> = { ...input };
  for (const { name: field, kind } of writeSpec(name).fields) {
    const value = sealed[field];
    const { data: reason } = writtenReason.safeParse(value);
    if (kind === 'digest' && typeof value === 'string') {
      sealed[field] = await vault.seal(value, `${field}.txt`);
    } else if (kind === 'reason' && reason !== undefined) {
      sealed[field] = { ...reason, text: await vault.seal(reason.text, '理由.txt') };
    }
  }
  return sealed;
}

/** What a template can name of a case. */
async function wordsOf(client: YiciClient, caseNo: string): Promise<Record<string, string>> {
  const record = await client.read('cases.get', { caseNo });
  const { taskCode, matterVersion: version } = record;
  const { content } = await client.read('matters.version', { taskCode, version });
  const dueOn = dueOf(record)?.on ?? record.dueOn;
  return { caseNo, matter: content.name.zh, ...(dueOn !== undefined && { dueOn }) };
}

/** Puts words in the places of all texts; a place that nothing fills is refused rather than signed. */
function filled(value: unknown, words: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, words));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, one]) => [name, filled(one, words)] as const);
    return Object.fromEntries(entries);
  }
  if (typeof value !== 'string') return value;
  return value.replace(/\{([A-Za-z]+)\}/g, (place, name: string) => {
    const word = words[name];
    if (word !== undefined) return word;
    throw new ClientError('USAGE', {
      zh: `${place}：没有可填的内容，请用 --case-no 指明办件。`,
      en: `Nothing fills ${place}; name a --case-no.`,
    });
  });
}

function presented(say: Say, draft: DraftView): Shown {
  const { findings = [] } = draft;
  const input = JSON.stringify(draft.input, null, 2).split('\n');
  const wrong = findings.map(({ path, message }) => `✗ ${path}: ${message}`);
  return {
    json: draft,
    lines: [...renderTable(columns, [draft], say), ...[...input, ...wrong].map(printable)],
  };
}
