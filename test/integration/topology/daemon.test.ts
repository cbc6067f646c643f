import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { dataFolder } from '@yici/network';
import { exitCodes, heldCertificates, publicNodes, readTopology } from '@yici/network/testing';
import { smallTopology } from '../../unit/topology/topologies.js';
import { writeForeignContract } from './contracts.js';
import { connectWith, exitOf, script, yiciNetwork } from './support.js';

const upResult = z.object({
  pid: z.number(),
  genesisHash: z.string(),
  peers: z.record(z.string(), z.string()),
});
const approvalsReport = z.object({ packageId: z.string(), definitions: z.unknown() });
const runResult = z.object({ identities: z.string(), users: z.array(z.string()) });

/** `status --watch` until it has looked that many times; gives its exit code after SIGTERM. */
async function watchedStatus(state: string, looks: number): Promise<number | null> {
  const watching = spawn(
    process.execPath,
    [script, 'status', '--watch', '1', '--json', '--dir', state],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  for await (const text of watching.stdout.setEncoding('utf8')) {
    said += String(text);
    if (said.split('"genesisHash"').length > looks) watching.kill('SIGTERM');
  }
  return exitOf(watching);
}

describe('yici-network as a process', function () {
  this.timeout(120_000);
  let directory: string;
  let topology: string;
  let state: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-daemon-'));
    state = join(directory, 'state');
    topology = join(directory, 'topology.yaml');
    const path = writeForeignContract(join(directory, 'contract'));
    writeFileSync(
      topology,
      JSON.stringify(smallTopology({ chaincode: { name: 'foreign', path, port: 0 } })),
    );
  });

  afterEach(async () => {
    await yiciNetwork('down', '--dir', state);
    rmSync(directory, { recursive: true, force: true });
  });

  const up = () => yiciNetwork('up', '--topology', topology, '--dir', state, '--json');
  const upPid = async () => {
    const { out, err } = await up();
    expect(out, err).not.to.equal('');
    return upResult.parse(JSON.parse(out));
  };

  it('starts in the background, says where it listens, stops', async () => {
    const { peers } = await upPid();
    expect(Object.keys(peers)).to.deep.equal(['AlphaMSP', 'BetaMSP']);
    const running = await yiciNetwork('status', '--dir', state);
    expect(running.code).to.equal(exitCodes.ok);
    expect(running.out).to.contain('区块数 4');
    expect((await up()).err).to.contain('ALREADY_RUNNING');
    expect(await watchedStatus(state, 2)).to.equal(exitCodes.ok);
    expect((await yiciNetwork('down', '--dir', state)).code).to.equal(exitCodes.ok);
    expect((await yiciNetwork('status', '--dir', state)).code).to.equal(exitCodes.checkFailed);
  });

  it('says who approved which chaincode, that its code is here, and when it is not any more', async () => {
    await upPid();
    const asked = ['chaincode', 'approvals', '--dir', state];
    const found = approvalsReport.parse(JSON.parse((await yiciNetwork(...asked, '--json')).out));
    const { packageId, definitions } = found;
    const agreed = { approved: true, packageId, answers: true };
    expect(definitions).to.deep.equal([
      {
        ...{ name: 'foreign', version: '1.0', sequence: 1, committed: true },
        departments: [
          { mspId: 'AlphaMSP', ...agreed },
          { mspId: 'BetaMSP', ...agreed },
        ],
      },
    ]);
    appendFileSync(join(directory, 'contract', 'index.js'), '// changed\n');
    const changed = await yiciNetwork(...asked, '--lang', 'en');
    expect(changed.code, changed.err).to.equal(exitCodes.checkFailed);
    expect(changed.out).to.contain(`another package, ${packageId}, its chaincode answers`);
  });

  it('is not well while a certificate ends soon; hangs when it does, which operator and others know within five seconds', async () => {
    const input = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(readFileSync(topology, 'utf8')));
    writeFileSync(topology, JSON.stringify({ ...input, certificateDays: 59 }));
    const { pid } = await upPid();
    const ending = await yiciNetwork('status', '--dir', state, '--lang', 'en');
    expect(ending.code).to.equal(exitCodes.checkFailed);
    expect(ending.out).to.match(/up .*alpha[^\n]*\n +a certificate ends within 60 days/);
    const folder = dataFolder(state);
    const network = readTopology(folder.topology);
    const [alpha] = network.departments;
    const askOthers = () =>
      publicNodes(
        network,
        { ...network, departments: [alpha!] },
        folder,
        heldCertificates(network, state),
      );
    const [beta] = await askOthers();
    expect(beta).to.deep.include({ name: 'peer0.beta', state: 'up', height: 4, joined: true });
    process.kill(pid, 'SIGSTOP');
    try {
      const start = performance.now();
      const [stopped] = await askOthers();
      expect(stopped?.state).to.equal('hangs');
      const { code, out } = await yiciNetwork('status', '--dir', state);
      expect(code).to.equal(exitCodes.checkFailed);
      expect(out.match(/无响应/g)).to.have.length(2);
      expect(performance.now() - start).to.be.lessThan(2 * 5_000);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  it('serves a stock Fabric client that has only an exported identity', async () => {
    await upPid();
    const out = join(directory, 'identity');
    await yiciNetwork('identity', 'export', 'beta.clerk1', '--out', out, '--dir', state);
    const { gateway, channel, chaincode, close } = connectWith(out);
    const contract = gateway.getNetwork(channel).getContract(chaincode);
    await contract.submitTransaction('put', 'colour', 'red');
    const value = await contract.evaluateTransaction('get', 'colour');
    close();
    expect(Buffer.from(value).toString()).to.equal('red');
  });

  it('exports the same blocks running and stopped', async () => {
    await upPid();
    const folder = (name: string) => join(directory, name);
    await yiciNetwork('blocks', 'export', '--out', folder('running'), '--dir', state);
    await yiciNetwork('down', '--dir', state);
    await yiciNetwork('blocks', 'export', '--out', folder('stopped'), '--dir', state);
    expect(readdirSync(folder('running')).sort()).to.deep.equal(
      ['0', '1', '2', '3'].map((number) => `${number}.block`),
    );
    for (const name of readdirSync(folder('running'))) {
      const block = (from: string) => readFileSync(join(folder(from), name));
      expect(block('running').equals(block('stopped')), name).to.equal(true);
    }
  });

  it('starts again after kill -9, on the same ports and the same chain', async () => {
    const first = await upPid();
    process.kill(first.pid, 'SIGKILL');
    const second = await upPid();
    expect(second.genesisHash).to.equal(first.genesisHash);
    expect(second.peers).to.deep.equal(first.peers);
    expect(second.pid).not.to.equal(first.pid);
    expect((await yiciNetwork('status', '--dir', state)).out).to.contain('区块数 4');
  });

  it('resets only with --force while it runs', async () => {
    await upPid();
    expect((await yiciNetwork('reset', '--dir', state)).err).to.contain('ALREADY_RUNNING');
    expect((await yiciNetwork('reset', '--force', '--dir', state)).code).to.equal(exitCodes.ok);
    expect((await yiciNetwork('status', '--dir', state)).out).to.contain('没有网络');
  });

  it('runs somebody else’s chaincode on a network of its own, with collections and a policy', async () => {
    const collections = join(directory, 'collections.json');
    const member = "OR('Org1MSP.member', 'Org2MSP.member')";
    writeFileSync(collections, JSON.stringify([{ name: 'secrets', policy: member }]));
    const child = spawn(
      process.execPath,
      [
        ...[script, 'chaincode', 'run', join(directory, 'contract'), '--name', 'basic', '--json'],
        ...['--policy', "OR('Org1MSP.peer', 'Org2MSP.peer')", '--collections', collections],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const printed: unknown[] = await once(child.stdout, 'data');
    const { identities, users } = runResult.parse(JSON.parse(String(printed[0])));
    expect(users).to.include.members(['org1.user1', 'org2.user1']);
    const { gateway, channel, chaincode, close } = connectWith(join(identities, 'org1.user1'));
    const contract = gateway.getNetwork(channel).getContract(chaincode);
    await contract.submit('keep', {
      arguments: ['k'],
      transientData: { value: 'secret' },
      endorsingOrganizations: ['Org1MSP'],
    });
    await contract.submitTransaction('put', 'colour', 'red');
    const value = await contract.evaluateTransaction('get', 'colour');
    close();
    child.kill('SIGTERM');
    expect(await exitOf(child)).to.equal(exitCodes.ok);
    expect(Buffer.from(value).toString()).to.equal('red');
    expect(() => readdirSync(identities)).to.throw();
  });
});
