import { Command, CommanderError, Option, type Argument, type HelpConfiguration } from 'commander';
import { ChoiceOption, choiceText, InvalidValueError } from './choice.js';
import { distance } from 'fastest-levenshtein';
import type { Vocabulary, Words } from '@yici/domain/model';
import type { Say, Text } from './say.js';
import { displayWidth } from './text.js';

/** Commander's own sentences in the language of the run, by its error codes. */
const errorWords = {
  'commander.unknownOption': (flag: string) => ({
    zh: `没有选项“${flag}”`,
    en: `unknown option '${flag}'`,
  }),
  'commander.unknownCommand': (name: string) => ({
    zh: `没有命令“${name}”`,
    en: `unknown command '${name}'`,
  }),
  'commander.missingArgument': (name: string) => ({
    zh: `缺少“${name}”`,
    en: `missing required argument '${name}'`,
  }),
  'commander.optionMissingArgument': (flags: string) => ({
    zh: `选项“${flags}”没有写明内容`,
    en: `option '${flags}' argument missing`,
  }),
  'commander.missingMandatoryOptionValue': (flags: string) => ({
    zh: `缺少选项“${flags}”`,
    en: `required option '${flags}' not specified`,
  }),
  'commander.excessArguments': (given: string) => ({
    zh: `多出内容：${given}`,
    en: `too many arguments: ${given}`,
  }),
} as const satisfies Record<string, (name: string) => Words>;

/** Headings of help, and what stands in its line of usage. */
const helpWords: Readonly<Record<string, Words>> = {
  'Usage:': { zh: '用法：', en: 'Usage:' },
  'Arguments:': { zh: '参数：', en: 'Arguments:' },
  'Options:': { zh: '选项：', en: 'Options:' },
  'Commands:': { zh: '命令：', en: 'Commands:' },
  '[options]': { zh: '[选项]', en: '[options]' },
  '[command]': { zh: '[命令]', en: '[command]' },
};

type Read = (value: string, previous: unknown) => unknown;
/** How commander reads a value, or what it is when none is given. */
type Reading = ((value: string, previous: never) => unknown) | RegExp | string | boolean | string[];

/** A commander program that speaks one language; its commands are such commands too. */
export class SpokenCommand extends Command {
  readonly say: Say;
  #help: Command | undefined;

  constructor(name: string, say: Say) {
    super(name);
    this.say = say;
    this.helpOption('-h, --help', say({ zh: '显示帮助', en: 'display help for command' }));
    this.configureHelp(helpIn(say));
  }

  override createCommand(name = ''): SpokenCommand {
    return new SpokenCommand(name, this.say);
  }

  /** What the command does; what was said of it, when nothing is given. */
  override description(): string;
  override description(words: Text): this;
  override description(words?: Text): string | this {
    return words === undefined ? super.description() : super.description(this.say(words));
  }

  override argument(name: Text, words: Text = '', reading?: Reading, standard?: unknown): this {
    const named = placed(this.say(name), this.say);
    return super.argument(named, this.say(words), reading as Read, standard);
  }

  override option(flags: Text, words: Text = '', reading?: Reading, standard?: unknown): this {
    return super.option(this.say(flags), this.say(words), reading as Read, standard);
  }

  override requiredOption(flags: Text, words: Text = '', reading?: Reading): this {
    return super.requiredOption(this.say(flags), this.say(words), reading as Read);
  }

  /** Commander knows that an option takes several values by a Latin letter before the dots. */
  override addOption(option: Option): this {
    option.variadic = option.flags.endsWith('...>');
    option.flags = placed(option.flags, this.say);
    return super.addOption(option);
  }

  /** Sets the version, under the usual option. */
  versioned(version: string): this {
    const words = { zh: '显示版本号', en: 'output the version number' };
    return this.version(version, '-V, --version', this.say(words));
  }

  // What follows are commander's own methods, by which it refuses a line: its typings do not name them.

  _getHelpCommand(): Command | null {
    if (this.commands.length === 0) return null;
    this.#help ??= new Command('help')
      .helpOption(false)
      .argument(this.say({ zh: '[命令]', en: '[command]' }))
      .description(this.say({ zh: '显示该命令的帮助', en: 'display help for command' }));
    return this.#help;
  }

