import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../read-json.js';
import { fabricVersion } from './release.js';

/** The programs of a release; the network runs `peer` and `orderer`, the others are for people and tests. */
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

/** Native Fabric binaries on this machine, in the layout of the official archive. */
export type FabricInstallation = Readonly<ReturnType<typeof layout>>;

/** Files that must exist for a folder to count as an installation. */
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
 * The installed Fabric, if any: in `binDir`, otherwise in the folder chosen with `fabric install --bin-dir`, otherwise
 * in the user's cache. Checks only that files exist; {@link checkFabric} runs the binaries and checks their version.
 */
export function findFabric(lookup: FabricLookup = {}): FabricInstallation | undefined {
  const installation = candidate(lookup);
  return missingParts(installation).length === 0 ? installation : undefined;
}

/** The folder where Fabric is, or would be, installed. */
export function candidate({
  version = fabricVersion,
  binDir,
  env = process.env,
}: FabricLookup): FabricInstallation {
  const cache = fabricCache(env);
  const chosen = binDir ?? readJson(choiceSchema, cache.choice(version))?.binDir;
  return chosen === undefined
    ? installationAt(cache.installation(version), version)
    : installationOf(chosen, version);
}

/** A folder laid out as the official archive. */
export function installationAt(directory: string, version: string): FabricInstallation {
  return layout(directory, join(directory, 'bin'), version);
}

/** A folder of binaries; the folder above it (`…/bin`, or one that contains `bin`) is the installation. */
export function installationOf(binDir: string, version: string): FabricInstallation {
  const folder = resolve(binDir);
  return basename(folder) !== 'bin' && isFile(join(folder, 'bin', 'peer'), constants.X_OK)
    ? installationAt(folder, version)
    : layout(dirname(folder), folder, version);
}

function layout(directory: string, programs: string, version: string) {
  return {
    /** The requested version; {@link checkFabric} verifies that the binaries have it. */
    version,
    /** Root folder of the installation. */
    directory,
    /** Path of a program; only `peer` and `orderer` are certain to exist. */
    bin: (name: FabricTool) => join(programs, name),
    /** Folder of the external builders; the builder for chaincode as a service is `ccaas` in it. */
    builders: join(directory, 'builders'),
    /** Folder with the release's own `core.yaml` and `orderer.yaml`. */
    config: join(directory, 'config'),
  };
}

/** Paths of files that are missing or not executable. */
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

/** Whether the file exists and this user has the given access. */
export function isFile(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The user's cache of Fabric releases, one for all projects. */
export type FabricCache = Readonly<ReturnType<typeof fabricCache>>;

/** XDG Base Directory Specification: `$XDG_CACHE_HOME` when it is absolute, else `~/.cache`. */
export function fabricCache(env: Environment) {
  const xdg = env['XDG_CACHE_HOME'];
  const home = env['HOME'] ?? homedir();
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.cache');
  const root = join(base, 'yici', 'fabric');
  return {
    root,
    /** Interrupted downloads. */
    downloads: join(root, 'downloads'),
    installation: (version: string) => join(root, version),
    /** The record written by `fabric install --bin-dir`. */
    choice: (version: string) => join(root, `${version}.json`),
  };
}

const choiceSchema = z.strictObject({ binDir: z.string().min(1) });
export type FabricChoice = z.output<typeof choiceSchema>;
