import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Text } from '@yici/terminal';
import { syncFolder } from '../../embedded/storage/file-io.js';
import { NetworkError } from '../../errors.js';
import { writeAtomically } from '../../atomic.js';
import { dataFolder, lockFolder, type FolderLock } from '../../supervisor/data-folder.js';
import { archiveInvalid, fileError } from './archive-errors.js';
import { digestMismatch, fileDigest } from './digest.js';
import { discardPart, download, type DownloadOptions } from './download.js';
import {
  candidate,
  fabricCache,
  findFabric,
  installationAt,
  installationOf,
  missingParts,
  type Environment,
  type FabricCache,
  type FabricChoice,
  type FabricInstallation,
} from './locate.js';
import { progressLines } from './progress.js';
import {
  archiveName,
  archiveUrl,
  fabricVersion,
  hostPlatform,
  officialDigest,
  type FabricPlatform,
} from './release.js';
import { releaseLimits, unpack, type UnpackLimits } from './unpack.js';
import { checkFabric } from './version.js';

export interface InstallOptions {
  /** A local archive to use instead of a download. */
  readonly archive?: string | undefined;
  /** URL of a folder with the release's archives, instead of the project's own. */
  readonly mirror?: string | undefined;
  /** SHA-256 in hex of an archive that is not the official one. */
  readonly sha256?: string | undefined;
  /** Folder of existing binaries, used in place. */
  readonly binDir?: string | undefined;
  readonly version?: string | undefined;
}

export interface InstallDependencies {
  readonly env?: Environment;
  readonly platform?: FabricPlatform;
  readonly progress?: (text: Text) => void;
  /** Retry settings of the download. */
  readonly transfer?: Pick<DownloadOptions, 'retries' | 'pauseMs' | 'silenceMs' | 'most'>;
  /** Limits for unpacking. */
  readonly limits?: UnpackLimits;
}

export interface InstallReport {
  readonly installation: FabricInstallation;
  /** How it was installed; `present` when it already was. */
  readonly source: 'present' | 'download' | 'archive' | 'binDir';
}

/**
 * Installs the release of Fabric into the user's cache, once for all projects: verifies the archive, unpacks it beside its
 * target, runs it once, then renames it. Does nothing when it is already installed. Waits while another install runs.
 * @throws NetworkError FABRIC_DOWNLOAD_FAILED, FABRIC_DIGEST_MISMATCH, FABRIC_ARCHIVE_INVALID, FABRIC_ARCHIVE_UNSAFE,
 * FABRIC_PLATFORM_UNSUPPORTED, FABRIC_PLATFORM_MISMATCH, FABRIC_VERSION_MISMATCH, FABRIC_NOT_INSTALLED (`binDir` lacks
 * something), FABRIC_DISK_FULL, DATA_FOLDER_UNUSABLE
 */
export async function installFabric(
  options: InstallOptions = {},
  dependencies: InstallDependencies = {},
): Promise<InstallReport> {
  const installing = installingWith(options, dependencies);
  const present = await usable(installing);
  if (present !== undefined && options.binDir === undefined) {
    return { installation: present, source: 'present' };
  }
  const lock = await waitForLock(installing);
  try {
    return options.binDir === undefined
      ? await installArchive(options, installing)
      : await choose(options.binDir, installing);
  } catch (error) {
    throw fileError(error, installing.cache.root);
  } finally {
    await lock.release();
  }
}

function installingWith(
  { version = fabricVersion }: InstallOptions,
  {
    env = process.env,
    platform = hostPlatform(),
    progress = () => undefined,
    transfer = {},
    limits = releaseLimits,
  }: InstallDependencies,
) {
  return { version, env, platform, progress, transfer, limits, cache: fabricCache(env) };
}
type Installing = Readonly<ReturnType<typeof installingWith>>;

/** The installed release, if it runs here and has the right version. */
async function usable(installing: Installing): Promise<FabricInstallation | undefined> {
  const { version, env, platform, progress } = installing;
  const found = findFabric({ version, env });
  if (found === undefined) return undefined;
  try {
    await checkFabric(found, platform);
    return found;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    progress({ zh: `${error.code}：${error.words.zh}`, en: `${error.code}: ${error.message}` });
    return undefined;
  }
}

const lockPollMs = 200;

/** Lock between concurrent installs; the system releases it when the process ends. */
async function waitForLock({ cache, progress }: Installing): Promise<FolderLock> {
  for (let told = false; ;) {
    try {
      return await lockFolder(dataFolder(cache.root));
    } catch (error) {
      if (!(error instanceof NetworkError) || error.code !== 'DATA_FOLDER_LOCKED') throw error;
      if (!told)
        progress({ zh: '正在等待另一个安装进程', en: 'Waiting for another install to end' });
      told = true;
      await delay(lockPollMs);
    }
  }
}

