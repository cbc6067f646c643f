import type { Words } from '@yici/domain/model';
import type { Text } from '@yici/terminal';
import type { DataFolder } from '../../../supervisor/data-folder.js';
import { isLocked } from '../../../supervisor/data-folder.js';
import type { Topology } from '../../../topology/schema.js';
import { candidate, fabricCache, type Environment } from '../locate.js';
import { fabricSizes, fabricVersion, hostPlatform } from '../release.js';
import { checkBinaries } from './binaries.js';
import { checkCertificates } from './certificates.js';
import type { Check } from './check.js';
import { checkClock, checkDisk, checkNode, checkOpenFiles } from './machine.js';
import { checkPorts } from './ports.js';
import { checkTokens } from './tokens.js';

/** Space for the ledgers and logs of a first demo; a network in production needs as much as its blocks. */
const ledgerRoom = 2_000_000_000;

interface MachineInput {
  readonly topology: Topology;
  /** Whether all of its departments are to start on this machine, and not only those whose addresses are here. */
  readonly startsAll?: boolean;
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
  const { topology, startsAll = false, folder, binDir, env, now } = patient;
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
    await checkPorts(topology, { running: await isLocked(folder), startsAll }),
    await checkOpenFiles(),
    await checkClock(now, [folder.genesis, folder.topology], env),
    checkCertificates(topology, folder, now),
    ...checkTokens(topology, folder, candidate({ binDir, env })),
  ];
  return {
    version: fabricVersion,
    platform: `${platform.os}/${platform.arch}`,
    ok: checks.every(({ status }) => status !== 'missing'),
    checks,
  };
}

const titles: Readonly<Record<Check['name'], Words>> = {
  node: { zh: 'Node', en: 'Node' },
  binaries: { zh: '程序', en: 'binaries' },
  disk: { zh: '磁盘', en: 'disk' },
  ports: { zh: '端口', en: 'ports' },
  openFiles: { zh: '文件数', en: 'open files' },
  clock: { zh: '时钟', en: 'clock' },
  certificates: { zh: '证书', en: 'certificates' },
  tokens: { zh: '令牌', en: 'tokens' },
};

const marks = { ok: '✓', warning: '!', missing: '✗' } as const;

/** A report for people, a line each. */
export function describeReport({ version, platform, checks }: DoctorReport): Text[] {
  const missing = checks.filter(({ status }) => status === 'missing').length;
  const verdict =
    missing === 0
      ? { zh: '一切就绪', en: 'all is there' }
      : { zh: `缺 ${missing} 项`, en: `${missing} missing` };
  return [
    {
      zh: `Fabric ${version} ${platform}：${verdict.zh}`,
      en: `Fabric ${version} ${platform}: ${verdict.en}`,
    },
    ...checks.flatMap(({ name, status, found, mend }) => [
      { zh: `${marks[status]} ${titles[name].zh}`, en: `${marks[status]} ${titles[name].en}` },
      { zh: `    ${found.zh}`, en: `    ${found.en}` },
      ...(mend === undefined
        ? []
        : [{ zh: `    办法：${mend.zh}`, en: `    To mend: ${mend.en}` }]),
    ]),
  ];
}
