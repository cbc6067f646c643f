import { draftKinds, type DraftLine, type DraftView } from '@yici/api';
import { commandNames, commands, type CommandName } from '@yici/domain/model';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { YiciClient } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import { dueOf, localTime } from '../../present/words.js';
import { renderTable, type Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { printable } from '../../terminal/text.js';
import { withCaller, type GlobalOptions } from '../caller.js';
import { checkInput, readForm, type OptionValues } from '../form/values.js';
import {
  asked,
  exampleOf,
  lists,
  offer,
  reads,
  textOption,
  type ReadValues,
  type Shown,
} from '../read/read.js';
import { ownFields } from '../write/input.js';
import type { Input } from '../write/prepare.js';
import { sendCommand } from '../write/run.js';
import { writeSpec } from '../write/spec.js';
import { openVault, type Vault } from '../write/vault.js';

const kindWords = { draft: '草稿 draft', template: '模板 template' } as const;
const columns: readonly Column<DraftLine>[] = [
  { title: '编号 id', value: ({ id }) => id },
  { title: '种类 kind', value: ({ kind }) => kindWords[kind] },
  { title: '命令 command', value: ({ command }) => command },
  { title: '标题 title', value: ({ title }) => title, max: 40 },
  { title: '版本 version', value: ({ version }) => version },
  { title: '改动 changed', value: (row) => `${row.changedBy} ${localTime(row.changedAt)}` },
  { title: '到期 until', value: ({ expiresAt }) => expiresAt && localTime(expiresAt) },
];
const sample = 'dft_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';

/** What one official prepares and another finishes: kept by the gateway, never on the ledger until somebody signs it. */
export function addDrafts(program: Command, terminal: Terminal): void {
  const group = program
    .command('draft')
    .description('草稿和模板（不上链） drafts and templates of what will be signed');
  addNew(group, terminal);
  lists(group.command('list'), terminal, {
    read: 'drafts.list',
    columns,
    description: '本部门的草稿和模板 those of this department for what you may do',
    example: 'yici draft list --kind template',
  });
  const shown = group.command('show <id>').description('一份草稿或者模板 one draft or template');
  offer(shown, 'drafts.get');
  reads(shown, terminal, async ({ client }, [id = ''], values) =>
    presented(await client.read('drafts.get', { ...asked('drafts.get', values), id })),
  );
  exampleOf(shown, `yici draft show ${sample} --check`);
  addChanges(group, terminal);
  addSubmit(group, terminal);
}

function addNew(group: Command, terminal: Terminal): void {
  const made = withContent(group.command('new'))
    .description('新建草稿或者模板 begin a draft or template')
    .option('--command <name>', '命令 the command that it is for, as case.opinion')
    .addOption(new Option('--kind <kind>', '种类').choices(draftKinds).default('draft'))
    .option('--like <id>', '依模板起草 as this template says; {caseNo} {matter} {dueOn} are filled')
    .option('--case-no <caseNo>', '模板所填的办件 the case that fills the template’s places');
  reads(made, terminal, async ({ client }, _args, values) => {
    const [like, caseNo] = [textOption(values, 'like'), textOption(values, 'caseNo')];
    const model = like === undefined ? undefined : await client.read('drafts.get', { id: like });
    const given = await readForm([], values, openVault(terminal));
    const draft = draftOf(values, model, given);
    if (draft.kind === 'template') return presented(await client.newDraft(draft));
    const words = caseNo === undefined ? {} : await wordsOf(client, caseNo);
    return presented(
      await client.newDraft({ ...draft, ...contentSchema.parse(filled(draft, words)) }),
    );
  });
  exampleOf(made, 'yici draft new --command case.opinion --title 编制意见 --file opinion.json');
}

/** As the options say, else as the template. @throws ClientError USAGE */
function draftOf(values: ReadValues, model: DraftView | undefined, given: Input) {
  const command = textOption(values, 'command') ?? model?.command;
  if (command === undefined) throw new ClientError('USAGE', '缺少 missing: --command');
  const title = textOption(values, 'title') ?? model?.title ?? command;
  const kind = z.enum(draftKinds).parse(values['kind']);
  return { kind, command, title, input: { ...model?.input, ...given } };
}

const contentSchema = z.object({ title: z.string(), input: z.record(z.string(), z.unknown()) });

const withContent = (command: Command): Command =>
  command
    .option('--file <path>', '输入（JSON），可不完整 its input as JSON, which need not be whole')
    .option('--title <text>', '标题 title');

/** Each is about the version that was read, so that nobody's work is lost and nobody signs what was not read. */
const ofVersion = (command: Command): Command =>
  command.requiredOption('--of-version <number>', '所读的版本 the version that was read', Number);

function addChanges(group: Command, terminal: Terminal): void {
  const changed = ofVersion(withContent(group.command('change <id>'))).description(
    '修改 change it',
  );
  reads(changed, terminal, async ({ client }, [id = ''], values) => {
    const { file, title, ofVersion: version } = values;
    const input = await readForm([], values, openVault(terminal));
    const change = {
      ...(typeof title === 'string' && { title }),
      ...(file !== undefined && { input }),
    };
    return presented(await client.changeDraft(id, { version: Number(version), ...change }));
  });
  exampleOf(changed, `yici draft change ${sample} --of-version 1 --title 编制意见（二稿）`);
  const gone = ofVersion(group.command('discard <id>')).description('删除，不可复原 erase it');
  reads(gone, terminal, async ({ client }, [id = ''], { ofVersion: version }) => {
    await client.discardDraft(id, Number(version));
    return { json: { id }, lines: [`✓ 已删除 erased ${id}`] };
  });
  exampleOf(gone, `yici draft discard ${sample} --of-version 2`);
}

/** Signs what the draft says as one's own act. */
function addSubmit(group: Command, terminal: Terminal): void {
  const sent = ofVersion(group.command('submit <id>')).description(
    '以本人名义签名提交，成功后删除草稿 sign it as your own act; it is erased once done',
  );
  sent.action(async (id: string) => {
    const values = sent.optsWithGlobals<GlobalOptions & OptionValues>();
    await withCaller(terminal, values, async (caller) => {
      const { client } = caller;
      const draft = await client.read('drafts.get', { id });
      const { version } = draft;
      const name = commandOf(draft, values['ofVersion']);
      const sealed = await withSealedWords(name, draft.input, openVault(terminal));
      const input = (await writeSpec(name).prepare?.run(sealed, {}, client)) ?? sealed;
      checkInput(commands[name].input, ownFields(input), commands[name].issued);
      const idempotencyKey = `draft-${id}-${version}`;
      await sendCommand(name, input, { caller, values: { ...values, idempotencyKey }, terminal });
      await client.discardDraft(id, version);
    });
  });
  exampleOf(sent, `yici draft submit ${sample} --of-version 2`);
}

/** @throws ClientError USAGE for a template, CHECK_FAILED when somebody changed it since it was read */
function commandOf({ kind, command, version, changedBy }: DraftView, read: unknown): CommandName {
  const name = commandNames.find((one) => one === command);
  if (kind === 'template' || name === undefined) {
    throw new ClientError('USAGE', '模板不能提交 a template is not sent: yici draft new --like ID');
  }
  if (version === read) return name;
  const message = `${changedBy} 已改为第 ${version} 版，请先查看 it was changed meanwhile: look at version ${version} first.`;
  throw new ClientError('CHECK_FAILED', message);
}

const writtenReason = z.object({ text: z.string() }).loose();

/** Words where the command takes the digest of a document or of reasons are sealed here, and their salts stay here. */
async function withSealedWords(name: CommandName, input: Input, vault: Vault): Promise<Input> {
  const sealed: Record<string, unknown> = { ...input };
  for (const { name: field, kind } of writeSpec(name).fields) {
    const value = sealed[field];
    const { data: reason } = writtenReason.safeParse(value);
    if (kind === 'digest' && typeof value === 'string') {
      sealed[field] = await vault.seal(value, field);
    } else if (kind === 'reason' && reason !== undefined) {
      sealed[field] = { ...reason, text: await vault.seal(reason.text, field) };
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
    throw new ClientError('USAGE', `${place}: 没有可填的内容 nothing fills it; name a --case-no.`);
  });
}

function presented(draft: DraftView): Shown {
  const { findings = [] } = draft;
  const input = JSON.stringify(draft.input, null, 2).split('\n');
  const wrong = findings.map(({ path, message }) => `✗ ${path}: ${message}`);
  return {
    json: draft,
    lines: [...renderTable(columns, [draft]), ...[...input, ...wrong].map(printable)],
  };
}
