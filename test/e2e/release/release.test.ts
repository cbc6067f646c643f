import { execFile, execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { demoTopologyFile } from '@yici/network/testing';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';

const root = process.cwd();
const run = promisify(execFile);
const madeSchema = z.object({
  files: z.array(z.object({ file: z.string(), bytes: z.number(), sha256: z.string() })),
});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      link: z.boolean().optional(),
      resolved: z.string().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});
const billSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.object({ name: z.string(), version: z.string() })),
});
const healthSchema = z.object({ test: z.tuple([z.literal('CMD')], z.string()) });
const composeSchema = z.object({
  services: z.object({
    gateway: z.object({ ports: z.array(z.string()), healthcheck: healthSchema }),
  }),
});
const departmentSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      command: z.array(z.string()),
      healthcheck: healthSchema.optional(),
      network_mode: z.literal('host'),
      read_only: z.literal(true),
      cap_drop: z.tuple([z.literal('ALL')]),
      ports: z.undefined().optional(),
    }),
  ),
});
const readySchema = z.object({ ready: z.literal(true), url: z.url() });

describe('a release', function () {
  this.timeout(120_000);
  let folder: string;
  let home: string;
  let gateway: ChildProcess | undefined;
  let url = '';

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'yici-released-')));
    await release('one');
    execFileSync('tar', ['xzf', join(folder, 'one', archiveIn('one')), '-C', folder]);
    home = join(folder, archiveIn('one').replace('.tar.gz', ''));
  });

  after(async () => {
    if (gateway?.exitCode === null) {
      const closed = once(gateway, 'close');
      gateway.kill('SIGTERM');
      await closed;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function release(to: string) {
    const args = ['network/scripts/release.mjs', '--json', '--out', join(folder, to)];
    return madeSchema.parse(JSON.parse((await run(process.execPath, args, { cwd: root })).stdout));
  }

  const archiveIn = (to: string): string =>
    readdirSync(join(folder, to)).find((name) => name.endsWith('.tar.gz')) ?? '';

  const program = async (path: string, ...args: string[]) =>
    (
      await run(process.execPath, [join(home, path), ...args], {
        cwd: folder,
        env: { ...process.env, YICI_HOME: join(folder, 'home') },
      })
    ).stdout;

  it('is the same archive when it is made again, and SHA256SUMS says which', async () => {
    const { files } = await release('two');
    for (const { file, sha256 } of files) {
      expect(digestOf(join(folder, 'one', file)), file).to.equal(sha256);
      expect(readFileSync(join(folder, 'one', 'SHA256SUMS'), 'utf8')).to.contain(
        `${sha256}  ${file}`,
      );
    }
  });

  it('has no tests, no sources and no source maps, and brings the console built', () => {
    const names = readdirSync(home, { recursive: true }).map(String);
    expect(
      names.filter((name) => /\.map$|\.tsbuildinfo$|^test\/|\/src\//.test(name)),
    ).to.deep.equal([]);
    expect(names).to.include.members(['console/dist/index.html', 'network/demo/topology.yaml']);
  });

  it('names every package that its lock file brings, with its version, and no console’s or compiler’s', () => {
    const bill = billSchema.parse(JSON.parse(readFileSync(join(home, 'sbom.cdx.json'), 'utf8')));
    const named = new Set(bill.components.map(({ name, version }) => `${name}@${version}`));
    const brought = Object.entries(lockIn(home).packages).flatMap(([path, { version, link }]) =>
      link === true || !path.includes('node_modules/')
        ? []
        : [`${path.split('node_modules/').at(-1) ?? ''}@${version ?? ''}`],
    );
    expect(brought.filter((each) => !named.has(each))).to.deep.equal([]);
    expect([...named].filter((each) => /^(antd|typescript|mocha)@/.test(each))).to.deep.equal([]);
  });

  it('runs with the packages of its lock file alone: every program, and a network behind a gateway with the console', async () => {
    install(home);
    for (const bin of ['client/bin/yici', 'network/bin/yici-network', 'gateway/bin/yici-gateway']) {
      expect(await program(`${bin}.mjs`, '--version')).to.match(/^\d+\.\d+\.\d+\n$/);
    }
    url = await started();
    expect(await (await fetch(url)).text()).to.contain('<div id="root">');
    const listed = await program('client/bin/yici.mjs', 'department', 'list', '--json', ...as(url));
    expect(JSON.parse(listed)).to.deep.include({ items: [] });
  });

  const as = (url: string) => [
    ...['--gateway', url],
    ...['--identity', join(folder, 'state', 'identities', 'hrss.clerk1')],
  ];

  it('has an image file that hadolint takes', function () {
    const { error, status, stdout } = spawnSync('hadolint', [join(root, 'packaging/Dockerfile')]);
    if (error !== undefined) this.skip();
    expect([status, stdout.toString()]).to.deep.equal([0, '']);
  });

  it('has compose files that Docker Compose takes', function () {
    for (const [file, service] of [
      ['compose.yaml', 'gateway'],
      ['compose.department.yaml', 'nodes'],
    ] as const) {
      const found = composed(join(home, 'packaging', file));
      if (found === undefined) this.skip();
      expect(found.status, found.stderr).to.equal(0);
      expect(JSON.parse(found.stdout)).to.have.nested.property(`services.${service}.image`);
    }
  });

  it('is published by its compose file on the host’s loopback alone, and its health is that of the gateway', async () => {
    const { services } = composeSchema.parse(
      parse(readFileSync(join(home, 'packaging/compose.yaml'), 'utf8')),
    );
    const { ports, healthcheck } = services.gateway;
    expect(ports).to.deep.equal(['127.0.0.1:8080:8080']);
    const [, name = '', ...args] = healthcheck.test;
    expect(name).to.equal('node');
    const health = (at: string) =>
      run(
        process.execPath,
        args.map((each) => each.replace('http://127.0.0.1:8080', at)),
      );
    await health(url);
    const silent: unknown = await health('http://127.0.0.1:9').catch((error: unknown) => error);
    expect(silent).to.have.property('code', 1);
  });

  it('runs a department’s own nodes and gateway by its compose file, from a folder that was rendered', async () => {
    const file = readFileSync(join(home, 'packaging/compose.department.yaml'), 'utf8');
    const { services } = departmentSchema.parse(parse(file, { merge: true }));
    expect(Object.keys(services)).to.deep.equal(['nodes', 'gateway']);
    const said: string[] = [];
    const commands = Object.values(services).flatMap(({ command, healthcheck }) => [
      command,
      ...(healthcheck === undefined ? [] : [healthcheck.test.slice(1)]),
    ]);
    for (const command of commands) {
      // The same words; the folder is one that nobody rendered.
      const [name = '', ...args] = command.map((each) =>
        each.replace('/var/lib/yici', join(folder, 'not-rendered')),
      );
      const path = name === 'yici-gateway' ? `gateway/bin/${name}.mjs` : `network/bin/${name}.mjs`;
      const failed: unknown = await program(path, ...args, '--json').catch(
        (error: unknown) => error,
      );
      said.push(z.object({ stderr: z.string() }).parse(failed).stderr);
    }
    expect(said).to.have.length(3);
    for (const each of said.slice(0, 2)) expect(each).to.contain('DATA_FOLDER_UNUSABLE');
    expect(said[2]).to.contain('CONFIG_INVALID');
  });

  async function started(): Promise<string> {
    const topology = join(folder, 'topology.yaml');
    const demo = readFileSync(demoTopologyFile, 'utf8');
    writeFileSync(topology, demo.replace(/\b(peer|orderer|port): \d+/g, '$1: 0'));
    const [name = '', ...args] = imageCommand({
      '/var/lib/yici': join(folder, 'state'),
      '0.0.0.0': '127.0.0.1',
      '8080': '0',
    });
    const command = [join(home, `gateway/bin/${name}.mjs`), ...args, '--topology', topology];
    const child = spawn(process.execPath, [...command, '--json'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    gateway = child;
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('{')) return readySchema.parse(JSON.parse(line)).url;
    }
    throw new RangeError(`the gateway gave no ready line: ${errors}`);
  }
});

/** A compose file as Docker Compose reads it, as its plugin or alone; undefined where there is neither. */
function composed(file: string) {
  const env = { ...process.env, HOST_FOLDER: '/srv/host', FABRIC: '/opt/fabric' };
  const args = ['--file', file, 'config', '--format', 'json'];
  for (const [name, ...first] of [['docker', 'compose'], ['docker-compose']] as const) {
    // Docker may be here without that plugin.
    if (spawnSync(name, [...first, 'version']).status !== 0) continue;
    return spawnSync(name, [...first, ...args], { env, encoding: 'utf8' });
  }
  return undefined;
}

/** What a container of packaging/Dockerfile runs, with what is elsewhere here put in its place. */
function imageCommand(instead: Readonly<Record<string, string>>): string[] {
  const file = readFileSync(join(root, 'packaging/Dockerfile'), 'utf8');
  const command = z.array(z.string()).parse(JSON.parse(/^CMD (.*)$/m.exec(file)?.[1] ?? ''));
  return command.map((each) => instead[each] ?? each);
}

const digestOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

const lockIn = (home: string) =>
  lockSchema.parse(JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')));

/** As `npm ci --omit=dev`, from this checkout's node_modules: a suite reaches no registry. */
function install(home: string): void {
  for (const [path, { version, link, resolved = '', optional }] of Object.entries(
    lockIn(home).packages,
  )) {
    if (!path.startsWith('node_modules/') || path.indexOf('node_modules/', 1) > 0) continue;
    const from = link === true ? join(home, resolved) : join(root, path);
    if (optional === true && !existsSync(from)) continue;
    if (link !== true) {
      const found: unknown = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
      expect(found, path).to.include({ version });
    }
    mkdirSync(dirname(join(home, path)), { recursive: true });
    symlinkSync(from, join(home, path));
  }
}
