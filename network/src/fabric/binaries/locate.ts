import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { fabricVersion } from './release.js';

/** The programs of a release; the network runs `peer` and `orderer`, the others serve people and tests. */
export const fabricTools = [
  'peer',
  'orderer',
  'configtxgen',
  'configtxlator',
  'cryptogen',
  'discover',
  'ledgerutil',
  'osnadmin',
] as const;
export type FabricTool = (typeof fabricTools)[number];

/** Native Fabric binaries on this machine, laid out as the official archive is. */
export interface FabricInstallation {
  /** The version that was asked for; {@link checkFabric} holds the binaries to it. */
  readonly version: string;
  /** The folder that holds the others. */
  readonly directory: string;
  /** Path of a program; only `peer` and `orderer` are sure to be there. */
  bin(name: FabricTool): string;
  /** Folder of the external builders; the one for chaincode as a service is `ccaas` in it. */
  readonly builders: string;
  /** Folder with the release's own `core.yaml` and `orderer.yaml`. */
  readonly config: string;
}

/** What must be there for a folder to count as an installed Fabric. */
const required = {
  programs: ['peer', 'orderer'],
  builders: ['ccaas/bin/detect', 'ccaas/bin/build', 'ccaas/bin/release'],
  config: ['core.yaml', 'orderer.yaml'],
} as const;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface FabricLookup {
  readonly version?: string | undefined;
  /** Folder of binaries to use instead of the cache; `builders` and `config` are beside it, as in the archive. */
  readonly binDir?: string | undefined;
  readonly env?: Environment | undefined;
}

/**
 * The installed Fabric, if there is one: in `binDir`, else in the folder that `fabric install --bin-dir` chose, else in the
 * user's cache. Looks at files only; whether the binaries run here and are of that version, {@link checkFabric} says.
 */
export function findFabric(lookup: FabricLookup = {}): FabricInstallation | undefined {
  const installation = candidate(lookup);
  return missingParts(installation).length === 0 ? installation : undefined;
}

/** Where the installed Fabric is, or would be. */
export function candidate({
  version = fabricVersion,
  binDir,
  env = process.env,
}: FabricLookup): FabricInstallation {
  const cache = fabricCache(env);
  const chosen = binDir ?? readChoice(cache.choice(version));
  return chosen === undefined
    ? installationAt(cache.installation(version), version)
    : installationOf(chosen, version);
}

/** A folder laid out as the official archive. */
export function installationAt(directory: string, version: string): FabricInstallation {
  return layout(directory, join(directory, 'bin'), version);
}

/** A folder of binaries; the folder above it (`…/bin`, or one that holds `bin`) is the installation. */
export function installationOf(binDir: string, version: string): FabricInstallation {
  const folder = resolve(binDir);
  return basename(folder) !== 'bin' && isFile(join(folder, 'bin', 'peer'), constants.X_OK)
    ? installationAt(folder, version)
    : layout(dirname(folder), folder, version);
}

function layout(directory: string, programs: string, version: string): FabricInstallation {
  return {
    version,
    directory,
    bin: (name) => join(programs, name),
    builders: join(directory, 'builders'),
    config: join(directory, 'config'),
  };
}

/** Paths of the files that an installation lacks, or that cannot be run. */
export function missingParts(installation: FabricInstallation): string[] {
  const programs = [
    ...required.programs.map((name) => installation.bin(name)),
    ...required.builders.map((name) => join(installation.builders, name)),
  ];
  const settings = required.config.map((name) => join(installation.config, name));
  return [
    ...programs.filter((file) => !isFile(file, constants.X_OK)),
    ...settings.filter((file) => !isFile(file, constants.R_OK)),
  ];
}

/** Whether there is such a file and this user may use it so. */
export function isFile(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The user's cache of Fabric releases, one for all projects. */
export interface FabricCache {
  readonly root: string;
  /** Interrupted downloads. */
  readonly downloads: string;
  installation(version: string): string;
  /** The note that `fabric install --bin-dir` leaves. */
  choice(version: string): string;
}

/** XDG Base Directory Specification: `$XDG_CACHE_HOME` when it is absolute, else `~/.cache`. */
export function fabricCache(env: Environment): FabricCache {
  const xdg = env['XDG_CACHE_HOME'];
  const home = env['HOME'] ?? homedir();
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.cache');
  const root = join(base, 'yici', 'fabric');
  return {
    root,
    downloads: join(root, 'downloads'),
    installation: (version) => join(root, version),
    choice: (version) => join(root, `${version}.json`),
  };
}

const choiceSchema = z.strictObject({ binDir: z.string().min(1) });
export type FabricChoice = z.output<typeof choiceSchema>;

function readChoice(file: string): string | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return choiceSchema.parse(value).binDir;
  } catch {
    // No note, or one that nobody wrote for us: the cache decides.
    return undefined;
  }
}
