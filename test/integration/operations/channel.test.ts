import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChainVerifier } from '@yici/ledger';
import { dataFolder, openEmbeddedNetwork, type EmbeddedNetwork } from '@yici/network';
import {
  freePorts,
  readBlockFiles,
  readTopology,
  runCli,
  TransactionClient,
  type TopologyInput,
} from '@yici/network/testing';
import type { Text } from '@yici/terminal';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { z } from 'zod';
import { department, smallTopology } from '../../unit/topology/topologies.js';
import { writeForeignContract } from '../topology/contracts.js';

const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

describe('the channel of two departments, from the second day on', function () {
  this.timeout(60_000);
  let directory: string;
  let network: EmbeddedNetwork;
  let topology: TopologyInput;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-channel-'));
    const path = writeForeignContract(join(directory, 'contract'));
    topology = smallTopology({
      chaincode: { name: 'foreign', path, port: 0, valuesCollections: true },
    });
    network = await open(topology);
  });

  after(async () => {
    await network.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const state = () => join(directory, 'state');
  const at = (name: string) => join(directory, name);
  const open = (given?: TopologyInput) =>
    openEmbeddedNetwork({ directory: state(), ...(given && { topology: given }) });

  /** Runs `yici-network` on the folder, unless another is named, and answers with what it printed. */
  async function command(...args: string[]) {
    const parts = { out: '', err: '' };
    const sink = (name: keyof typeof parts) => ({
      write: (text: string) => {
        parts[name] += text;
      },
    });
    const folder = args.includes('--dir') ? [] : ['--dir', state()];
    const code = await runCli([...args, ...folder], {
      stdout: sink('out'),
      stderr: sink('err'),
      env: { YICI_LANG: 'zh' },
      script: '',
      nodeOptions: [],
    });
    return { code, ...parts };
  }

  const channel = (...args: string[]) => command('channel', ...args);

  const refusal = async (...args: string[]) => {
    const { code, err } = await channel(...args, '--json');
    expect(code).not.to.equal(0);
    return failure.parse(JSON.parse(err.trim().split('\n').at(-1) ?? '')).error.code;
  };

  const done = async (...args: string[]) => {
    const { code, out, err } = await channel(...args);
    expect(code, err).to.equal(0);
    return out;
  };

  const put = async (user: string, mspId: string, key: string) => {
    const client = new TransactionClient({
      channel: 'small',
      gateway: network.peer(mspId),
      identity: await network.identity(user),
      now: () => new Date(),
    });
    await client.submit({
      chaincode: 'foreign',
      args: ['put', key, '1'].map((a) => Buffer.from(a)),
    });
  };

  it('is shown as it is in force', async () => {
    const { out } = await channel('show', '--json');
    expect(JSON.parse(out)).to.deep.include({
      channel: 'small',
      sequence: 0,
      departments: ['AlphaMSP', 'BetaMSP'],
      differsFromTopology: [],
    });
    expect(await done('show')).to.match(/第1局（AlphaMSP）[\s\S]*batch\.timeout +75ms/);
  });

  it('takes no change that changes nothing, or that the nodes do not support, and writes no file', async () => {
    const out = at('never.json');
    const propose = ['propose', '--out', out] as const;
    const [first, ...rest] = propose;
    expect(await refusal(first, 'set', 'batch.timeout=75ms', ...rest)).to.equal('CHANGE_REFUSED');
    expect(await refusal(first, 'set', 'bft.collectTimeout=2s', ...rest)).to.equal(
      'CHANGE_REFUSED',
    );
    const capability = await channel(first, 'capabilities', 'application', 'V3_0', ...rest);
    expect(capability.code).to.equal(2);
    expect(capability.err).to.match(/CHANGE_REFUSED.*不支持能力级别 V3_0/);
    const policy = await channel(first, 'set', 'policies.admins=ANY', ...rest);
    expect(policy.err).to.match(/CHANGE_REFUSED[^]*policies\.admins=ANY：策略缺少 \(/);
    expect(await refusal(first, 'remove-department', 'AlphaMSP', ...rest)).to.equal(
      'CHANGE_REFUSED',
    );
    expect(existsSync(out)).to.be.false;
  });

  it('cuts other blocks when both departments have signed, each its own copy, and not before', async () => {
    const [file, copy] = [at('batch.json'), at('batch-beta.json')];
    const settings = ['batch.maxMessages=7', 'policies.lifecycleEndorsement=ALL Endorsement'];
    const proposed = await done('propose', 'set', ...settings, '--out', file);
    expect(proposed)
      .to.match(/batch\.maxMessages：500 → 7/)
      .and.match(/指纹/);
    expect(proposed).to.match(
      /Application\/Admins（未满足）：以下 2 个部门中 2 个的管理员签名：第1局（AlphaMSP）、第2局（BetaMSP）/,
    );
    cpSync(file, copy);
    expect(await refusal('sign', file, '--department', 'alpha')).to.equal('CHANGE_REFUSED');
    const signed = await done('sign', file, '--department', 'alpha', '--yes');
    expect(signed).to.match(/已签名：第1局（AlphaMSP）[\s\S]*尚可签名：第2局（BetaMSP）/);
    const height = network.height();
    const early = await channel('submit', file);
    expect(early.code).to.equal(3);
    expect(early.err).to.match(/CHANGE_UNSIGNED.*第2局（BetaMSP）/);
    await done('sign', copy, '--department', 'beta', '--yes');
    expect(network.height()).to.equal(height);
    expect(await done('submit', file, copy)).to.match(/配置序号为 1/);
    expect(network.height()).to.equal(height + 1n);
    expect(readTopology(dataFolder(state()).topology).batch.maxMessages).to.equal(7);
    // Whoever did not see what came of it submits it again, and nothing happens a second time.
    expect(await done('submit', file, copy)).to.match(/更改已生效.*配置序号为 1/);
    expect(network.height()).to.equal(height + 1n);
  });

  it('does not start with settings that nobody agreed to, and says the command that changes them', async () => {
    await network.close();
    const edited = { ...topology, batch: { timeout: '200ms' } };
    const error: unknown = await open(edited).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'CHANNEL_SETTINGS_DIFFER');
    expect(error).to.have.nested.property('words.en').that.includes('set batch.timeout=200ms');
    const usual = at('usual.yaml');
    writeFileSync(usual, stringify({ ...topology, batch: { maxMessages: 500 } }));
    const { code, err } = await command('up', '--topology', usual);
    expect([code, err.includes('set batch.maxMessages=500')], err).to.deep.equal([2, true]);
    network = await open(topology);
    expect(network.topology.batch.maxMessages).to.equal(7);
  });

  it('says at the start, and when it is shown, that the folder’s own file was edited to no effect', async () => {
    await network.close();
    const file = dataFolder(state()).topology;
    const own = readFileSync(file, 'utf8');
    const edited = own.replace('maxMessages: 7', 'maxMessages: 9');
    writeFileSync(file, edited.replace('readers: ANY Readers', 'readers: ALL Readers'));
    const said: Text[] = [];
    network = await openEmbeddedNetwork({
      directory: state(),
      progress: (text) => said.push(text),
    });
    expect(JSON.stringify(said)).to.match(
      /propose set batch\.maxMessages=9 'policies\.readers=ALL Readers' --out/,
    );
    expect(await done('show')).to.match(
      /batch\.maxMessages=9、policies\.readers=ALL Readers 没有生效，以通道的为准（7, ANY Readers）/,
    );
    await network.close();
    writeFileSync(file, own);
    network = await open();
  });

  it('is joined by a third department with keys that were made elsewhere', async () => {
    const stored = readTopology(dataFolder(state()).topology);
    const [peer = 0] = await freePorts(1);
    const gamma = { ...department('gamma', 3), ports: { peer } };
    const wider = at('wider.yaml');
    writeFileSync(wider, stringify({ ...stored, departments: [...stored.departments, gamma] }));
    const [keys, certificates] = [at('gamma-keys'), at('gamma.json')];
    writeFileSync(at('passphrase'), 'a sentence of the test\n');
    await keysCommand('make', '--topology', wider, '--passphrase-file', at('passphrase'));
    await keysCommand('export', '--out', certificates);
    const file = at('gamma-joins.json');
    const args = ['add-department', certificates, '--topology', wider, '--out', file];
    expect(await done('propose', ...args)).to.match(/增加：组 GammaMSP/);
    await done('sign', file, '--department', 'alpha', 'beta', '--yes');
    cpSync(join(keys, 'pki', 'gamma'), join(state(), 'pki', 'gamma'), { recursive: true });
    expect(await done('submit', file)).to.match(/配置序号为 2[\s\S]*keys collect --genesis/);
    // The one before it has been left behind.
    const left = await channel('submit', at('batch.json'), at('batch-beta.json'));
    expect(left.code).to.equal(2);
    expect(left.err).to.match(/CHANGE_REFUSED.*按配置序号 0 提出，通道现为 2/);
    await network.close();
    const next = readTopology(dataFolder(state()).topology);
    expect(next.departments.map(({ id }) => id)).to.deep.equal(['alpha', 'beta', 'gamma']);
    network = await open({ ...next, chaincode: { ...next.chaincode, sequence: 2 } });
    await put('gamma.clerk1', 'GammaMSP', 'colour');
  });

  async function keysCommand(name: string, ...args: string[]): Promise<void> {
    const folder = ['--dir', at('gamma-keys')];
    const { code, err } = await command('keys', name, '--department', 'gamma', ...folder, ...args);
    expect(code, err).to.equal(0);
  }

  it('goes on without a department that a majority removes', async () => {
    const file = at('beta-leaves.json');
    await done('propose', 'remove-department', 'BetaMSP', '--out', file);
    await done('sign', file, '--department', 'alpha', 'gamma', '--yes');
    expect(await done('submit', file)).to.match(/配置序号为 3/);
    const { out } = await channel('show', '--json');
    expect(JSON.parse(out)).to.deep.include({ departments: ['AlphaMSP', 'GammaMSP'] });
    await network.close();
    // The next sequence keeps the collections of the one that left, as no definition can leave them out.
    const next = readTopology(dataFolder(state()).topology);
    network = await open({ ...next, chaincode: { ...next.chaincode, sequence: 3 } });
    expect(network.topology.departments.map(({ id }) => id)).to.deep.equal(['alpha', 'gamma']);
    await put('alpha.clerk1', 'AlphaMSP', 'form');
  });

  it('takes nothing more from whom a department revokes, from the block on that has its list', async () => {
    const { out } = await command('identity', 'revoke', 'alpha.head1', '--json');
    const { crl } = z.object({ crl: z.string() }).parse(JSON.parse(out));
    await put('alpha.head1', 'AlphaMSP', 'still');
    const file = at('revoked.json');
    await done('propose', 'revocation-list', 'AlphaMSP', crl, '--out', file);
    const idle = await channel('sign', file, '--department', 'gamma', '--yes');
    expect(idle.err).to.match(/CHANGE_REFUSED.*不需要 gamma 同意；尚可签名：第1局（AlphaMSP）/);
    await done('sign', file, '--department', 'alpha', '--yes');
    await done('submit', file);
    const late: unknown = await put('alpha.head1', 'AlphaMSP', 'late').catch(
      (error: unknown) => error,
    );
    expect(late).to.be.instanceOf(Error);
    await put('alpha.clerk1', 'AlphaMSP', 'goes-on');
  });

  it('takes two changes of different elements that were proposed at once, and says of the second too that it is in force', async () => {
    const files = [at('blocks.json'), at('policy.json')] as const;
    const settings = ['batch.maxMessages=8', 'policies.lifecycleEndorsement=MAJORITY Endorsement'];
    for (const [index, file] of files.entries()) {
      await done('propose', 'set', settings[index]!, '--out', file, '--department', 'alpha');
      await done('sign', file, '--department', 'alpha', 'gamma', '--yes');
    }
    for (const file of files) await done('submit', file);
    const height = network.height();
    expect(await done('submit', files[1])).to.match(/更改已生效.*配置序号为 6/);
    expect(await refusal('submit', files[0])).to.equal('CHANGE_REFUSED');
    expect(network.height()).to.equal(height);
  });

  it('is verified by its blocks alone, through every change', async () => {
    const verifier = new ChainVerifier({ genesisHash: network.genesisHash });
    for await (const { number, bytes } of readBlockFiles(dataFolder(state()), 0n)) {
      await verifier.add(number, bytes);
    }
    expect(verifier.report()).to.deep.include({ verdict: 'VERIFIED', findings: [] });
  });

  it('takes no file that is none of a change', async () => {
    writeFileSync(at('torn.json'), readFileSync(at('batch.json')).subarray(0, 200));
    expect(await refusal('sign', at('torn.json'), '--department', 'alpha', '--yes')).to.equal(
      'CHANGE_INVALID',
    );
    expect(await refusal('sign', at('beta-leaves.json'), '--yes')).to.equal('IDENTITY_UNKNOWN');
  });
});
