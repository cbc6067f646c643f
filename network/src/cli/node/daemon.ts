import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Words } from '@yici/domain/model';
import { NetworkError } from '../../errors.js';
import { wordsOf } from '../../to-error.js';
import { errorOf, supervisorMessage } from '../../supervisor/control.js';
import { readRunning, type RunningNetwork } from '../../supervisor/data-folder.js';
import type { CommandContext, UpOptions } from '../context.js';

/** Stopping a network of native nodes has two phases of ten seconds each. */
const stopWithin = 40_000;

/** Starts `up --foreground` detached and waits until it is ready. Rejects with the daemon's own error. */
export async function startDaemon(
  context: CommandContext,
  options: UpOptions,
): Promise<RunningNetwork> {
  const { folder } = context;
  mkdirSync(folder.logs, { recursive: true, mode: 0o700 });
  const logFile = join(folder.logs, 'network.log');
  const child = spawnDaemon(context, options, logFile);
  await ready(child, context, logFile);
  child.disconnect();
  child.unref();
  const running = await readRunning(folder);
  if (running === undefined)
    throw startFailure(logFile, { zh: '随即停止', en: 'it stopped at once' });
  return running;
}

function spawnDaemon(
  { environment, folder }: CommandContext,
  options: UpOptions,
  logFile: string,
): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  const given = [
    ...(options.topology === undefined ? [] : ['--topology', options.topology]),
    ...(options.engine === undefined ? [] : ['--engine', options.engine]),
    ...(options.binDir === undefined ? [] : ['--bin-dir', options.binDir]),
  ];
  const command = [environment.script, 'up', '--foreground', '--dir', folder.root];
  const child = spawn(process.execPath, [...environment.nodeOptions, ...command, ...given], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return child;
}

function ready(child: ChildProcess, { output }: CommandContext, logFile: string): Promise<void> {
  return new Promise((done, fail) => {
    child.on('error', (error) => fail(startFailure(logFile, wordsOf(error))));
    child.on('exit', (code) =>
      fail(
        startFailure(logFile, {
          zh: `退出码 ${code ?? '无'}`,
          en: `it ended with code ${code ?? 'none'}`,
        }),
      ),
    );
    child.on('message', (value) => {
      const message = supervisorMessage.safeParse(value);
      if (!message.success) return;
      if (message.data.kind === 'progress') output.progress(message.data.text);
      else if (message.data.kind === 'ready') done();
      else fail(errorOf(message.data));
    });
  });
}

function startFailure(logFile: string, why: Words): NetworkError {
  const message = {
    zh: `网络未能启动：${why.zh}。日志在 ${logFile}。`,
    en: `The network did not start: ${why.en}. Its log is ${logFile}.`,
  };
  return new NetworkError('NOT_RUNNING', message, { details: { logFile } });
}

/** Sends SIGTERM to a process and waits for its end; kills it after forty seconds. */
export async function stopProcess(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  const deadline = performance.now() + stopWithin;
  while (signal(pid, 0)) {
    if (performance.now() > deadline) signal(pid, 'SIGKILL');
    await delay(20);
  }
}

/** Whether the process existed. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
