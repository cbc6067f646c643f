import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, verify } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { withExportedChain } from '../../unit/verify/support/exported.js';

const root = realpathSync(process.cwd());
const scope = 'node_modules/@yici/';

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.looseObject({ dependencies: versions });
const dependenciesOf = (folder: string): Record<string, string> =>
  manifest.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))).dependencies;

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      link: z.boolean().default(false),
      resolved: z.string().optional(),
      dependencies: versions,
      optionalDependencies: versions,
      peerDependencies: versions,
      peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean() })).default({}),
    }),
  ),
});

/**
 * The folders of what `npm install` brings beside the packed client: all that it depends on, and that in turn, but for
 * peers that are optional. By the lock file, since a suite reaches no registry.
 */
function installed(): readonly string[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const found = new Set<string>();
  const bring = (folder: string): void => {
    const { link, resolved, ...entry } = packages[folder] ?? expect.fail(`${folder} is not locked`);
    if (found.has(folder)) return;
    found.add(folder);
    if (link) {
      bring(resolved ?? '');
      return;
    }
    const peers = Object.keys(entry.peerDependencies).filter(
      (name) => entry.peerDependenciesMeta[name]?.optional !== true,
    );
    const needed = { ...entry.dependencies, ...entry.optionalDependencies };
    for (const name of [...Object.keys(needed), ...peers]) bring(lockedFor(folder, name, packages));
  };
  bring(`${scope}client`);
  return [...found].filter((path) => path.startsWith('node_modules/'));
}

/** Where a package finds another: in the nearest node_modules above it. */
function lockedFor(folder: string, name: string, packages: Readonly<Record<string, unknown>>) {
  const within = folder.split('/node_modules/').map((_, at, parts) => parts.slice(0, at + 1));
  const places = within.map((parts) => `${parts.join('/node_modules/')}/node_modules/${name}`);
  return places.reverse().find((place) => place in packages) ?? `node_modules/${name}`;
}

describe('a client installed alone', function () {
  this.timeout(60_000);
  const exported = withExportedChain();
  let folder: string;

  /** Runs Node in the installation, where nothing else is to be found. */
  const node = (...args: readonly string[]): string =>
    execFileSync(process.execPath, args, {
      cwd: join(folder, 'client'),
      encoding: 'utf8',
      env: { ...process.env, YICI_HOME: join(folder, 'home'), NODE_OPTIONS: '', NODE_PATH: '' },
    });
  const yici = (...args: readonly string[]): string => node('bin/yici.mjs', ...args);

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'yici-client-')));
    for (const path of installed()) {
      const source = realpathSync(join(root, path));
      const target = join(folder, relative(root, source));
      cpSync(source, target, { recursive: true });
      if (!path.startsWith(scope)) continue;
      mkdirSync(join(folder, scope), { recursive: true });
      symlinkSync(relative(dirname(join(folder, path)), target), join(folder, path));
    }
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is at most 15 packages of others, none of which runs a chaincode or speaks gRPC', () => {
    const names = installed().map((path) => path.replace(/^.*node_modules\//, ''));
    const others = names.filter((name) => !name.startsWith('@yici/'));
    expect(others).to.include('zod').and.to.have.length.within(5, 15);
    expect(others.filter((name) => /grpc|fabric|winston|protobuf/.test(name))).to.deep.equal([]);
    expect(names).to.include('@yici/ledger').and.not.to.include('@yici/chaincode');
  });

  it('has its commands, and verifies a folder of blocks', () => {
    expect(yici('--help', '--lang', 'en')).to.contain('audit [options]');
    const report: unknown = JSON.parse(
      yici('audit', 'verify', exported.folder, '--pin', exported.chain.pin, '--json'),
    );
    expect(report).to.deep.include({ verdict: 'VERIFIED', height: 2, findings: [] });
  });

  it('makes no papers without the package for them, and says what to install', () => {
    const run = () => yici('paper', 'template', 'acceptance');
    expect(run).to.throw().with.property('stderr').that.contains('@yici/papers');
  });

  it('signs: ECDSA for Fabric, and makes keys of SM2', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const program = `
      import '@yici/domain/rules';
      import { createPemSigner } from '@yici/client';
      const sign = createPemSigner(process.argv[1]);
      console.log(Buffer.from(await sign(Buffer.from('a proposal'))).toString('hex'));`;
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const signature = node('--input-type=module', '-e', program, '--', pem).trim();
    const proposal = Buffer.from('a proposal');
    expect(verify('sha256', proposal, publicKey, Buffer.from(signature, 'hex'))).to.equal(true);
    const file = join(folder, 'clerk1.sm2.json');
    yici('app-key', 'new', '--user', 'hrss.clerk1', '-o', file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.include({ alg: 'sm2-sm3' });
  });
});

describe('the two packages of the chaincode', () => {
  it('name the same versions, and the service what runs it beside them', () => {
    const service = dependenciesOf('chaincode');
    const library = dependenciesOf('chaincode/library');
    expect(service).to.include(library).and.to.include.keys('fabric-contract-api', 'fabric-shim');
    expect(Object.keys(library).filter((name) => name.startsWith('fabric'))).to.deep.equal([]);
  });
});
