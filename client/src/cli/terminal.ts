import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { ClientError } from '../errors.js';

/** What a command needs of the world around it. Results go to `out`, progress and warnings to `note`. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the person wants to stop (Ctrl-C, SIGTERM). */
  readonly signal: AbortSignal;
  out(line: string): void;
  note(line: string): void;
  /** Content of a file, or of standard input for `-`. @throws ClientError USAGE when it cannot be read. */
  read(path: string): Promise<Uint8Array>;
}

/** The terminal of this process. */
export function processTerminal(signal: AbortSignal): Terminal {
  return {
    env: process.env,
    signal,
    out: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
    read: readSource,
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
