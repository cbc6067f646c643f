import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Environment } from '../locate.js';
import { megabytes } from '../progress.js';
import { fabricReleaseDay } from '../release.js';
import type { Check } from './check.js';

/** docs/adr/0002: the Node versions that can `require()` an ES module. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  return {
    name: 'node',
    status: fits ? 'ok' : 'missing',
    found: { zh: `Node ${version}`, en: `Node ${version}` },
    mend: fits
      ? undefined
      : {
          zh: '安装 Node 24（最低 20.19，Node 22 须 22.12 以上）',
          en: 'install Node 24 (the least is 20.19, of 22 it is 22.12)',
        },
    details: { version },
  };
}

/** A folder and what must be free where it is, in bytes. */
interface Room {
  readonly folder: string;
  readonly needed: number;
}

/** Whether the file systems of the folders, which may not exist yet, have enough space. */
export async function checkDisk(rooms: readonly Room[]): Promise<Check> {
  const found = await Promise.all(
    rooms.map(async ({ folder, needed }) => {
      const { bavail, bsize } = await statfs(existing(folder));
      return { folder, needed, free: bavail * bsize };
    }),
  );
  const short = found.filter(({ free, needed }) => free < needed);
  const list = found.map(({ folder, free }) => `${folder} ${megabytes(free)}`);
  const wanted = short.map(({ folder, needed }) => `${folder}: ${megabytes(needed)}`);
  return {
    name: 'disk',
    status: short.length === 0 ? 'ok' : 'missing',
    found: { zh: `可用空间：${list.join('、')}`, en: `free: ${list.join(', ')}` },
    mend:
      short.length === 0
        ? undefined
        : {
            zh: `腾出空间（${wanted.join('、')}），或者用 XDG_CACHE_HOME、--dir 换到别的磁盘`,
            en: `make room (${wanted.join(', ')}), or use another disk with XDG_CACHE_HOME or --dir`,
          },
    details: { rooms: found },
  };
}

function existing(folder: string): string {
  let path = folder;
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path);
  return path;
}

/** A peer keeps some ten databases with up to 500 open files each (goleveldb's default), and its connections. */
const openFilesNeeded = 8192;

/** The limit for a process started from here; Node raises its own to the hard limit first. */
export async function checkOpenFiles(): Promise<Check> {
  const text = (await output('/bin/sh', ['-c', 'ulimit -n'], {}))?.trim() ?? '';
  const limit = text === 'unlimited' ? Infinity : Number(text);
  const enough = limit >= openFilesNeeded;
  return {
    name: 'openFiles',
    status: enough ? 'ok' : 'missing',
    found: { zh: `每个进程可打开 ${text} 个文件`, en: `${text} open files a process` },
    mend: enough
      ? undefined
      : {
          zh: `至少 ${openFilesNeeded}：ulimit -Hn 65536（root），或 systemd 单元 LimitNOFILE=65536，或 /etc/security/limits.conf`,
          en: `at least ${openFilesNeeded}: ulimit -Hn 65536 (as root), LimitNOFILE=65536 in a systemd unit, or /etc/security/limits.conf`,
        },
    details: { limit: Number.isFinite(limit) ? limit : text, needed: openFilesNeeded },
  };
}

/** Tolerance: clocks of departments differ by seconds, not minutes; file times on a network disk may be slightly ahead. */
const toleranceMs = 60_000;

/**
 * Whether the clock is plausible: not before Fabric's release, not before files of this network were written, and
 * synchronised by the system. Peers refuse proposals that differ by more than the topology's `windowSeconds` (core.yaml
 * peer.authentication.timewindow).
 */
export async function checkClock(
  now: Date,
  files: readonly string[],
  env: Environment,
): Promise<Check> {
  const written = files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const earliest = Math.max(Date.parse(fabricReleaseDay), ...written);
  const kept = (
    await output('timedatectl', ['show', '--property=NTPSynchronized', '--value'], {
      PATH: env['PATH'] ?? '',
    })
  )?.trim();
  const time = now.toISOString();
  const notBefore = new Date(earliest).toISOString();
  const isLate = now.getTime() + toleranceMs < earliest;
  const { status, zh, en } = verdictOn(isLate, kept, notBefore);
  return {
    name: 'clock',
    status,
    found: { zh: `时钟为 ${time}${zh}`, en: `the clock says ${time}${en}` },
    mend: status === 'ok' ? undefined : setClock,
    details: { now: time, notBefore, synchronised: kept },
  };
}

function verdictOn(isLate: boolean, kept: string | undefined, notBefore: string) {
  if (isLate) {
    return { status: 'missing', zh: `，早于 ${notBefore}`, en: `, before ${notBefore}` } as const;
  }
  if (kept !== 'no') return { status: 'ok', zh: '', en: '' } as const;
  const en = ', not kept by a time server';
  return { status: 'warning', zh: '，未与时间服务器同步', en } as const;
}

const setClock = {
  zh: '开启时间同步（chrony 或 systemd-timesyncd），各部门使用同一时间源',
  en: 'keep it by a time server (chrony or systemd-timesyncd), the same for all departments',
};

/** A program's output; undefined when it does not exist or fails. */
function output(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  return new Promise((done) => {
    execFile(file, args, { env, timeout: 5_000 }, (error, stdout) =>
      done(error === null ? stdout : undefined),
    );
  });
}
