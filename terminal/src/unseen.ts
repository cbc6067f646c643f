import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Asks the person at the terminal for one line that is not shown, whatever standard input and output are connected to; undefined
 * where there is no terminal. It waits in place: what needs the answer is in the middle of something.
 */
export function askUnseen(question: string): string | undefined {
  const terminal = openTerminal();
  if (terminal === undefined) return undefined;
  const echo = (wanted: 'echo' | '-echo') =>
    spawnSync('stty', [wanted], { stdio: [terminal, 'ignore', 'ignore'] }).status === 0;
  // What cannot be hidden, or whose question cannot be seen, is not asked for.
  const isHidden = process.stderr.isTTY && echo('-echo');
  try {
    if (!isHidden) return undefined;
    process.stderr.write(question);
    return lineOf(terminal);
  } finally {
    if (isHidden) {
      echo('echo');
      process.stderr.write('\n');
    }
    closeSync(terminal);
  }
}

function openTerminal(): number | undefined {
  try {
    return openSync('/dev/tty', 'r');
  } catch {
    return undefined;
  }
}

function lineOf(terminal: number): string {
  const byte = Buffer.alloc(1);
  const line: number[] = [];
  while (readSync(terminal, byte) === 1 && byte[0] !== 0x0a) line.push(byte[0] ?? 0);
  return Buffer.from(line).toString('utf8').replace(/\r$/, '');
}
