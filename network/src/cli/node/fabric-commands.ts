import { existsSync } from 'node:fs';
import type { Words } from '@yici/domain/model';
import { describeReport, examineMachine } from '../../fabric/binaries/doctor/doctor.js';
import {
  installFabric,
  type InstallOptions,
  type InstallReport,
} from '../../fabric/binaries/install.js';
import { demoTopologyFile } from '../../genesis/prepare.js';
import { ownPart, readDepartmentFile } from '../../render/department-file.js';
import { readTopology } from '../../topology/load.js';
import { departmentNamed } from '../../topology/nodes.js';
import type { CommandContext, TopologyOption } from '../context.js';

interface FabricDoctorOptions extends TopologyOption {
  readonly binDir?: string;
}

const installed: Readonly<Record<InstallReport['source'], Words>> = {
  present: { zh: '此前已安装', en: 'was installed already' },
  download: { zh: '已安装', en: 'is installed' },
  archive: { zh: '已安装', en: 'is installed' },
  binDir: { zh: '使用已有程序', en: 'uses the binaries there' },
};

/** Downloads the release into the user's cache, unless it is already there. */
export async function installRelease(
  { output, environment }: CommandContext,
  { archive, mirror, sha256, binDir }: InstallOptions,
): Promise<void> {
  // These are programs, not keys: nodes may run as another user than the installer.
  process.umask(0o022);
  const { installation, source } = await installFabric(
    { archive, mirror, sha256, binDir },
    {
      env: environment.env,
      progress: output.progress,
    },
  );
  const { version, directory } = installation;
  output.result(
    { version, directory, source, peer: installation.bin('peer') },
    {
      zh: `Fabric ${version} ${installed[source].zh}：${directory}`,
      en: `Fabric ${version} ${installed[source].en}: ${directory}`,
    },
  );
}

/** Checks this machine for native nodes; returns whether all requirements are met. */
export async function doctor(
  { folder, output, environment }: CommandContext,
  { topology: file, binDir }: FabricDoctorOptions,
): Promise<boolean> {
  const own = existsSync(folder.topology) ? folder.topology : demoTopologyFile;
  const whole = readTopology(file ?? own, 'fabric');
  const rendered = readDepartmentFile(folder.root);
  const report = await examineMachine({
    topology:
      rendered === undefined ? whole : ownPart(whole, departmentNamed(whole, rendered.department)),
    startsAll: file === undefined,
    folder,
    binDir,
    env: environment.env,
    now: new Date(),
  });
  output.result(report, describeReport(report));
  return report.ok;
}