  unknownOption(flag: string): void {
    const known = this.#withParents().flatMap(({ options }) =>
      options.map(({ long }) => long ?? ''),
    );
    this.#refuse('commander.unknownOption', flag, nearest(flag, known));
  }

  unknownCommand(): void {
    const [name = ''] = this.args;
    const known = this.commands.map((command) => command.name());
    this.#refuse('commander.unknownCommand', name, nearest(name, known));
  }

  missingArgument(name: string): void {
    this.#refuse('commander.missingArgument', name);
  }

  optionMissingArgument({ flags }: Option): void {
    this.#refuse('commander.optionMissingArgument', flags);
  }

  missingMandatoryOptionValue({ flags }: Option): void {
    this.#refuse('commander.missingMandatoryOptionValue', flags);
  }

  _excessArguments(given: readonly string[]): void {
    // A program that acts by itself is asked for a command that it has not.
    if (this.commands.length > 0) this.unknownCommand();
    const more = given.slice(this.registeredArguments.length);
    this.#refuse('commander.excessArguments', more.join(' '));
  }

  _conflictingOption({ flags }: Option, other: Option): void {
    const words = {
      zh: `选项“${flags}”与“${other.flags}”只能选其一`,
      en: `option '${flags}' cannot be used with option '${other.flags}'`,
    };
    this.#error('commander.conflictingOption', words);
  }

  /** A value that an option or argument does not take. */
  _callParseArg(target: Option | Argument, value: string, previous: unknown): unknown {
    try {
      return target.parseArg?.(value, previous);
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      return this.#error('commander.invalidArgument', this.#invalid(target, value, error));
    }
  }

  #invalid(target: Option | Argument, value: string, error: CommanderError): Words {
    const name = target instanceof Option ? target.flags : target.name();
    const takes = error instanceof InvalidValueError ? this.say(error.takes) : error.message;
    const fits = choicesOf(target, this.say) ?? takes;
    return {
      zh: `“${name}”不能填“${value}”，${fits}`,
      en: `'${name}' does not take '${value}': ${fits}`,
    };
  }

  #withParents(): Command[] {
    const above = (command: Command | null): Command[] =>
      command === null ? [] : [command, ...above(command.parent)];
    return above(this);
  }

  #refuse(code: keyof typeof errorWords, about: string, like: readonly string[] = []): never {
    const { zh, en } = errorWords[code](about);
    const hint =
      like.length === 0
        ? { zh: '', en: '' }
        : { zh: `，是否为 ${like.join('、')}？`, en: `; did you mean ${like.join(', ')}?` };
    return this.#error(code, { zh: zh + hint.zh, en: en + hint.en });
  }

  #error(code: string, { zh, en }: Words): never {
    return this.error(this.say({ zh: `用法有误：${zh}`, en: `error: ${en}` }), { code });
  }
}

/** Those of the names that differ from `given` in at most a third of its letters, the nearest first. */
function nearest(given: string, names: readonly string[]): string[] {
  const most = Math.max(1, Math.floor(given.length / 3));
  return [...new Set(names)]
    .map((name) => ({ name, far: distance(given, name) }))
    .filter(({ name, far }) => name !== '' && far <= most)
    .sort((one, other) => one.far - other.far)
    .slice(0, 3)
    .map(({ name }) => name);
}

function helpIn(say: Say): HelpConfiguration {
  const worded = (text: string) => say(helpWords[text] ?? text);
  const usage = (text: string) =>
    text.replace('[options]', worded('[options]')).replace('[command]', worded('[command]'));
  const plain = new Command().createHelp();
  return {
    helpWidth: 100,
    displayWidth,
    // Commander sets a space between title and usage, which a full-width colon brings along.
    formatHelp: (command, helper) => plain.formatHelp(command, helper).replace('用法： ', '用法：'),
    styleTitle: worded,
    commandUsage: (command) => usage(plain.commandUsage(command)),
    subcommandTerm: (command) => usage(plain.subcommandTerm(command)),
    optionDescription: (option) => described(option, say),
    argumentDescription: (argument) => described(argument, say),
  };
}

