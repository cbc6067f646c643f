import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { buffer } from 'node:stream/consumers';
import { printable, clip, sayIn, languageOf, type Say, type Text } from '@yici/terminal';
import { ClientError } from '../errors.js';

/** Environment of a command. Results go to `out`, progress and warnings to `note`. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The language of this run. */
  readonly say: Say;
  out(line: string): void;
  note(line: string): void;
  /** Shows the current activity in one line that is overwritten, on a terminal only; `undefined` clears it. */
  progress(line: string | undefined): void;
  /** The clock, if it is not the system's. */
  readonly now?: () => Date;
  /** Asks a question on a terminal and gives the line that was typed; absent where nobody can be asked. */
  readonly ask?: (question: string) => Promise<string>;
  /** Where questions with choices are drawn and answered; absent where nobody can be asked. */
  readonly screen?: {
    readonly input: NodeJS.ReadableStream;
    readonly output: NodeJS.WritableStream;
  };
  /** Content of a file, or of standard input for `-`. @throws ClientError USAGE when it cannot be read. */
  read(path: string): Promise<Uint8Array>;
}

/** The terminal of this process. */
export function processTerminal(signal: AbortSignal): Terminal {
  const progress = progressLine(process.stderr);
  const above = (stream: NodeJS.WriteStream) => (line: string) => {
    progress(undefined);
    stream.write(`${line}\n`);
  };
  return {
    env: process.env,
    signal,
    say: sayIn(languageOf([], process.env)),
    out: above(process.stdout),
    note: above(process.stderr),
    progress,
    read: readSource,
    ...(process.stdin.isTTY ? { ask: (question) => askLine(question, signal) } : {}),
    ...(process.stdin.isTTY && process.stderr.isTTY
      ? { screen: { input: process.stdin, output: process.stderr } }
      : {}),
  };
}

/** Where a progress line can be shown. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const eraseLine = '\r\u001b[2K';

/** A progress line that is overwritten (ECMA-48: carriage return, erase in line); no output to files and pipes. */
export function progressLine(screen: Screen): Terminal['progress'] {
  let shown = false;
  return (line) => {
    if (screen.isTTY !== true || (line === undefined && !shown)) return;
    shown = line !== undefined;
    const { columns = 80 } = screen;
    screen.write(eraseLine + (line === undefined ? '' : clip(printable(line), columns - 1)));
  };
}

async function askLine(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, { signal });
  } finally {
    lines.close();
  }
}

async function readSource(path: string): Promise<Uint8Array> {
  if (path === '-') return buffer(process.stdin);
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ClientError(
      'USAGE',
      { zh: `${path} 无法读取。`, en: `${path} cannot be read.` },
      { cause },
    );
  }
}

/** A file's content as JSON. @throws ClientError USAGE. */
export async function readJson(terminal: Terminal, path: string): Promise<unknown> {
  const content = new TextDecoder().decode(await terminal.read(path));
  return parseJson(path === '-' ? { zh: '标准输入', en: 'standard input' } : path, content);
}

/** @throws ClientError USAGE naming the source of the text. */
export function parseJson(where: Text, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new ClientError(
      'USAGE',
      { zh: `${sayIn('zh')(where)} 不是 JSON。`, en: `${sayIn('en')(where)} is no JSON.` },
      { cause },
    );
  }
}
