import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { ClientError } from '../errors.js';
import { clip, printable } from './text.js';

/** What a command needs of the world around it. Results go to `out`, progress and warnings to `note`. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the person wants to stop (Ctrl-C, SIGTERM). */
  readonly signal: AbortSignal;
  out(line: string): void;
  note(line: string): void;
  /** What is being done just now: one line that is written over, on a screen only; nothing for `undefined`. */
  progress(line: string | undefined): void;
  /** What this computer's clock says, where it is another than the system's. */
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

/** A line that the next one takes the place of (ECMA-48: carriage return, erase in line); nothing in a file or a pipe. */
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

/** @throws ClientError USAGE naming where the text came from. */
export function parseJson(where: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new ClientError('USAGE', `${where} 不是 JSON is no JSON.`, { cause });
  }
}
