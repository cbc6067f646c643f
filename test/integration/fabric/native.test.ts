import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { peer } from '@hyperledger/fabric-protos';
import { ChainVerifier } from '@yici/ledger';
import { dataFolder } from '@yici/network';
import {
  ChaincodeProcess,
  departmentPaths,
  freePorts,
  ownChaincode,
  packageOf,
  isLocked,
  NetworkError,
  prepareFolder,
  resolveTopology,
  type TopologyInput,
} from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { sayIn } from '@yici/terminal';
import {
  isAlive,
  nativeDepartments,
  nativeMsp,
  nativeSuite,
  nativeTopology,
  openNative,
  temporaryFolder,
} from '../../support/fabric-network.js';
import { ChannelChanges } from '../../support/operations/channel-changes.js';
import { approveArgs } from '../../support/peer/definition.js';
import { connectWith, yiciNetwork, type Connected } from '../topology/support.js';

const status = z.object({
  running: z.boolean(),
  height: z.number(),
  native: z.object({
    leader: z.string(),
    chaincode: z.object({ name: z.string(), version: z.string(), sequence: z.number() }),
    nodes: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['orderer', 'peer', 'chaincode']),
        state: z.string(),
        pid: z.number().optional(),
        height: z.number().optional(),
        restarts: z.number(),
        certificateEnds: z.iso.datetime(),
        problems: z.array(z.string()),
      }),
    ),
  }),
});
const approvalsReport = z.object({
  definitions: z.array(
    z.object({
      ...{ version: z.string(), sequence: z.number(), committed: z.boolean() },
      departments: z.array(z.unknown()),
    }),
  ),
});
const nodeStatus = z.object({
  nodes: z.array(z.object({ name: z.string(), problems: z.array(z.string()) })),
});
const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

