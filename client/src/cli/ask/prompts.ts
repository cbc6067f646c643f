import type input from '@inquirer/input';
import type search from '@inquirer/search';
import { printable, type Say } from '@yici/terminal';
import { ClientError } from '../../errors.js';
import type { Terminal } from '../../terminal/terminal.js';

/** One of the answers that a question takes. */
export interface Choice<Value = string> {
  readonly value: Value;
  readonly name: string;
}

interface Line {
  /** What the line begins with: what was typed before. */
  readonly before?: string | undefined;
  /** Why a text cannot be taken; it stays on the line, to be mended. */
  readonly wrong: (text: string) => Promise<string | undefined>;
}

/** Asks whoever sits at a terminal. */
export interface Prompts {
  /** One of these, narrowed by what is typed; `typed` makes an answer of a text that is none of them. */
  choose<Value>(
    message: string,
    choices: readonly Choice<Value>[],
    typed?: (text: string) => Value | undefined,
  ): Promise<Value>;
  line(message: string, line: Line): Promise<string>;
}

type Library = { readonly input: typeof input; readonly search: typeof search };

/**
 * The questions of this terminal. What draws them is loaded only now: a client can be installed without it.
 * @throws ClientError USAGE where it is not here, and where nobody can be asked
 */
export async function promptsAt({ screen, signal, say }: Terminal): Promise<Prompts> {
  if (screen === undefined) {
    throw new ClientError('USAGE', {
      zh: '此处不是终端，无法逐项询问：请去掉 --interactive，改用选项填写（见 --help）。',
      en: 'Nobody can be asked here, this is no terminal: leave out --interactive and give the options (--help).',
    });
  }
  return promptsOf(await library(), { ...screen, signal }, say);
}

async function library(): Promise<Library> {
  try {
    const [{ default: input }, { default: search }] = await Promise.all([
      import('@inquirer/input'),
      import('@inquirer/search'),
    ]);
    return { input, search };
  } catch (cause) {
    const message = {
      zh: '本机没有安装逐项询问的组件：请安装 @inquirer/input 和 @inquirer/search，或者改用选项填写。',
      en: 'What asks questions is not installed here: install @inquirer/input and @inquirer/search, or give the options.',
    };
    throw new ClientError('USAGE', message, { cause });
  }
}

type Context = NonNullable<Parameters<typeof input>[1]>;

function promptsOf({ input, search }: Library, context: Context, say: Say): Prompts {
  const theme = themeIn(say);
  return {
    choose: (message, choices, typed) => {
      const source = (term = '') => {
        const found = narrowed(choices, term).map(({ value, name }) => ({
          ...{ value, name: printable(name) },
        }));
        const own = term.trim() === '' ? undefined : typed?.(term.trim());
        const known = own === undefined || found.some(({ value }) => value === own);
        const asTyped = say({ zh: `所输入的“${term}”`, en: `"${term}" as typed` });
        return known ? found : [...found, { value: own, name: printable(asTyped) }];
      };
      return left(search({ message: printable(message), source, theme, pageSize: 10 }, context));
    },
    line: (message, { before, wrong }) => {
      const validate = async (text: string) => (await wrong(text.trim())) ?? true;
      const begun = before === undefined ? {} : { default: before, prefill: 'editable' as const };
      const asked = { message: printable(message), validate, theme, ...begun };
      return left(input(asked, context)).then((text) => text.trim());
    },
  };
}

/** Those that have all words of a text, in code or name. */
function narrowed<Value>(
  choices: readonly Choice<Value>[],
  term: string,
): readonly Choice<Value>[] {
  const words = term.toLowerCase().split(/\s+/);
  return choices.filter(({ value, name }) => {
    const text = `${name} ${typeof value === 'string' ? value : ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What the library says itself. */
function themeIn(say: Say) {
  const tips: Readonly<Record<string, string>> = {
    navigate: say({ zh: '选择，可输入文字查找', en: 'choose, or type to search' }),
    select: say({ zh: '确定', en: 'take it' }),
  };
  const none = say({ zh: '没有符合的', en: 'nothing like that' });
  return {
    style: {
      keysHelpTip: (keys: [key: string, action: string][]) =>
        keys.map(([key, action]) => `${key} ${tips[action] ?? ''}`).join('  '),
      error: (text: string) => `✗ ${text === 'No results found' ? none : text}`,
    },
  };
}

/** An answer, unless whoever is asked leaves: by Ctrl-C, or the end of the program. */
async function left<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (cause) {
    const leaves = cause instanceof Error && /^(?:Exit|Abort)PromptError$/.test(cause.name);
    if (!leaves) throw cause;
    throw new LeftError(cause);
  }
}

/** Whoever is asked has left; nothing was sent. */
export class LeftError extends ClientError {
  constructor(cause?: unknown) {
    super('USAGE', { zh: '未提交。', en: 'Nothing was sent.' }, { cause });
  }
}
