import { askPinWith } from '@yici/keys';
import { askUnseen, sayIn, languageOf } from '@yici/terminal';
import { failureOf, type ExitCode } from '../cli/exit.js';
import { createProgram } from './program.js';
import type { Terminal } from '../terminal/terminal.js';

/** Runs `yici` with these arguments and returns the exit code; never throws. */
export async function main(
  args: readonly string[],
  given: Omit<Terminal, 'say'>,
): Promise<ExitCode> {
  const say = sayIn(languageOf(args, given.env));
  const terminal = { ...given, say };
  askPinWith((question) => askUnseen(say(question)));
  try {
    await createProgram(terminal).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    const { exitCode, lines, json, reported = false } = failureOf(error, say);
    for (const line of lines) terminal.note(line);
    if (args.includes('--json') && exitCode !== 0 && !reported) terminal.out(JSON.stringify(json));
    return exitCode;
  }
}