describe('a network of native nodes', function () {
  this.timeout(180_000);
  const suite = nativeSuite();

  const as = (user: string): Connected => connectWith(join(suite.directory, 'identities', user));

  const register = async (id: (typeof nativeDepartments)[number]): Promise<void> => {
    const client = as(`${id}.head1`);
    try {
      const contract = client.gateway.getNetwork(client.channel).getContract(client.chaincode);
      const name = { zh: id, en: id };
      const input = { id, name, level: 'city', regionCode: '331100' };
      await contract.submitTransaction('department:register', JSON.stringify(input));
    } finally {
      client.close();
    }
  };

  /** As another department reads it, at those peers or at its own, which may be a block behind the one that told of the commit. */
  const registered = async (id: string, ...at: string[]): Promise<unknown> => {
    const client = as('finance.clerk1');
    try {
      const contract = client.gateway.getNetwork(client.channel).getContract(client.chaincode);
      for (let tries = 0; ; tries += 1) {
        try {
          const answer = await contract.evaluate('department:get', {
            arguments: [JSON.stringify({ id })],
            ...(at.length > 0 && { endorsingOrganizations: at }),
          });
          return JSON.parse(Buffer.from(answer).toString());
        } catch (error) {
          if (tries === 50 || !String(error).includes('NOT_FOUND')) throw error;
          await delay(200);
        }
      }
    } finally {
      client.close();
    }
  };

  const statusNow = async () => {
    const { out, code } = await yiciNetwork('status', '--json', '--dir', suite.directory);
    return { code, report: status.parse(JSON.parse(out)) };
  };

  /** Once all is well: a node may be a block behind for a moment. */
  const reportedStatus = async () => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const { code, report } = await statusNow();
      if (code === 0) return report;
      expect(Date.now(), JSON.stringify(report.native.nodes)).to.be.lessThan(deadline);
      await delay(250);
    }
  };

  const pidOf = (name: string): number =>
    suite.network.nodes().find((node) => node.name === name)?.pid ?? 0;

  /** What is said of a peer once it has all blocks that any has. */
  const caughtUp = async (name: string) => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const { native, height } = (await statusNow()).report;
      const found = native.nodes.find((node) => node.name === name);
      if (found?.height === height) return found;
      expect(Date.now(), `${name} is behind`).to.be.lessThan(deadline);
      await delay(250);
    }
  };

  it("takes a transaction from Fabric's own client, endorsed by a majority of departments", async () => {
    await register('hrss');
    expect(await registered('hrss')).to.include({ id: 'hrss', mspId: 'HrssMSP' });
  });

  it('gives every department an orderer, a peer and a chaincode of its own', () => {
    const names = suite.network.nodes().map(({ name }) => name);
    expect(names).to.have.members(
      nativeDepartments.flatMap((id) => [`orderer0.${id}`, `peer0.${id}`, `chaincode.${id}`]),
    );
    expect(new Set(suite.network.nodes().map(({ pid }) => pid)).size).to.equal(names.length);
  });

  it('says of each node how it is, who leads, what is committed and when certificates end', async () => {
    const { native, height } = await reportedStatus();
    expect(native.nodes.map(({ state }) => state)).to.deep.equal(Array(12).fill('up'));
    expect(native.leader).to.match(/^orderer0\./);
    expect(native.chaincode).to.deep.equal({ name: 'yici', version: '1.0', sequence: 1 });
    const heights = native.nodes.flatMap(({ height: own }) => (own === undefined ? [] : [own]));
    expect(heights).to.have.length(8);
    expect(Math.max(...heights)).to.equal(height);
    expect(native.nodes.flatMap(({ problems }) => problems)).to.deep.equal([]);
    for (const { certificateEnds } of native.nodes) {
      expect(new Date(certificateEnds).getTime()).to.be.greaterThan(Date.now());
    }
  });

  it("configures nodes by files, with the release's own comments in them", () => {
    const file = join(suite.directory, 'fabric', 'finance', 'peer', 'core.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text).to.match(/^ {2}localMspId: FinanceMSP$/m);
    expect(text).to.match(/^ {2}endpoint: ""$/m);
    expect(text).to.include('# The Address at local network interface this Peer will listen on.');
  });

  it('changes its channel by a file that a majority signs, after which every consenter signs blocks', async () => {
    const file = join(suite.directory, 'change.json');
    const channel = async (...args: string[]) => {
      const folder = ['--json', '--dir', suite.directory];
      const { code, out, err } = await yiciNetwork('channel', ...args, ...folder);
      return { code, said: code === 0 ? (JSON.parse(out) as unknown) : err };
    };
    const settings = ['batch.timeout=80ms', 'bft.viewChangeTimeout=6s'];
    expect((await channel('propose', 'set', ...settings, '--out', file)).code).to.equal(0);
    expect((await channel('submit', file)).said).to.match(/CHANGE_UNSIGNED/);
    const signers = ['finance', 'hrss', 'data'];
    await channel('sign', file, '--department', ...signers, '--yes');
    const { said } = await channel('submit', file);
    expect(said).to.deep.include({ sequence: 1, silent: [] });
  });

  const changes = (before: (name: string) => Promise<void> = () => Promise.resolve()) => {
    const folder = join(suite.directory, 'changes');
    mkdirSync(folder, { recursive: true });
    return new ChannelChanges({
      ...{ state: suite.directory, folder, departments: nativeDepartments },
      genesisHash: suite.network.genesisHash,
      startAgain: async (name) => {
        await before(name);
        await suite.network.stopNode(name);
        await suite.network.startNode(name);
      },
    });
  };

  /** The status names a consenter that signs nothing, once blocks have come that it should have signed. */
  const saidSilent = async (name: string): Promise<void> => {
    for (let tries = 0; ; tries += 1) {
      const { nodes } = (await statusNow()).report.native;
      if (nodes.find((each) => each.name === name)?.problems.includes('silent')) return;
      expect(tries, 'looks at it').to.be.lessThan(4);
      await yiciNetwork('channel', 'show', '--signing', '--dir', suite.directory);
    }
  };

  it('lets a fifth department join with an orderer, and goes on without it once the others have removed it', async () => {
    const fifth = await changes().joins('audit');
    try {
      const { code } = await yiciNetwork('node', 'approve', '--dir', changes().hostOf('audit'));
      expect(code, 'approves the definition in force').to.equal(0);
      await changes().leaves('audit');
      const own = await yiciNetwork('node', 'status', '--json', '--dir', changes().hostOf('audit'));
      expect(own.code, own.err).to.equal(1);
      const { nodes } = nodeStatus.parse(JSON.parse(own.out));
      for (const name of ['orderer0.audit', 'peer0.audit'])
        expect(nodes).to.deep.include({ name, problems: ['removed'] });
    } finally {
      await fifth.close();
    }
    await reportedStatus();
    const { out } = await yiciNetwork('channel', 'show', '--json', '--dir', suite.directory);
    expect(JSON.parse(out)).to.have.property('departments').with.length(nativeDepartments.length);
  });

  it('gives a consenter other keys to sign with and for TLS, with which it signs blocks like all others', async () => {
    const replace = () => changes(saidSilent).replaces('finance', 'orderer', 'orderer-tls');
    // With one more away two of four would sign, where a block takes three: nothing could be written any more.
    await suite.network.stopNode('orderer0.hrss');
    const refusal: unknown = await replace().catch((error: unknown) => error);
    await suite.network.startNode('orderer0.hrss');
    expect(String(refusal)).to.match(/CHANGE_REFUSED[^]*2 of 4 consenters would sign/);
    rmSync(join(suite.directory, 'changes'), { recursive: true });
    await replace();
    await reportedStatus();
  });

  it("refuses an approval that is signed with another department's key", async () => {
    const approve = ['chaincode', 'approve', '--department', 'finance', '--dir', suite.directory];
    // Another department's administrator is not even told the channel's config, from which the collections follow.
    for (const [user, refusal] of [
      ['hrss.admin', 'ACCESS_DENIED'],
      ['finance.clerk1', 'APPROVAL_REFUSED'],
    ] as const) {
      const { code, err } = await yiciNetwork(...approve, '--as', user, '--json');
      expect(code, err).to.equal(3);
      const { error } = failure.parse(JSON.parse(err.trim().split('\n').at(-1) ?? ''));
      expect(error.code, error.message).to.equal(refusal);
    }
  });

  it('replaces the chaincode of one department after the other with the next sequence', async () => {
    const before = nativeDepartments.map((id) => pidOf(`chaincode.${id}`));
    const sentences: string[] = [];
    await suite.network.upgrade({ version: '1.1' }, (text) => sentences.push(sayIn('en')(text)));
    expect(sentences).to.include('4 departments approve chaincode yici 1.1');
    expect(suite.network.topology.chaincode).to.include({ version: '1.1', sequence: 2 });
    expect(before.some(isAlive)).to.equal(false);
    expect((await reportedStatus()).native.chaincode).to.include({ version: '1.1', sequence: 2 });
    await register('finance');
  });

  it('exports blocks that anybody can verify with nothing but the genesis hash', async () => {
    const out = join(suite.directory, 'exported');
    const exported = await yiciNetwork('blocks', 'export', '--out', out, '--dir', suite.directory);
    expect(exported.code, exported.err).to.equal(0);
    const { height } = await reportedStatus();
    const verifier = new ChainVerifier({ genesisHash: suite.network.genesisHash });
    for (let number = 0; number < height; number += 1) {
      await verifier.add(BigInt(number), readFileSync(join(out, `${number}.block`)));
    }
    expect(verifier.report()).to.deep.include({ verdict: 'VERIFIED', findings: [] });
  });

  it('says of every department that it approved the code that is here, and that it answers', async () => {
    const { code, out, err } = await yiciNetwork(
      ...['chaincode', 'approvals', '--dir', suite.directory, '--json'],
    );
    expect(code, err).to.equal(0);
    const { packageId } = packageOf(suite.network.topology.chaincode);
    const [inForce, ...more] = approvalsReport.parse(JSON.parse(out)).definitions;
    expect(more).to.deep.equal([]);
    expect(inForce).to.include({ version: '1.1', sequence: 2, committed: true });
    expect(inForce?.departments).to.deep.equal(
      Object.values(nativeMsp)
        .sort()
        .map((mspId) => ({ mspId, approved: true, packageId, answers: true })),
    );
  });

  it('does not commit what a department approved another package for, and says whose it is', async () => {
    const own = packageOf(suite.network.topology.chaincode).packageId;
    const client = connectWith(join(suite.directory, 'identities', 'data.admin'));
    const lifecycle = client.gateway.getNetwork(client.channel).getContract('_lifecycle');
    const query = new peer.lifecycle.QueryChaincodeDefinitionArgs();
    query.setName('yici');
    const inForce = await lifecycle.evaluate('QueryChaincodeDefinition', {
      arguments: [query.serializeBinary()],
    });
    const standing =
      peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(inForce).getCollections()!;
    const definition = { name: 'yici', version: '1.2', sequence: 3, standing };
    const approve = (packageId: string) =>
      lifecycle.submit('ApproveChaincodeDefinitionForMyOrg', {
        arguments: [approveArgs(definition, packageId)],
        endorsingOrganizations: [nativeMsp.data],
      });
    const other = `yici_1.0:${'ab'.repeat(32)}`;
    await approve(other);
    const error: unknown = await suite.network
      .upgrade({ version: '1.2' })
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NetworkError).and.include({ code: 'PACKAGE_DIFFERS' });
    const { message, details } = error as NetworkError;
    expect(message).to.include(`DataBureauMSP approved another package than ${own}`);
    expect(details['different']).to.deep.equal([{ mspId: nativeMsp.data, packageId: other }]);
    expect((await reportedStatus()).native.chaincode).to.include({ version: '1.1', sequence: 2 });
    // Whoever was wrong approves again, and the others need not.
    await approve(own);
    client.close();
    await suite.network.upgrade({ version: '1.2' });
    expect((await reportedStatus()).native.chaincode).to.include({ version: '1.2', sequence: 3 });
  });

  it('does not take a sequence that is not the next', async () => {
    const { code, err } = await yiciNetwork(
      ...['chaincode', 'upgrade', '--sequence', '7', '--dir', suite.directory, '--json'],
    );
    expect(code).to.equal(2);
    expect(failure.parse(JSON.parse(err.trim())).error.code).to.equal('TOPOLOGY_INVALID');
  });

  it('starts a node again that was killed, and it catches up', async () => {
    const killed = pidOf('peer0.hrss');
    process.kill(killed, 'SIGKILL');
    await register('establishment');
    const again = await caughtUp('peer0.hrss');
    expect(again).to.include({ restarts: 1 });
    expect(again.pid).to.not.equal(killed);
  });

  it('writes blocks on within seconds when another package’s chaincode answers at its address', async () => {
    const { chaincode, departments } = suite.network.topology;
    const next = new ChaincodeProcess(
      {
        folder: ownChaincode(),
        port: departments.find(({ id }) => id === 'hrss')?.ports.chaincode ?? 0,
        packageId: packageOf({ ...chaincode, label: 'yici_9.9' }).packageId,
        mspId: nativeMsp.hrss,
        logFile: join(suite.directory, 'next.log'),
        tls: departmentPaths(suite.directory, 'hrss').chaincode,
      },
      { info: () => undefined, warn: () => undefined },
    );
    const [own, other] = [as('hrss.head1'), as('finance.head1')];
    const contractOf = ({ gateway, channel, chaincode: name }: Connected) =>
      gateway.getNetwork(channel).getContract(name);
    await suite.network.stopNode('chaincode.hrss');
    try {
      await next.start();
      // The call starts the package in force, for which the process there does not register; meanwhile a block comes.
      const call = contractOf(own)
        .evaluate('department:get', {
          arguments: [JSON.stringify({ id: 'hrss' })],
          endorsingOrganizations: [nativeMsp.hrss],
        })
        .catch((error: unknown) => error);
      await contractOf(other).submit('department:update', {
        arguments: [JSON.stringify({ systemId: 'sys' })],
        endorsingOrganizations: [nativeMsp.finance, nativeMsp.establishment, nativeMsp.data],
      });
      await caughtUp('peer0.hrss');
      expect(await call).to.be.instanceOf(Error);
    } finally {
      for (const client of [own, other]) client.close();
      await next.close();
    }
    await suite.network.startNode('chaincode.hrss');
    expect(await registered('hrss')).to.include({ mspId: nativeMsp.hrss });
  });

  it('leaves no process behind, and goes on from the same height when started again, with a peer where its department has anchored it and other certificates of its chaincode', async () => {
    const [port = 0] = await freePorts(1);
    await changes().anchors('hrss', port);
    const { height } = (await statusNow()).report;
    const pids = suite.network.nodes().map(({ pid }) => pid ?? 0);
    await suite.network.close();
    expect(pids.filter(isAlive)).to.deep.equal([]);
    const renewed = ['keys', 'renew', 'chaincode', '--department', 'hrss', '--new-key'];
    await yiciNetwork(...renewed, '--dir', suite.directory);
    suite.network = await openNative(suite.directory);
    expect((await reportedStatus()).height).to.equal(height);
    expect(suite.network.endpoint(nativeMsp.hrss).address).to.equal(`127.0.0.1:${port}`);
    expect(await registered('hrss', nativeMsp.hrss)).to.include({ id: 'hrss' });
    await register('data');
    expect((await reportedStatus()).height).to.be.greaterThan(height);
    expect(await registered('data')).to.include({ mspId: nativeMsp.data });
  });

  it('does not start with a topology that the channel is past, or with a package that nobody approved', async () => {
    await suite.network.close();
    const code = async (chaincode: TopologyInput['chaincode']) => {
      const error: unknown = await openNative(suite.directory, nativeTopology({ chaincode })).catch(
        (thrown: unknown) => thrown,
      );
      return error instanceof NetworkError ? error.code : error;
    };
    expect(await code({ version: '1.0', sequence: 1 })).to.equal('TOPOLOGY_INVALID');
    expect(await code({ version: '1.2', sequence: 3, label: 'other' })).to.equal('PACKAGE_DIFFERS');
    expect(await isLocked(dataFolder(suite.directory))).to.equal(false);
  });

  it('does not serve the data of another network of the same channel name, or of a newer release', async () => {
    const other = dataFolder(temporaryFolder());
    const topology = await resolveTopology({ topology: nativeTopology() }, other);
    prepareFolder(topology, other, new Date());
    const data = join('finance', 'peer', 'data');
    cpSync(join(dataFolder(suite.directory).fabric, data), join(other.fabric, data), {
      recursive: true,
    });
    const refusal = () => openNative(other.root).catch((thrown: unknown) => thrown);
    const error: unknown = await refusal();
    writeFileSync(join(other.root, 'release.json'), JSON.stringify({ release: '999.0.0' }));
    const newer: unknown = await refusal();
    rmSync(other.root, { recursive: true });
    expect(error).to.be.instanceOf(NetworkError).and.include({ code: 'GENESIS_MISMATCH' });
    expect(newer).to.be.instanceOf(NetworkError).and.include({ code: 'DATA_FOLDER_NEWER' });
  });
});