/** Records the folder of binaries to use. */
async function choose(binDir: string, installing: Installing): Promise<InstallReport> {
  const { version, platform, cache, env } = installing;
  const installation = installationOf(binDir, version);
  const missing = missingParts(installation);
  if (missing.length > 0) {
    throw new NetworkError(
      'FABRIC_NOT_INSTALLED',
      {
        zh: `${resolve(binDir)} 不是 Fabric 发布包的 bin 目录；缺少或者不可执行：${missing.join('、')}。`,
        en: `${resolve(binDir)} is not the bin folder of a release of Fabric; missing or not executable: ${missing.join(', ')}.`,
      },
      { details: { version, directory: installation.directory, missing } },
    );
  }
  await checkFabric(installation, platform);
  const choice: FabricChoice = { binDir: dirname(installation.bin('peer')) };
  writeAtomically(cache.choice(version), `${JSON.stringify(choice)}\n`);
  return { installation: candidate({ version, env }), source: 'binDir' };
}

async function installArchive(
  options: InstallOptions,
  installing: Installing,
): Promise<InstallReport> {
  const { cache, version, progress } = installing;
  // The previous holder of the lock may have installed it.
  const present = await usable(installing);
  if (present !== undefined) return { installation: present, source: 'present' };
  removeLeftovers(cache);
  const { file, digest, done } = await obtain(options, installing);
  progress({ zh: '正在解压并检查', en: 'Unpacking and checking' });
  await place(file, digest, installing);
  done();
  // An earlier choice without usable binaries would take precedence over this installation.
  rmSync(cache.choice(version), { force: true });
  return {
    installation: installationAt(cache.installation(version), version),
    source: options.archive === undefined ? 'download' : 'archive',
  };
}

/** An archive with verified digest. */
interface Verified {
  readonly file: string;
  readonly digest: string;
  /** Removes files that are no longer needed. */
  readonly done: () => void;
}

async function obtain(options: InstallOptions, installing: Installing): Promise<Verified> {
  const { version, platform } = installing;
  const digest = options.sha256?.toLowerCase() ?? officialDigest(version, platform);
  if (options.archive === undefined) return await fetchArchive(digest, options.mirror, installing);
  const file = resolve(options.archive);
  const found = await fileDigest(file).catch((cause: unknown) => {
    throw archiveInvalid({ zh: `${file} 无法读取`, en: `${file} cannot be read` }, cause);
  });
  if (found !== digest) throw digestMismatch(file, digest, found);
  return { file, digest, done: () => undefined };
}

async function fetchArchive(
  digest: string,
  mirror: string | undefined,
  { cache, version, platform, progress, transfer }: Installing,
): Promise<Verified> {
  const url = archiveUrl(version, platform, mirror);
  mkdirSync(cache.downloads, { recursive: true });
  // The digest in the name separates parts of different archives.
  const name = `${archiveName(version, platform)}.${digest.slice(0, 16)}.part`;
  const part = join(cache.downloads, name);
  progress({ zh: `正在下载 ${url}`, en: `Downloading ${url}` });
  await download({
    ...transfer,
    url,
    part,
    onProgress: progressLines(progress),
    onRetry: ({ zh, en }) => progress({ zh: `正在重试：${zh}`, en: `Trying again: ${en}` }),
  });
  const found = await fileDigest(part);
  if (found !== digest) {
    discardPart(part);
    throw digestMismatch(url, digest, found);
  }
  return {
    file: part,
    digest,
    done: () => discardPart(part),
  };
}

const unpacking = '.unpack-';

/** Unpacks beside the target and moves the folder there only when it is complete, runs and has the right version. */
async function place(file: string, digest: string, installing: Installing): Promise<void> {
  const { cache, version, platform, limits } = installing;
  const folder = join(cache.root, `${unpacking}${randomBytes(6).toString('hex')}`);
  try {
    await unpack(file, digest, folder, limits);
    const unpacked = installationAt(folder, version);
    const missing = missingParts(unpacked).map((path) => path.slice(folder.length + 1));
    if (missing.length > 0) {
      throw archiveInvalid({
        zh: `缺少 ${missing.join('、')}`,
        en: `it lacks ${missing.join(', ')}`,
      });
    }
    await checkFabric(unpacked, platform);
    await settle(folder, cache.installation(version));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Renames the folder to its target; an unusable folder there is removed first. */
async function settle(folder: string, target: string): Promise<void> {
  const old = `${folder}.old`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(folder, target);
  // The rename itself must be durable, like the files.
  await syncFolder(dirname(target));
  rmSync(old, { recursive: true, force: true });
}

/** Removes leftovers of interrupted installs; requires the lock. */
function removeLeftovers(cache: FabricCache): void {
  for (const name of readdirSync(cache.root)) {
    if (name.startsWith(unpacking))
      rmSync(join(cache.root, name), { recursive: true, force: true });
  }
}
