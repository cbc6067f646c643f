import type { DataFolder } from '../../../supervisor/data-folder.js';
import { isLocked } from '../../../supervisor/data-folder.js';
import type { Topology } from '../../../topology/schema.js';
import { fabricCache, type Environment } from '../locate.js';
import { fabricSizes, fabricVersion, hostPlatform } from '../release.js';
import { checkBinaries } from './binaries.js';
import type { Check } from './check.js';
import { checkClock, checkDisk, checkNode, checkOpenFiles } from './machine.js';
import { checkPorts } from './ports.js';

/** Space for the ledgers and logs of a first demo; a network in production needs as much as its blocks. */
const ledgerRoom = 2_000_000_000;

interface MachineInput {
  readonly topology: Topology;
  readonly folder: DataFolder;
  readonly binDir?: string | undefined;
  readonly env: Environment;
  readonly now: Date;
}

export interface DoctorReport {
  readonly version: string;
  readonly platform: string;
  /** Whether all requirements are met. */
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

/** Checks everything that a network of native Fabric processes needs on this machine. Changes nothing. */
export async function examineMachine(patient: MachineInput): Promise<DoctorReport> {
  const { topology, folder, binDir, env, now } = patient;
  const platform = hostPlatform();
  const binaries = await checkBinaries({ binDir, env }, platform);
  const install =
    binaries.status === 'ok' || binDir !== undefined
      ? []
      : [{ folder: fabricCache(env).root, needed: fabricSizes.archive + fabricSizes.unpacked }];
  const checks = [
    checkNode(process.versions.node),
    binaries,
    await checkDisk([...install, { folder: folder.root, needed: ledgerRoom }]),
    await checkPorts(topology, await isLocked(folder)),
    await checkOpenFiles(),
    await checkClock(now, [folder.genesis, folder.topology], env),
  ];
  return {
    version: fabricVersion,
    platform: `${platform.os}/${platform.arch}`,
    ok: checks.every(({ status }) => status !== 'missing'),
    checks,
  };
}

const titles: Readonly<Record<Check['name'], string>> = {
  node: 'Node',
  binaries: '程序 binaries',
  disk: '磁盘 disk',
  ports: '端口 ports',
  openFiles: '文件数 open files',
  clock: '时钟 clock',
};

const marks = { ok: '✓', warning: '!', missing: '✗' } as const;

/** A report for people: Chinese first, then English. */
export function describeReport({ version, platform, checks }: DoctorReport): string {
  const missing = checks.filter(({ status }) => status === 'missing').length;
  const verdict =
    missing === 0 ? '一切就绪 · all is there' : `缺 ${missing} 项 · ${missing} missing`;
  return [
    `Fabric ${version} ${platform}: ${verdict}`,
    ...checks.flatMap(({ name, status, found, mend }) => [
      `${marks[status]} ${titles[name]}`,
      ...bilingual(found.zh, found.en),
      ...(mend === undefined ? [] : bilingual(`办法：${mend.zh}`, `To mend: ${mend.en}`)),
    ]),
  ].join('\n');
}

function bilingual(zh: string, en: string): string[] {
  return zh === en ? [`    ${zh}`] : [`    ${zh}`, `    ${en}`];
}
