import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { CodedError } from '@yici/ledger';
import { z } from 'zod';
import type { Text } from '@yici/terminal';
import { NetworkError, networkErrorCodes, quoted } from '../errors.js';
import type { DataFolder } from './data-folder.js';

/** A text, or one in both languages: whoever asked says it in theirs. */
const said = z.union([z.string(), z.strictObject({ zh: z.string(), en: z.string() })]);

/** Messages of a running network to a command that sent a request; one JSON object per line. */
export const supervisorMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), text: said }),
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({
    kind: z.literal('failed'),
    code: z.string(),
    message: z.string(),
    words: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
    details: z.record(z.string(), z.unknown()),
  }),
]);
export type SupervisorMessage = z.output<typeof supervisorMessage>;

/** Maximum path length of a local socket on all systems (sun_path of macOS is 104 bytes). */
const longestPath = 100;

/** Path of the control socket of a folder's network; only its own user can open it. */
export const controlPath = ({ process: file }: Pick<DataFolder, 'process'>): string =>
  socketPath(join(dirname(file), 'control.sock'));

/** Path of the socket at which a running embedded ledger hands out its backup. */
export const backupPath = ({ process: file }: Pick<DataFolder, 'process'>): string =>
  socketPath(join(dirname(file), 'backup.sock'));

/** Where a local socket lies that is to be at `own`: elsewhere under a name of its own when that path is too long for one. */
export function socketPath(own: string): string {
  if (Buffer.byteLength(own) <= longestPath) return own;
  const digest = createHash('sha256').update(own).digest('hex').slice(0, 16);
  return join(tmpdir(), `yici-${digest}.sock`);
}

/** Does what one line asks; the error is told to whoever asked. */
type ControlHandler = (request: unknown, progress: (text: Text) => void) => Promise<void>;

/** Accepts requests until closed. The caller holds the folder's lock, so a socket left by a killed process is removed. */
export async function serveControl(
  path: string,
  handler: ControlHandler,
): Promise<() => Promise<void>> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    void answer(socket, handler);
  });
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o600);
  return () =>
    new Promise((done) => {
      server.close(() => done());
      for (const socket of open) socket.destroy();
    });
}

async function answer(socket: Socket, handler: ControlHandler): Promise<void> {
  const tell = (message: SupervisorMessage) => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  try {
    await handler(await firstLine(socket), (text) => tell({ kind: 'progress', text }));
    tell({ kind: 'ready' });
  } catch (error) {
    tell(failureOf(error));
  }
  socket.end();
}

async function firstLine(socket: Socket): Promise<unknown> {
  for await (const line of createInterface({ input: socket })) return JSON.parse(line);
  return undefined;
}

/** Serializes an error for another process. */
export function failureOf(error: unknown): SupervisorMessage {
  if (!(error instanceof CodedError)) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', code: 'BUG', message, details: {} };
  }
  const details = Object.fromEntries(
    Object.entries(error.details).map(([key, value]) => [
      key,
      typeof value === 'bigint' ? Number(value) : value,
    ]),
  );
  return {
    kind: 'failed',
    code: String(error.code),
    message: error.message,
    words: error.words,
    details,
  };
}

/** Restores a serialized error. */
export function errorOf({
  code,
  message,
  words,
  details,
}: Extract<SupervisorMessage, { kind: 'failed' }>): NetworkError {
  const known = networkErrorCodes.find((each) => each === code);
  return new NetworkError(known ?? 'DATA_FOLDER_UNUSABLE', words ?? quoted(message), { details });
}

/**
 * Sends a request to the network that runs on a folder and waits for its result.
 * @throws NetworkError NOT_RUNNING, and the network's own errors
 */
export async function askNetwork(
  path: string,
  request: unknown,
  progress: (text: Text) => void,
): Promise<void> {
  const socket = await reached(path);
  socket.write(`${JSON.stringify(request)}\n`);
  for await (const line of createInterface({ input: socket })) {
    const message = supervisorMessage.parse(JSON.parse(line));
    if (message.kind === 'progress') progress(message.text);
    else if (message.kind === 'ready') return;
    else throw errorOf(message);
  }
  throw new NetworkError('NOT_RUNNING', {
    zh: '网络在完成之前已停止。',
    en: 'The network ended before it was done.',
  });
}

async function reached(path: string): Promise<Socket> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (cause) {
    const message = {
      zh: '此目录没有运行中的网络，请执行 yici-network up。',
      en: 'No network takes commands here: run yici-network up.',
    };
    throw new NetworkError('NOT_RUNNING', message, { details: { path }, cause });
  }
}
