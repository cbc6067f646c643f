import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  findFabric,
  installFabric,
  NetworkError,
  type InstallDependencies,
  type InstallOptions,
  type InstallReport,
} from '@yici/network/testing';
import { sayIn } from '@yici/terminal';
import { digestOf } from './archive.js';

/** A user's cache in a folder of its own, and the folder around it. */
export class Cache {
  readonly folder = mkdtempSync(join(tmpdir(), 'yici-fabric-'));
  readonly env = { XDG_CACHE_HOME: join(this.folder, 'cache'), PATH: '' };
  readonly root = join(this.folder, 'cache', 'yici', 'fabric');
  readonly installed = join(this.root, '3.1.5');
  readonly progress: string[] = [];

  install(options: InstallOptions, dependencies: InstallDependencies = {}): Promise<InstallReport> {
    return installFabric(options, {
      env: this.env,
      progress: (text) => this.progress.push(sayIn('en')(text)),
      transfer: { pauseMs: 1, retries: 1 },
      ...dependencies,
    });
  }

  /** Installs an archive of these bytes, whose digest is told. */
  async installBytes(bytes: Buffer, dependencies?: InstallDependencies): Promise<InstallReport> {
    const archive = join(this.folder, 'archive.tar.gz');
    writeFileSync(archive, bytes);
    return await this.install({ archive, sha256: digestOf(bytes) }, dependencies);
  }

  /** Nothing counts as installed and nothing half done lies about. */
  expectNothing(): void {
    expect(findFabric({ env: this.env })).to.equal(undefined);
    const left = existsSync(this.root) ? readdirSync(this.root) : [];
    expect(left.filter((name) => !['run', 'downloads'].includes(name))).to.deep.equal([]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The error that a promise rejects with, which must have this code. */
export async function failure(promise: Promise<unknown>, code: string): Promise<NetworkError> {
  const error = await promise.then(
    () => expect.fail('did not fail'),
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(NetworkError).with.property('code', code);
  return error as NetworkError;
}
