import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { NetworkError } from '../../errors.js';
import { candidate, missingParts, type FabricInstallation, type FabricLookup } from './locate.js';
import { hostPlatform, servingVersions, type FabricPlatform } from './release.js';

/** What `<tool> version` says of itself. */
interface BinaryVersion {
  /** Without the leading `v`. */
  readonly version: string;
  /** `linux/amd64` */
  readonly platform: string;
}

/**
 * The installed Fabric, after running it to verify its version and platform.
 * @throws NetworkError FABRIC_NOT_INSTALLED, FABRIC_VERSION_MISMATCH, FABRIC_PLATFORM_MISMATCH
 */
export async function requireFabric(lookup: FabricLookup = {}): Promise<FabricInstallation> {
  const installation = candidate(lookup);
  const missing = missingParts(installation);
  if (missing.length > 0) throw notInstalled(installation, missing);
  await checkFabric(installation, hostPlatform(), servingVersions);
  return installation;
}

/**
 * Runs `peer version` and `orderer version` and refuses versions other than the given ones, and another platform.
 * @throws NetworkError FABRIC_VERSION_MISMATCH, FABRIC_PLATFORM_MISMATCH
 */
export async function checkFabric(
  installation: FabricInstallation,
  platform: FabricPlatform,
  versions: readonly string[] = [installation.version],
): Promise<void> {
  await checkTool(installation.bin('peer'), platform, versions);
  await checkTool(installation.bin('orderer'), platform, versions);
}

async function checkTool(
  file: string,
  platform: FabricPlatform,
  versions: readonly string[],
): Promise<void> {
  const wanted = `${platform.os}/${platform.arch}`;
  const found = await binaryVersion(file);
  if (found?.platform !== wanted) throw wrongPlatform(file, wanted, found);
  if (!versions.includes(found.version)) {
    const wanted = versions.join(' or ');
    throw new NetworkError(
      'FABRIC_VERSION_MISMATCH',
      {
        zh: `${file} 是 Fabric ${found.version}，本网络须为 ${versions.join(' 或者 ')}。执行 yici-network fabric install，或者用 --bin-dir 另指目录。`,
        en: `${file} is Fabric ${found.version}; this network needs ${wanted}: run yici-network fabric install, or name another folder with --bin-dir.`,
      },
      { details: { file, wanted, found: found.version } },
    );
  }
}

/** The version reported by a Fabric program; undefined when it cannot be run or prints something else. */
export async function binaryVersion(
  file: string,
  question = 'version',
): Promise<BinaryVersion | undefined> {
  const text = await versionText(file, question);
  const version = / Version: v?(\S+)/.exec(text)?.[1];
  const platform = / OS\/Arch: (\S+)/.exec(text)?.[1];
  return version === undefined || platform === undefined ? undefined : { version, platform };
}

const runsFor = 20_000;
const attempts = 10;

async function versionText(file: string, question: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const { text, code } = await run(file, question);
    // A file that was just written is busy while a process forked meanwhile still has it open.
    if (code !== 'ETXTBSY' || attempt === attempts) return text;
    await delay(20 * attempt);
  }
}

function run(
  file: string,
  question: string,
): Promise<{ readonly text: string; readonly code: unknown }> {
  return new Promise((done) => {
    // The environment does not influence the version.
    const child = execFile(file, [question], { timeout: runsFor, env: {} }, (error, stdout) =>
      done({ text: error === null ? stdout : '', code: error?.code }),
    );
    child.stdin?.end();
  });
}

function notInstalled({ version, directory }: FabricInstallation, missing: string[]): NetworkError {
  return new NetworkError(
    'FABRIC_NOT_INSTALLED',
    {
      zh: `${directory} 中没有 Fabric ${version}。执行 yici-network fabric install；yici-network fabric doctor 列出所缺内容。`,
      en: `Fabric ${version} is not in ${directory}: run yici-network fabric install (yici-network fabric doctor says what is missing).`,
    },
    { details: { version, directory, missing } },
  );
}

function wrongPlatform(
  file: string,
  wanted: string,
  found: BinaryVersion | undefined,
): NetworkError {
  const what =
    found === undefined
      ? { zh: '在本机无法运行', en: 'does not run on this machine' }
      : { zh: `是为 ${found.platform} 编译的`, en: `was built for ${found.platform}` };
  return new NetworkError(
    'FABRIC_PLATFORM_MISMATCH',
    {
      zh: `${file} ${what.zh}；本机为 ${wanted}，请安装适用于 ${wanted} 的安装包。`,
      en: `${file} ${what.en}, which is ${wanted}: install the archive for ${wanted}.`,
    },
    { details: { file, wanted, found: found?.platform } },
  );
}
