import { commands, fieldWord, type CommandName, type Words } from '@yici/domain/model';
import { renderFields, sayIn, type Say } from '@yici/terminal';
import { Option } from 'commander';
import { askChanges, askToSend } from '../ask/send.js';
import { askForm } from '../ask/form.js';
import { promptsAt, type Prompts } from '../ask/prompts.js';
import { shownInput } from '../ask/shown.js';
import { withCaller, type Caller, type GlobalOptions } from '../caller.js';
import { ClientError } from '../../errors.js';
import { fieldText } from '../form/fields.js';
import type { OptionValues } from '../form/values.js';
import { known } from '../known.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { Asking } from '../ask/value.js';
import { ownFields, readTyped } from './input.js';
import type { Input } from '../spec/prepare.js';
import { presentStored } from '../documents/filed-documents.js';
import { sendCommand, stored, type Running } from './send.js';
import { writeSpec, type WriteSpec } from '../spec/spec.js';
import { openDraftVault, openVault, type Vault } from './vault.js';
import { wholeInputOf } from './whole.js';

/** Of what is drafted. */
export const draftNote: Words = {
  zh: '逐项询问未填写的内容，给出可选项',
  en: 'ask for what is not given, with what can be chosen',
};

/** Of what somebody wrote before. */
export const changeNote: Words = {
  zh: '逐项查看、修改已填的内容，给出可选项',
  en: 'go through what is written and change it, with what can be chosen',
};

export const interactive = (note: string): Option => new Option('-i, --interactive', note);

interface Writing {
  readonly name: CommandName;
  readonly spec: WriteSpec;
  /** What is acted on, as far as it is named. */
  readonly named: readonly string[];
  readonly values: GlobalOptions & OptionValues;
  readonly terminal: Terminal;
}

/**
 * Runs one write whose fields are asked for, as far as no option gives them.
 * @throws ClientError USAGE where nobody can be asked, or several are named
 */
export async function sendAsked({ name, spec, named, values, terminal }: Writing): Promise<void> {
  const prompts = await promptsAt(terminal);
  const [argument = '', ...others] = named;
  if (others.length > 0) {
    throw new ClientError('USAGE', {
      zh: '--interactive 一次只办一件。',
      en: '--interactive is for one at a time.',
    });
  }
  const vault = openVault(terminal);
  const input = givenIn(await readTyped(spec, argument, values, vault));
  await withCaller(terminal, values, async (caller) => {
    const { say } = caller;
    const asking = askingOf(name, vault, prompts, { caller, values });
    const schema = commands[name].input;
    await askToSend(
      { name, spec },
      { input, values },
      asking,
      {
        complete: (answers) =>
          wholeInputOf(name, spec, { input: answers.input, vault }, { ...answers, caller }),
        shown: (whole) => [
          say(commands[name].summary),
          ...shownInput(schema, ownFields(whole), { ...asking, documents: vault.documents(whole) }),
          ...underText(whole, say),
          ...(spec.asks === undefined ? [] : [say(spec.asks(whole))]),
        ],
        send: (whole, answers) => sent(whole, vault, { caller, ...answers, terminal, name }),
      },
      terminal,
    );
  });
}

const askingOf = (
  command: CommandName,
  sources: Vault,
  prompts: Prompts,
  { caller, values }: { readonly caller: Caller; readonly values: OptionValues },
): Asking => ({
  ...{ prompts, say: caller.say, command, sources },
  ...{ known: knownTo(caller), given: values, typed: new Map() },
});

/**
 * The input of an act that is drafted; with `--interactive` asked for as far as it is not there, and where somebody wrote it
 * before, shown and changed. Files are stored at once, to be read by whoever signs.
 * @throws ClientError USAGE where nobody can be asked
 */
export async function draftAsked(
  name: CommandName,
  input: Input,
  { before, ...running }: Running & { readonly before?: Input },
): Promise<Input> {
  const { terminal } = running;
  const vault = openDraftVault(terminal);
  const given = await withFiles(name, input, vault, before);
  const written = before !== undefined;
  const whole = await asFarAsAsked(name, given, vault, { written, ...running });
  const kept = await stored(vault.documents(whole), running);
  for (const line of presentStored(kept)) terminal.note(terminal.say(line));
  return whole;
}

/**
 * Where a document is drafted, `@file` is the file and any other text words for whoever reviews.
 * @throws ClientError USAGE for a file that cannot be read, and for what may be either
 */
async function withFiles(
  name: CommandName,
  input: Input,
  vault: Vault,
  before: Input = {},
): Promise<Input> {
  const whole: Record<string, unknown> = { ...input };
  for (const { name: field, kind, of } of writeSpec(name).fields) {
    const text = whole[field];
    const isNew = typeof text === 'string' && text !== before[field];
    if (kind !== 'digest' || of !== undefined || !isNew) continue;
    if (text.startsWith('@')) {
      const path = text.slice(1);
      whole[field] = await vault.seal(await vault.terminal.read(path), path);
    } else await assertWords({ name: field, command: name }, text, vault);
  }
  return whole;
}

/** @throws ClientError USAGE for words that are the name of a file as well */
async function assertWords(
  field: Parameters<typeof fieldText>[0],
  text: string,
  { terminal }: Vault,
): Promise<void> {
  const file = await terminal.read(text).catch(() => undefined);
  if (file === undefined) return;
  throw new ClientError('USAGE', {
    zh: `“${fieldText(field, sayIn('zh'))}”所填“${text}”也是一个文件的名称：用该文件的，写作“@${text}”；是文字的，请换一种写法。`,
    en: `"${text}", given as ${field.name}, is the name of a file as well: write @${text} for the file; for words, say it another way.`,
  });
}

async function asFarAsAsked(
  name: CommandName,
  input: Input,
  vault: Vault,
  { written, ...running }: Running & { readonly written: boolean | undefined },
): Promise<Input> {
  const { caller, terminal, values } = running;
  if (values['interactive'] !== true) return input;
  const form = { name, spec: writeSpec(name) };
  const asking = askingOf(name, vault, await promptsAt(terminal), running);
  const shown = (given: Input) => [
    caller.say(commands[name].summary),
    ...shownInput(commands[name].input, given, { ...asking, documents: vault.documents(given) }),
  ];
  const answers =
    written === true
      ? await askChanges(form, { input, values }, asking, {
          shown,
          note: (line) => terminal.note(line),
        })
      : await askForm(form, { input, values }, asking);
  return answers.input;
}

/** By which delegation it is signed, which goes beside the input. */
const underText = ({ under }: Input, say: Say): string[] =>
  typeof under === 'string'
    ? renderFields([[fieldWord('delegationId') ?? 'under', under]], say)
    : [];

/** What was given: an empty list or number stands for none. */
const givenIn = (typed: Input): Input =>
  Object.fromEntries(
    Object.entries(typed).filter(
      ([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );

/** What the ledger has; nothing where it cannot be asked, since everything can be typed too. */
const knownTo =
  (caller: Caller): Asking['known'] =>
  (offered, given = []) =>
    known(caller, offered, given).catch(() => []);

interface Sent {
  readonly name: CommandName;
  readonly caller: Caller;
  readonly values: GlobalOptions & OptionValues;
  readonly terminal: Terminal;
}

async function sent(whole: Input, vault: Vault, { name, ...running }: Sent): Promise<void> {
  await vault.disclose(whole, running.values);
  await sendCommand(name, whole, running, vault.documents(whole));
}
