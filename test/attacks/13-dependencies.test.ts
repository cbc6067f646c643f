import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiKeysFile, ensureAccounts } from '@yici/gateway/testing';
import { ensurePki, parseTopology, readUser } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { worldTopology } from '../integration/gateway/support/world.js';
import { orderOfSyncs } from '../support/sync-order.js';

const root = process.cwd();
/** Every folder that is installed by itself, with its own lock file. */
const installed = ['.', 'chaincode', 'gateway/fabric-network'];
const withAdvisories = ['jsrsasign', 'elliptic', 'fabric-network', 'fabric-common'];

const lockSchema = z.looseObject({ packages: z.record(z.string(), z.unknown()) });

const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

describe('attack 13: what an installation brings and runs', function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'yici-dependencies-')));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('brings no package with open advisories, whatever is left out of the installation or kept', () => {
    for (const kept of [[], ['--omit=dev'], ['--omit=dev', '--omit=optional']]) {
      const args = ['ls', ...withAdvisories, '--package-lock-only', '--all', '--parseable'];
      const found = (): string => {
        try {
          return npm(root, ...args, ...kept);
        } catch (error) {
          // npm ends with 1 when it finds none.
          return z.object({ stdout: z.string() }).parse(error).stdout;
        }
      };
      expect(found().trim(), `npm ci ${kept.join(' ')}`).to.equal('');
    }
    const lock = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
    const names = Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1));
    expect(names.filter((name) => withAdvisories.includes(name ?? ''))).to.deep.equal([]);
  });

  it('keeps the adapter’s SDK in a folder of its own, pinned', () => {
    const lock = lockSchema.parse(
      JSON.parse(readFileSync('gateway/fabric-network/package-lock.json', 'utf8')),
    );
    const sdk = lock.packages['node_modules/fabric-network'];
    expect(sdk).to.include({ version: '2.2.20' });
  });

  for (const part of installed) {
    it(`runs no script that a package of ${part} brings, with the npm that is here`, () => {
      const evil = join(folder, 'evil');
      const victim = join(folder, 'victim');
      const mark = join(folder, 'ran');
      const script = `node -e "require('node:fs').writeFileSync(${JSON.stringify(mark).replaceAll('"', "'")}, '')"`;
      write(join(evil, 'package.json'), {
        name: 'evil',
        version: '1.0.0',
        scripts: { preinstall: script, install: script, postinstall: script },
      });
      npm(evil, 'pack', '--ignore-scripts', '--pack-destination', folder);
      write(join(victim, 'package.json'), { name: 'victim', version: '1.0.0' });
      copyFileSync(join(root, part, '.npmrc'), join(victim, '.npmrc'));
      npm(victim, 'install', '--offline', '--loglevel=error', join(folder, 'evil-1.0.0.tgz'));
      expect(existsSync(join(victim, 'node_modules', 'evil', 'package.json'))).to.equal(true);
      npm(victim, 'ci', '--offline', '--loglevel=error');
      expect(existsSync(mark), 'the package’s script ran').to.equal(false);
    });
  }

  it('loses no sealing key to a power cut: file before rename, folder after it', () => {
    const topology = parseTopology(worldTopology);
    ensurePki(topology, join(folder, 'pki'), new Date());
    const identity = readUser(topology, join(folder, 'pki'), 'data.service1');
    const custody = join(folder, 'custody');
    const account = 'data.service1';
    const steps = orderOfSyncs(() => {
      ensureAccounts(custody, [{ account, ...identity }]);
    });
    for (const name of [
      'custody.key',
      join('custody', apiKeysFile),
      `custody/accounts/${account}.json`,
    ]) {
      const file = join(folder, name);
      const renamed = steps.findIndex((step) => step.kind === 'rename' && step.to === file);
      expect(renamed, `${name} is renamed into place`).to.be.at.least(0);
      const { from } = { from: '', ...steps[renamed] };
      const synced = (path: string) => (step: (typeof steps)[number]) =>
        step.kind === 'sync' && step.path === path;
      expect(steps.slice(0, renamed).some(synced(from)), `${name} is synced first`).to.equal(true);
      const parent = join(file, '..');
      expect(steps.slice(renamed).some(synced(parent)), `its folder after`).to.equal(true);
    }
  });
});

function write(file: string, content: unknown): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}
