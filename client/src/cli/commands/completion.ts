import { Argument, type Command, type Option } from 'commander';
import { exampleOf, type SpokenCommand } from '@yici/terminal';
import type { Terminal } from '../../terminal/terminal.js';
import { withCaller } from '../caller.js';
import { offeredBy, type Offered } from '../form/offered.js';
import { show } from '../read/read.js';
import { known } from '../known.js';

/** What a shell does with the words that are typed: it asks this program, which knows its own commands and the ledger. */
const scripts = {
  bash: `_yici() {
  local IFS=$'\\n'
  COMPREPLY=($(yici completion suggest -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _yici yici`,
  zsh: `#compdef yici
_yici() {
  local -a found
  found=("\${(@f)$(yici completion suggest -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a found
}
compdef _yici yici`,
} as const;

/** `yici completion bash|zsh`: the script for a shell, and `suggest`, by which the script asks. */
export function addCompletion(program: SpokenCommand, terminal: Terminal): void {
  const { say } = terminal;
  const group = program
    .command('completion')
    .description({ zh: '命令补全（bash、zsh）', en: 'completion for bash and zsh' });
  for (const shell of ['bash', 'zsh'] as const) {
    const command = group
      .command(shell)
      .description({ zh: `输出 ${shell} 的补全脚本`, en: `print the script for ${shell}` });
    command.action(() => {
      const script = scripts[shell];
      show(terminal, command.optsWithGlobals(), { json: { shell, script }, lines: [script] });
    });
    exampleOf(command, `yici completion ${shell}`, `source <(yici completion ${shell})`);
  }
  const suggest = group
    .command('suggest', { hidden: true })
    .addArgument(new Argument(say({ zh: '[已输入的词...]', en: '[words...]' })))
    .description({ zh: '供补全脚本调用', en: 'what the scripts ask' });
  suggest.action(async (words: readonly string[]) => {
    const found = await suggested(program, words, terminal);
    show(terminal, suggest.optsWithGlobals(), { json: { words: found }, lines: found });
  });
  exampleOf(suggest, 'yici completion suggest case opi');
}

/** What can stand in the place of the last of these words. */
async function suggested(
  program: Command,
  words: readonly string[],
  terminal: Terminal,
): Promise<string[]> {
  const { from, given } = wanted(program, words);
  const last = words.at(-1) ?? '';
  const found = 'names' in from ? from.names : await fromLedger(from.offered, given, terminal);
  return [...new Set(found)].filter((word) => word.startsWith(last)).sort();
}

interface Wanted {
  readonly from: { readonly names: readonly string[] } | { readonly offered: Offered };
  /** The words before, without commands and options. */
  readonly given: readonly string[];
}

function wanted(program: Command, words: readonly string[]): Wanted {
  const { command, given, open } = read(program, words.slice(0, -1));
  if (open !== undefined) return { from: valuesOf(open), given };
  if (words.at(-1)?.startsWith('-') === true) {
    return { from: { names: command.options.flatMap(({ long }) => long ?? []) }, given };
  }
  const names = command.commands.map((child) => child.name()).filter((name) => name !== 'help');
  const { registeredArguments: all } = command;
  const argument = all[given.length] ?? all.find(({ variadic }) => variadic);
  const offered = argument && offeredBy(argument);
  return { from: names.length > 0 || !offered ? { names } : { offered }, given };
}

/** The command that the words name, what is given beside it, and the option whose value comes next. */
function read(program: Command, words: readonly string[]) {
  let command = program;
  let open: Option | undefined;
  const given: string[] = [];
  for (const word of words) {
    const child = command.commands.find((one) => one.name() === word);
    if (word.startsWith('-')) open = valued(command, word);
    else if (open !== undefined) open = open.variadic ? open : undefined;
    else if (child !== undefined) command = child;
    else given.push(word);
  }
  return { command, given, open };
}

/** The option that a word names, where it takes a value. */
const valued = ({ options }: Command, word: string): Option | undefined =>
  options.find(
    ({ long, short, required, optional }) =>
      (long === word || short === word) && (required || optional),
  );

function valuesOf(option: Option): Wanted['from'] {
  const offered = offeredBy(option);
  return offered === undefined ? { names: option.argChoices ?? [] } : { offered };
}

/** Nothing where nobody is logged in, or no gateway answers: completion never complains. */
const fromLedger = (
  offered: Offered,
  given: readonly string[],
  terminal: Terminal,
): Promise<string[]> =>
  withCaller(terminal, { json: true }, async (caller) => {
    const found = await known(caller, offered, given);
    return found.map(({ value }) => value);
  }).catch(() => []);
