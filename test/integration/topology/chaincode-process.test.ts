import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { dataFolder } from '@yici/network';
import {
  acceptsConnections,
  ChaincodeProcess,
  codeDigest,
  departmentPaths,
  earlierIds,
  freePorts,
  NetworkError,
  packageOf,
  parseTopology,
  prepareFolder,
  type ChaincodePaths,
} from '@yici/network/testing';
import { labTopology } from '../../support/peer/lab-topology.js';
import { writeForeignContract } from './contracts.js';

const quiet = { info: () => undefined, warn: () => undefined };

async function eventually(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!(await check())) {
    if (performance.now() > deadline) expect.fail(`not in time: ${what}`);
    await delay(20);
  }
}

describe('a chaincode process', () => {
  let directory: string;
  let folder: string;
  let port: number;
  let tls: ChaincodePaths;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-chaincode-'));
    folder = writeForeignContract(join(directory, 'contract'));
    [port = 0] = await freePorts(1);
    prepareFolder(parseTopology(labTopology), dataFolder(directory), new Date());
    tls = departmentPaths(directory, 'archive').chaincode;
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const packageId = () => packageOf({ label: 'foreign_1.0', tls: true, path: folder }).packageId;
  const make = (over: { folder?: string; packageId?: string } = {}) =>
    new ChaincodeProcess(
      {
        ...{ folder, port, tls, packageId: packageId(), logFile: join(directory, 'cc.log') },
        ...over,
      },
      quiet,
    );

  it('listens when started and does not when closed', async () => {
    const chaincode = make();
    await chaincode.start();
    expect(await acceptsConnections(port)).to.equal(true);
    expect(chaincode.health()).to.include({ running: true, restarts: 0 });
    await chaincode.close();
    expect(await acceptsConnections(port)).to.equal(false);
  });

  it('comes back after it was killed', async () => {
    const chaincode = make();
    await chaincode.start();
    process.kill(chaincode.health().pid!, 'SIGKILL');
    await eventually('restarted', () => chaincode.health().restarts === 1);
    await eventually('listening', () => acceptsConnections(port));
    await chaincode.close();
  });

  it('says where its output is when it does not start', async () => {
    const chaincode = make({ folder: directory });
    try {
      await chaincode.start();
      expect.fail('it started');
    } catch (error) {
      expect(error).to.be.instanceOf(NetworkError).with.property('code', 'CHAINCODE_UNAVAILABLE');
    }
  });

  it('writes its output to the log file and gives up when it keeps ending', async () => {
    const broken = writeForeignContract(join(directory, 'broken'));
    rmSync(join(broken, 'index.js'));
    const { packageId } = packageOf({ label: 'foreign_1.0', tls: true, path: broken });
    const chaincode = make({ folder: broken, packageId });
    const error: unknown = await chaincode.start().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NetworkError).with.property('code', 'CHAINCODE_UNAVAILABLE');
    expect(readFileSync(join(directory, 'cc.log'), 'utf8')).to.match(/index\.js|module/i);
  });

  it('does not run other code than its package names, and says which it is', async () => {
    const agreed = packageId();
    appendFileSync(join(folder, 'index.js'), '// changed\n');
    const changed = make({ packageId: agreed });
    const error: unknown = await changed.start().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NetworkError).with.property('code', 'CHAINCODE_UNAVAILABLE');
    const said = readFileSync(join(directory, 'cc.log'), 'utf8');
    expect(said).to.include(`PACKAGE_DIFFERS: the code ${codeDigest(folder)} is not what package`);
    expect(said).to.include('恢复原来的版本');
    const approved = make();
    await approved.start();
    await approved.close();
  });

  it('runs under the id of an earlier release, and says that it says nothing of the code', async () => {
    const [, , earlier] = earlierIds('foreign_1.0');
    const chaincode = make({ packageId: earlier! });
    await chaincode.start();
    await chaincode.close();
    expect(readFileSync(join(directory, 'cc.log'), 'utf8')).to.include('is of an earlier release');
  });

  it('ends when the process that started it is killed', async () => {
    const script = `
      import { ChaincodeProcess } from ${JSON.stringify(import.meta.resolve('@yici/network/testing'))};
      const chaincode = new ChaincodeProcess(
        { folder: ${JSON.stringify(folder)}, port: ${port}, packageId: ${JSON.stringify(packageId())}, logFile: ${JSON.stringify(join(directory, 'cc.log'))}, tls: ${JSON.stringify(tls)} },
        { info() {}, warn() {} },
      );
      await chaincode.start();
      console.log('started');
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    expect(await acceptsConnections(port)).to.equal(true);
    parent.kill('SIGKILL');
    await eventually('ended with its parent', async () => !(await acceptsConnections(port)));
  });
});
