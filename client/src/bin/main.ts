import { failureOf, type ExitCode } from '../cli/exit.js';
import { createProgram } from './program.js';
import type { Terminal } from '../terminal/terminal.js';

/** Runs `yici` with these arguments and returns the exit code; never throws. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await createProgram(terminal).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    const { exitCode, lines, json, reported = false } = failureOf(error);
    for (const line of lines) terminal.note(line);
    if (args.includes('--json') && exitCode !== 0 && !reported) terminal.out(JSON.stringify(json));
    return exitCode;
  }
}
