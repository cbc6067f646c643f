import { constants } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { Words } from '@yici/domain/model';
import { NetworkError } from '../../../errors.js';
import { present } from '../../../present.js';
import {
  candidate,
  fabricTools,
  isFile,
  missingParts,
  type Environment,
  type FabricInstallation,
  type FabricLookup,
  type FabricTool,
} from '../locate.js';
import { servingVersions, type FabricPlatform } from '../release.js';
import { binaryVersion, checkFabric } from '../version.js';
import type { Check } from './check.js';

/** A program of the installation: where it is and what it says of itself; not all of them say anything. */
interface FoundTool {
  readonly name: FabricTool;
  readonly file: string;
  readonly present: boolean;
  readonly version?: string;
}

/** Checks for an installed Fabric whose programs run on this machine, and their versions. */
export async function checkBinaries(
  lookup: FabricLookup & { readonly env: Environment },
  platform: FabricPlatform,
): Promise<Check> {
  const installation = candidate(lookup);
  const tools = await Promise.all(fabricTools.map((name) => examine(installation, name)));
  const missing = missingParts(installation);
  const { version, directory } = installation;
  const details = { version, directory, tools, missing };
  if (missing.length > 0) return notThere(installation, missing, lookup.env, details);
  const refusal = await refusalOf(installation, platform);
  if (refusal === undefined) {
    return { name: 'binaries', status: 'ok', found: listing(installation, tools), details };
  }
  const { code, words } = refusal;
  return {
    name: 'binaries',
    status: 'missing',
    found: words,
    mend: install,
    details: { ...details, code },
  };
}

async function examine(installation: FabricInstallation, name: FabricTool): Promise<FoundTool> {
  const file = installation.bin(name);
  if (!isFile(file, constants.X_OK)) return { name, file, present: false };
  // discover, ledgerutil and osnadmin have no option to print their version.
  const silent = ['discover', 'ledgerutil', 'osnadmin'].includes(name);
  const found = silent
    ? undefined
    : await binaryVersion(file, name === 'configtxgen' ? '-version' : 'version');
  return { name, file, present: true, ...present({ version: found?.version }) };
}

async function refusalOf(
  installation: FabricInstallation,
  platform: FabricPlatform,
): Promise<NetworkError | undefined> {
  try {
    await checkFabric(installation, platform, servingVersions);
    return undefined;
  } catch (error) {
    if (error instanceof NetworkError) return error;
    throw error;
  }
}

function listing({ directory }: FabricInstallation, tools: readonly FoundTool[]): Words {
  const version = tools.find(({ name }) => name === 'peer')?.version ?? '';
  const there = tools.filter(({ present }) => present);
  const list = there.map((tool) => `${tool.name} ${tool.version ?? ''}`.trim()).join('、');
  return {
    zh: `Fabric ${version} 在 ${directory}（${list}）`,
    en: `Fabric ${version} is in ${directory}`,
  };
}

const install: Words = {
  zh: '运行 yici-network fabric install；内网可用 --mirror 地址、--archive 文件或 --bin-dir 目录',
  en: 'run yici-network fabric install; in a closed network with --mirror, --archive or --bin-dir',
};

function notThere(
  { version, directory }: FabricInstallation,
  missing: readonly string[],
  env: Environment,
  details: Check['details'],
): Check {
  const elsewhere = onPath(env);
  return {
    name: 'binaries',
    status: 'missing',
    found: {
      zh: `没有 Fabric ${version}：${directory} 中缺 ${missing.length} 个文件，首个为 ${missing[0] ?? ''}`,
      en: `Fabric ${version} is not there: ${missing.length} files are missing in ${directory}`,
    },
    mend:
      elsewhere === undefined
        ? install
        : {
            zh: `${install.zh}；PATH 中有 ${elsewhere}，版本相同时可用 --bin-dir ${dirname(elsewhere)}`,
            en: `${install.en}; ${elsewhere} is on the PATH: if it is of that version, --bin-dir ${dirname(elsewhere)}`,
          },
    details: { ...details, ...present({ onPath: elsewhere }) },
  };
}

/** A `peer` on the shell's path; it is reported but never used without being chosen. */
function onPath(env: Environment): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, 'peer')).find((file) => isFile(file, constants.X_OK));
}
