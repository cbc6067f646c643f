import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { demoTopologyFile, freePorts } from '@yici/network/testing';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const script = join(root, 'network/scripts/start.mjs');
const readySchema = z.object({ ready: z.literal(true), url: z.url(), genesisHash: z.string() });
const networkSchema = z.object({ genesisHash: z.string(), height: z.number() });

const topologySchema = z.looseObject({ departments: z.array(z.looseObject({ id: z.string() })) });

describe('npm start', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'yici-start-'));
  const state = join(folder, 'state');
  const topology = join(folder, 'topology.yaml');
  const running = new Set<ChildProcess>();
  let port: number;

  before(async () => {
    [port = 0] = await freePorts(1);
    const demo = readFileSync(demoTopologyFile, 'utf8');
    writeFileSync(topology, demo.replace(/\b(peer|orderer|port): \d+/g, '$1: 0'));
  });

  after(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function watched(command: string, args: readonly string[]) {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    return { child, errors: () => errors };
  }

  const run = (...args: string[]) => watched(process.execPath, [script, ...args]);
  const own = () => ['--state', state, '--port', String(port), '--topology', topology, '--json'];
  const start = (...args: string[]) => whenReady(run(...own(), ...args));

  async function whenReady({ child, errors }: ReturnType<typeof watched>) {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('{')) {
        return { child, errors, ready: readySchema.parse(JSON.parse(line)) };
      }
    }
    throw new RangeError(`npm start gave no ready line: ${errors()}`);
  }

  async function refusal(...args: string[]) {
    const { child, errors } = run(...args);
    const [code] = z.tuple([z.number(), z.unknown()]).parse(await once(child, 'close'));
    return { code, errors: errors() };
  }

  async function stop(child: ChildProcess, signal: NodeJS.Signals) {
    const closed = once(child, 'close');
    child.kill(signal);
    const [code] = z.tuple([z.number(), z.unknown()]).parse(await closed);
    running.delete(child);
    return code;
  }

  async function network(url: string) {
    return networkSchema.parse(await (await fetch(`${url}/v1/network`)).json());
  }

  it('brings up the network, loads the demo data once, survives a restart, begins anew with --reset', async () => {
    const first = await start();
    expect(first.errors()).to.match(/已装载 \d+ 条记录/);
    expect(
      first.errors().split('\n').length,
      'a few lines, not one for every write',
    ).to.be.lessThan(15);
    const before = await network(first.ready.url);
    expect(await stop(first.child, 'SIGINT')).to.equal(0);

    const second = await start();
    expect(second.errors()).not.to.include('已装载');
    expect(await network(second.ready.url)).to.deep.equal(before);
    expect(await stop(second.child, 'SIGTERM')).to.equal(0);

    const third = await start('--reset', '--no-demo');
    const after = await network(third.ready.url);
    expect(after.genesisHash).not.to.equal(before.genesisHash);
    expect(after.height).to.be.lessThan(before.height);

    const [other = 0] = await freePorts(1);
    const twice = await refusal('--state', state, '--port', String(other));
    expect(twice.code).to.equal(3);
    expect(twice.errors).to.match(/use|lock/i);
    expect(await stop(third.child, 'SIGTERM')).to.equal(0);
  });

  it('names the departments of a topology of one’s own, and loads no demo into it', async () => {
    const own = join(folder, 'own.yaml');
    const { departments, ...rest } = topologySchema.parse(parse(readFileSync(topology, 'utf8')));
    const few = departments.filter(({ id }) => ['establishment', 'data'].includes(id));
    const small = { ...rest, departments: few, allowNoFaultTolerance: true };
    writeFileSync(own, stringify(small));
    const where = ['--state', join(folder, 'own'), '--port', String(port), '--topology', own];
    const { child, errors } = run(...where);
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.startsWith('Ctrl-C')) break;
    }
    child.stdout.resume();
    expect(await stop(child, 'SIGTERM')).to.equal(0);
    expect(errors()).not.to.match(/演示数据/);
    expect(lines.join('\n'))
      .to.match(/data\.head1/)
      .and.not.to.match(/npm run demo|offices/);
  });

  it('starts beside another one that has the demo’s ports', async () => {
    const [gateway = 0] = await freePorts(1);
    const beside = (name: string, at: number) =>
      run('--state', join(folder, name), '--port', String(at), '--no-demo', '--json');
    const one = await whenReady(beside('one', port));
    const other = await whenReady(beside('other', gateway));
    expect((await network(other.ready.url)).genesisHash)
      .to.match(/^[0-9a-f]{64}$/)
      .and.not.equal((await network(one.ready.url)).genesisHash);
    expect(await stop(other.child, 'SIGTERM')).to.equal(0);
    const again = await whenReady(beside('other', gateway));
    expect(await stop(again.child, 'SIGTERM')).to.equal(0);
    expect(await stop(one.child, 'SIGTERM')).to.equal(0);
  });

  it('stops with everything it started when npm itself is told to', async () => {
    const { child, ready } = await whenReady(watched('npm', ['start', '--', ...own()]));
    await network(ready.url);
    child.stdout.resume();
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    // The gateway holds npm's standard output too: it is closed when the last of them has ended.
    await closed;
    running.delete(child);
    expect(await outcome(fetch(`${ready.url}/v1/network`))).to.equal('refused');
    expect(await stop((await start()).child, 'SIGTERM'), 'nothing holds the data').to.equal(0);
  });

  it('says in one sentence that a port is in use, before anything is written', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const taken = String((holder.address() as AddressInfo).port);
    const empty = join(folder, 'never');
    const { code, errors } = await refusal('--state', empty, '--port', taken);
    holder.close();
    expect(code).to.equal(3);
    expect(errors).to.match(/^yici: PORT_IN_USE：.*--port [^\n]*\n$/);
    expect(() => readFileSync(empty)).to.throw('ENOENT');
  });

  it('says in one sentence that a folder cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const [free = 0] = await freePorts(1);
    const { code, errors } = await refusal('--state', join(file, 'state'), '--port', String(free));
    expect(code).to.equal(3);
    expect(errors).to.match(/^yici: FOLDER_NOT_WRITABLE：[^\n]*\n$/);
  });

  it('says in one sentence that Node is too old', async () => {
    const source = `import(${JSON.stringify(join(root, 'network/scripts/prepare.mjs'))})
      .then((prepare) => prepare.requireNode('18.20.0'));`;
    const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const [code] = z.tuple([z.number(), z.unknown()]).parse(await once(child, 'close'));
    expect(code).to.equal(3);
    expect(errors).to.match(/^yici: NODE_TOO_OLD：当前为 Node 18\.20\.0，[^\n]*\n$/);
  });

  it('refuses an option it does not know, and a port that is none', async () => {
    expect((await refusal('--nonsense')).code).to.equal(2);
    expect((await refusal('--port', 'eighty')).code).to.equal(2);
  });
});

/** Whether anybody answered. */
function outcome(answer: Promise<Response>): Promise<string> {
  return answer.then(
    (response) => `answered ${response.status}`,
    () => 'refused',
  );
}
