import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { ClientError } from '../errors.js';
import { clip, printable } from './text.js';

/** Environment of a command. Results go to `out`, progress and warnings to `note`. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  out(line: string): void;
  note(line: string): void;
  /** Shows the current activity in one line that is overwritten, on a terminal only; `undefined` clears it. */
  progress(line: string | undefined): void;
  /** The clock, if it is not the system's. */
  readonly now?: () => Date;
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
    out: above(process.stdout),
    note: above(process.stderr),
    progress,
    read: readSource,
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

async function readSource(path: string): Promise<Uint8Array> {
  if (path === '-') return buffer(process.stdin);
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ClientError('USAGE', `${path} 无法读取 cannot be read.`, { cause });
  }
}

/** A file's content as JSON. @throws ClientError USAGE. */
export async function readJson(terminal: Terminal, path: string): Promise<unknown> {
  const content = new TextDecoder().decode(await terminal.read(path));
  return parseJson(path === '-' ? '标准输入 standard input' : path, content);
}

/** @throws ClientError USAGE naming the source of the text. */
export function parseJson(where: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new ClientError('USAGE', `${where} 不是 JSON is no JSON.`, { cause });
  }
}
