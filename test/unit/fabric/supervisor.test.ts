import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataFolder } from '@yici/network';
import {
  askNetwork,
  controlPath,
  NetworkError,
  serveControl,
  SupervisedProcess,
} from '@yici/network/testing';
import { expect } from 'chai';
import type { Text } from '@yici/terminal';
import { isAlive } from '../../support/fabric-network.js';

const silent = { info: () => undefined, warn: () => undefined };

describe('a supervised process', () => {
  let folder: string;
  const started: SupervisedProcess[] = [];

  const supervise = (script: string, stopWithin = 2_000): SupervisedProcess => {
    const child = new SupervisedProcess(
      {
        name: 'child',
        command: process.execPath,
        args: ['-e', script],
        env: { PATH: process.env['PATH'], GIVEN: 'yes' },
        folder,
        logFile: join(folder, 'child.log'),
        input: 'ignore',
        stopWithin,
      },
      silent,
    );
    started.push(child);
    child.start();
    return child;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yici-supervised-'));
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((child) => child.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  const wrote = (name: string) => () => Promise.resolve(existsSync(join(folder, name)));
  const write = (name: string) => `require('fs').writeFileSync('${name}', '');`;
  const idle = 'setInterval(() => {}, 1000);';

  it('is started again when it is killed', async () => {
    const child = supervise(`${write('ready')}${idle}`);
    expect(await child.becomes(wrote('ready'), { within: 10_000 })).to.equal(true);
    const first = child.health().pid ?? 0;
    process.kill(first, 'SIGKILL');
    const again = () => Promise.resolve(child.health().running && child.health().pid !== first);
    expect(await child.becomes(again, { within: 10_000 })).to.equal(true);
    expect(child.health().restarts).to.equal(1);
  });

  it('is given up while it starts when it keeps ending', async () => {
    const child = supervise('process.exit(3)');
    const never = () => Promise.resolve(false);
    expect(await child.becomes(never, { within: 30_000, ends: 1 })).to.equal(false);
  });

  it('is killed when it does not end by itself, also when it is stopped', async () => {
    const child = supervise(`process.on('SIGTERM', () => {}); ${write('deaf')}${idle}`, 200);
    await child.becomes(wrote('deaf'), { within: 10_000 });
    const pid = child.health().pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await child.close();
    expect(isAlive(pid)).to.equal(false);
    expect(child.health().running).to.equal(false);
    await delay(300);
    expect(child.health().restarts).to.equal(0);
  });

  it('has the environment given and nothing of this one, and writes to its log', async () => {
    process.env['CORE_PEER_ID'] = 'of somebody else';
    const child = supervise(
      `console.log(process.env.GIVEN, process.env.CORE_PEER_ID); ${write('done')}${idle}`,
    );
    await child.becomes(wrote('done'), { within: 10_000 });
    delete process.env['CORE_PEER_ID'];
    await child.close();
    expect(readFileSync(join(folder, 'child.log'), 'utf8')).to.equal('yes undefined\n');
  });
});

describe('commands to a running network', () => {
  let directory: string;
  let path: string;
  let close: () => Promise<void>;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-control-'));
    path = controlPath(dataFolder(directory));
    close = await serveControl(path, (request, progress) => {
      progress(`asked ${JSON.stringify(request)}`);
      if (request === 'wrong')
        throw new NetworkError(
          'APPROVAL_REFUSED',
          { zh: '否', en: 'no' },
          { details: { height: 3n } },
        );
      return Promise.resolve();
    });
  });

  afterEach(async () => {
    await close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('tell their progress and end when it is done', async () => {
    const told: Text[] = [];
    await askNetwork(path, { command: 'x' }, (text) => told.push(text));
    expect(told).to.deep.equal(['asked {"command":"x"}']);
  });

  it('end with the network’s own error', async () => {
    const error = await askNetwork(path, 'wrong', () => undefined).catch(
      (thrown: unknown) => thrown,
    );
    expect(error)
      .to.be.instanceOf(NetworkError)
      .and.deep.include({
        code: 'APPROVAL_REFUSED',
        message: 'no',
        details: { height: 3 },
      });
  });

  it('are refused where no network runs', async () => {
    await close();
    const error = await askNetwork(path, {}, () => undefined).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NetworkError).and.include({ code: 'NOT_RUNNING' });
  });

  it('are heard at a path that every system takes, however deep the folder is', () => {
    const deep = controlPath(dataFolder(join(directory, 'deep'.repeat(50))));
    expect(Buffer.byteLength(deep)).to.be.lessThan(104);
    expect(deep).to.not.equal(controlPath(dataFolder(join(directory, 'peed'.repeat(50)))));
  });
});
