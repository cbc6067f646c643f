import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NetworkError } from '../errors.js';
import type { Logger } from '../logger.js';

/**
 * Hands a backup of a running process to the command that asks for it, through a socket that only its own user can open: the command
 * writes the file, since the process may not write outside its data.
 * @returns closes it
 */
export async function serveBackup(
  path: string,
  take: (asked: string) => AsyncIterable<Uint8Array>,
  logger: Pick<Logger, 'info' | 'error'>,
): Promise<() => Promise<void>> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  const server = createServer(({ url = '/' }, response) => {
    logger.info({}, 'a backup is handed out');
    pipeline(Readable.from(take(url)), response).then(
      () => logger.info({}, 'a backup was handed out'),
      (error: unknown) => logger.error({ err: error }, 'a backup was not finished'),
    );
  });
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o600);
  return async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
}

/**
 * The backup that the process behind a socket hands out; undefined when none listens there.
 * @throws NetworkError DATA_FOLDER_UNUSABLE for another user than that of the process; while reading, NOT_RUNNING when it ends before
 * the backup is whole
 */
export async function askBackup(
  path: string,
  ask = '/',
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const asked = request({ socketPath: path, path: ask });
  asked.end();
  try {
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return whole(response);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
    if (code !== 'EACCES') throw broken(error);
    const words = {
      zh: '套接字只能由运行该程序的系统用户打开；请以该用户执行。',
      en: 'Only the user that runs the process can open its socket: run this as that user.',
    };
    throw new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { path }, cause: error });
  }
}

async function* whole(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response) yield piece as Uint8Array;
  } catch (error) {
    throw broken(error);
  }
}

function broken(cause: unknown): NetworkError {
  const words = {
    zh: '备份没有完成：被备份的进程中断了传送，原因见其日志。',
    en: 'The backup was not finished: the process that was to hand it out broke off; its log says why.',
  };
  return new NetworkError('NOT_RUNNING', words, { cause });
}