/** What is to be typed in the place of a name that an option or argument has in both languages. */
const placeWords: Vocabulary = {
  number: { zh: '数字', en: 'number' },
  file: { zh: '文件', en: 'file' },
  path: { zh: '文件', en: 'path' },
  folder: { zh: '目录', en: 'folder' },
  text: { zh: '文字', en: 'text' },
  id: { zh: '编号', en: 'id' },
  name: { zh: '名称', en: 'name' },
  code: { zh: '代码', en: 'code' },
  kind: { zh: '种类', en: 'kind' },
  state: { zh: '状态', en: 'state' },
  date: { zh: '年-月-日', en: 'date' },
  day: { zh: '年-月-日', en: 'day' },
  order: { zh: '次序', en: 'order' },
  url: { zh: '网址', en: 'url' },
  key: { zh: '标识', en: 'key' },
  language: { zh: '语言', en: 'language' },
  hash: { zh: '哈希', en: 'hash' },
  hex: { zh: '哈希', en: 'hex' },
  command: { zh: '命令', en: 'command' },
  caseNo: { zh: '办件编号', en: 'caseNo' },
  taskCode: { zh: '实施编码', en: 'taskCode' },
  delegationId: { zh: '委托编号', en: 'delegationId' },
  split: { zh: '分列方式', en: 'split' },
  period: { zh: '期间', en: 'period' },
  department: { zh: '部门', en: 'department' },
  digest: { zh: '校验值', en: 'digest' },
  user: { zh: '用户', en: 'user' },
  seconds: { zh: '秒数', en: 'seconds' },
  days: { zh: '天数', en: 'days' },
  version: { zh: '版本', en: 'version' },
  label: { zh: '标签', en: 'label' },
  rule: { zh: '策略', en: 'rule' },
  engine: { zh: '引擎', en: 'engine' },
  reason: { zh: '原因', en: 'reason' },
  host: { zh: '地址', en: 'host' },
  port: { zh: '端口', en: 'port' },
  address: { zh: '地址', en: 'address' },
  level: { zh: '级别', en: 'level' },
  block: { zh: '区块文件', en: 'block' },
  files: { zh: '文件', en: 'files' },
  certificates: { zh: '证书文件', en: 'certificates' },
  fingerprint: { zh: '指纹', en: 'fingerprint' },
  mspId: { zh: 'MSP 标识', en: 'mspId' },
  settings: { zh: '设置', en: 'settings' },
  list: { zh: '列表文件', en: 'list' },
  change: { zh: '更改', en: 'change' },
  changes: { zh: '更改', en: 'changes' },
  of: { zh: '部分', en: 'of' },
  uri: { zh: 'URI', en: 'uri' },
};

const placed = (flags: string, say: Say): string =>
  flags.replace(
    /([<[])(\w+)(?=(?:\.\.\.)?[>\]])/g,
    (_, bracket: string, name: string) => bracket + say.member(placeWords, name),
  );

/** What can be given, where that is a closed list, with its words. */
function choicesOf(target: Option | Argument, say: Say): string | undefined {
  const { argChoices } = target;
  if (argChoices === undefined) return undefined;
  const words = target instanceof ChoiceOption ? target.words : {};
  return choiceText(argChoices, words, say);
}

/** A description with what can be given, and what is taken when nothing is. */
function described(target: Option | Argument, say: Say): string {
  const { description } = target;
  const defaultValue: unknown = target.defaultValue;
  const shown = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  const words = target instanceof ChoiceOption ? target.words : {};
  const byDefault =
    shown && (say.language === 'zh' ? say.member(words, String(defaultValue)) : defaultValue);
  const notes = [
    choicesOf(target, say),
    shown && say({ zh: `缺省 ${byDefault}`, en: `default ${byDefault}` }),
  ].filter((note) => typeof note === 'string');
  if (notes.length === 0) return description;
  const note = say.facts(notes);
  return description === '' ? note : say.aside(description, note);
}

/** Adds an example to a command's help. */
export function exampleOf(command: SpokenCommand, ...lines: readonly string[]): SpokenCommand {
  const title = command.say({ zh: '示例：', en: 'Example:' });
  return command.addHelpText(
    'after',
    [`\n${title}`, ...lines.map((line) => `  $ ${line}`)].join('\n'),
  );
}

/** Offers `--lang` on a command and all below it; which language it is was known before (`languageOf`). */
export function offerLanguage(command: Command, say: Say): void {
  const option = new Option(
    say({ zh: '--lang <语言>', en: '--lang <language>' }),
    say({ zh: '显示语言（YICI_LANG）', en: 'language of what is shown (YICI_LANG)' }),
  );
  command.addOption(option.choices(['zh', 'en']));
  for (const child of command.commands) offerLanguage(child, say);
}
