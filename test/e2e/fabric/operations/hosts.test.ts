import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ChainVerifier } from '@yici/ledger';
import {
  fabricVersion,
  genesisHashOf,
  renderDepartment,
  servingVersions,
} from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { fabricTool, needsFabric, needsRelease } from '../../../support/fabric.js';
import { DepartmentOnHost } from '../../../support/hosts/department.js';
import { HostNetwork, needsNamespaces } from '../../../support/hosts/namespaces.js';
import { keysFolder, renderAll } from '../../../support/hosts/render-all.js';
import { fourHosts, hostIds } from '../../../support/hosts/topology.js';

const approvals = z.object({
  packageId: z.string(),
  definitions: z.array(z.object({ committed: z.boolean(), departments: z.array(z.unknown()) })),
});
const snapshot = z.object({
  channel: z.string(),
  folder: z.string(),
  lastBlock: z.number(),
  lastBlockHash: z.string(),
});
const nodeStatus = z.object({
  nodes: z.array(
    z.object({
      ...{ kind: z.string(), state: z.string() },
      ...{ leads: z.boolean().optional(), version: z.string().optional() },
      pid: z.number().optional(),
      problems: z.array(z.string()),
    }),
  ),
});

/** Releases of Fabric that also serve: the one before, or those that YICI_FABRIC_RELEASES names; and one that cannot. */
const releases = process.env['YICI_FABRIC_RELEASES']?.split(',') ?? servingVersions.slice(1, 2);
const release25 = '2.5.16';

const topology = fourHosts('hosts', 0);

describe('four departments on hosts of their own', function () {
  this.timeout(120_000);
  const hosts = new HostNetwork();
  const all: DepartmentOnHost[] = [];
  let directory = '';

  before(async function () {
    const binDir = dirname(fabricTool('peer'));
    needsFabric(this, 'peer', 'orderer');
    needsNamespaces(this);
    directory = mkdtempSync(join(tmpdir(), 'yici-hosts-'));
    const folders = renderAll(directory, topology, binDir);
    await hosts.open(new Map(topology.departments.map(({ id, host = '' }) => [id, host])));
    for (const [id, folder] of folders) {
      all.push(new DepartmentOnHost(id, hosts, folder, binDir));
    }
  });

  after(async () => {
    try {
      await Promise.all(all.map((each) => each.down()));
    } finally {
      await hosts.close();
      if (directory !== '') rmSync(directory, { recursive: true, force: true });
    }
  });

  it('start and join, each from its own folder alone', async () => {
    const rendered = settingsOf(directory);
    await Promise.all(all.map((each) => each.up()));
    expect(settingsOf(directory), 'nodes run with what was rendered').to.deep.equal(rendered);
    expect(await all[0]!.node('join'), 'again').to.deep.equal({
      department: 'north',
      channel: 'hosts',
    });
  });

  it('cannot commit a chaincode that two of them approved', async () => {
    const [north, east] = all;
    await Promise.all([north!.node('approve'), east!.node('approve')]);
    // The channel's rule counts, whatever the host's file says of it.
    const file = join(directory, 'hosts', 'north', 'topology.yaml');
    const own = readFileSync(file, 'utf8');
    writeFileSync(file, own.replace('lifecycleEndorsement: MAJORITY', 'lifecycleEndorsement: ANY'));
    expect(await north!.refusal('commit')).to.equal('APPROVALS_MISSING');
    writeFileSync(file, own);
    const { packageId, definitions } = approvals.parse(await north!.node('approvals'));
    expect(definitions).to.have.length(1);
    expect(definitions[0]?.committed).to.equal(false);
    // What another department's package is only its own peer knows.
    expect(definitions[0]?.departments).to.have.deep.members([
      { mspId: 'NORTHMSP', approved: true, packageId },
      { mspId: 'EASTMSP', approved: true },
      { mspId: 'SOUTHMSP', approved: false },
      { mspId: 'WESTMSP', approved: false },
    ]);
  });

  it('commit it when the third has approved; the fourth follows', async () => {
    const [north, , south, west] = all;
    await south!.node('approve');
    expect(await north!.node('commit')).to.deep.include({ department: 'north', changed: true });
    expect(await west!.node('approve')).to.deep.include({ changed: true });
    expect(await west!.node('approve')).to.deep.include({ changed: false });
    expect(await west!.node('commit')).to.deep.include({ department: 'west', changed: false });
  });

  it('see at each host what a client of one wrote', async () => {
    const [north, ...others] = all;
    await north!.client('put', 'seen', 'everywhere');
    const found = await Promise.all(others.map((each) => each.client('get', 'seen', 'everywhere')));
    expect(found).to.deep.equal(['everywhere', 'everywhere', 'everywhere']);
  });

  it('say of a peer that hangs that it does, at its own host and at another, and come to an end', async () => {
    const [north, , , west] = all;
    const peerOf = async (host: DepartmentOnHost, ...more: readonly string[]) => {
      const { nodes } = nodeStatus.parse(await host.node('status', ...more));
      return nodes.filter(({ kind }) => kind === 'peer').map(({ state, pid }) => ({ state, pid }));
    };
    const pid = (await peerOf(west!))[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    const begun = performance.now();
    try {
      const seen = await Promise.all([peerOf(west!), peerOf(north!, '--network')]);
      for (const peers of seen) expect(peers.map(({ state }) => state)).to.include('hangs');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    // Five seconds and two starts of Node on a busy machine; a call to the peer that nobody waits for ends after minutes.
    expect(performance.now() - begun).to.be.below(45_000);
  });

  it('go on writing while one is cut off, which catches up when it is back', async () => {
    const away = await notLeading(all);
    const rest = all.filter((each) => each !== away);
    await hosts.cut(away.id);
    for (const [index, each] of rest.entries()) await each.client('put', 'meanwhile', `${index}`);
    expect(await rest[0]!.client('get', 'meanwhile', '2')).to.equal('2');
    await hosts.heal(away.id);
    expect(await away.client('get', 'meanwhile', '2')).to.equal('2');
    await away.client('put', 'back', 'again');
    expect(await rest[0]!.client('get', 'back', 'again')).to.equal('again');
  });

  it('put back what a disk lost: the peer from its backup, which fetches the rest; the orderer empty, until it signs as before', async () => {
    const [north] = all;
    const lost = await notLeading(all);
    await lost.down();
    const file = join(directory, 'lost.tar');
    const taken = await lost.node('backup', '--out', file);
    expect(taken).to.include({ kind: 'peer', file });
    await north!.client('put', 'after', 'the backup');
    for (const kind of ['peer', 'orderer'] as const) lost.lose(kind);
    expect(await lost.node('restore', file)).to.include({ kind: 'peer', restored: true });
    await lost.up();
    expect(await lost.client('get', 'after', 'the backup')).to.equal('the backup');
    await lost.client('put', 'restored', 'it is');
    expect(await lost.node('approve')).to.deep.include({ changed: false });
    expect(await north!.command('channel', 'show', '--signing')).to.deep.include({ silent: [] });
    // A peer without a backup has to fetch its department's own approval first.
    await lost.down();
    lost.lose('peer');
    await lost.up();
    expect(await lost.node('approve')).to.deep.include({ changed: false });
  });

  it('begin again with a snapshot of another peer, where block 0 is far away', async () => {
    const [north, , , west] = all;
    const taken = snapshot.parse(await north!.node('snapshot'));
    expect(await north!.node('snapshot'), 'nothing was written since').to.deep.equal(taken);
    await west!.down();
    west!.lose('peer');
    await west!.up('--snapshot', taken.folder);
    expect(await west!.node('join'), 'again').to.include({ department: 'west' });
    expect(await west!.node('approve')).to.deep.include({ changed: false });
    expect(await west!.client('get', 'restored', 'it is')).to.equal('it is');
    await west!.client('put', 'snapshot', 'west');
    expect(await north!.client('get', 'snapshot', 'west')).to.equal('west');
    // And it starts again, though it has no block 0 to be known by.
    await west!.down();
    await west!.up();
    expect(await west!.client('get', 'snapshot', 'west')).to.equal('west');
  });

  for (const release of releases) {
    it(`have one that goes to Fabric ${release} in its folder, and over to ${fabricVersion} again`, async function () {
      const other = needsRelease(this, release);
      const [north] = all;
      const one = await notLeading(all.slice(0, 3));
      for (const [version, binDir] of [
        [release, other],
        [fabricVersion, dirname(fabricTool('peer'))],
      ] as const) {
        await one.down();
        await one.up('--bin-dir', binDir);
        const { nodes } = nodeStatus.parse(await one.node('status'));
        expect(nodes.flatMap((node) => node.version ?? [])).to.deep.equal([version, version]);
        await one.client('put', 'by', version);
        expect(await north!.client('get', 'by', version)).to.equal(version);
        await north!.client('put', 'to', version);
        expect(await one.client('get', 'to', version)).to.equal(version);
        // Each consenter's signature is on the blocks, also that of the other release.
        const shown = await north!.command('channel', 'show', '--signing');
        expect(shown).to.deep.include({ silent: [] });
      }
    });
  }

  it('have none of Fabric 2.5: its peer runs and never goes on, as its status says; the data stay as they are', async function () {
    const older = needsRelease(this, release25);
    const one = await notLeading(all.slice(0, 3));
    await one.down();
    const refused: unknown = await one.up('--bin-dir', older).catch((error: unknown) => error);
    expect(String(refused)).to.include('FABRIC_VERSION_MISMATCH').and.include(release25);
    // As a systemd unit would start it, which asks nobody.
    const render = (binDir: string) =>
      renderDepartment({
        ...{ directory: keysFolder(directory, one.id), department: one.id, binDir },
        out: join(directory, 'hosts', one.id),
      });
    render(older);
    const settings = join(directory, 'hosts', one.id, 'fabric', one.id, 'peer');
    const peer = hosts.start(
      ...[one.id, 'env', `FABRIC_CFG_PATH=${settings}`, join(older, 'peer'), 'node', 'start'],
    );
    const ended = once(peer, 'exit');
    const refusal = /Failed to load chain hosts.*Must set some OrdererAddresses/;
    const early = ended.then(() => expect.fail('the peer ended'));
    await Promise.race([written(peer.stderr!, refusal), early]);
    early.catch(() => undefined);
    const { nodes } = nodeStatus.parse(await one.node('status'));
    peer.kill('SIGTERM');
    await ended;
    expect(nodes.find(({ kind }) => kind === 'peer')).to.deep.include({
      ...{ state: 'up', version: release25, problems: ['otherFabric'] },
    });
    render(dirname(fabricTool('peer')));
    await one.up();
    await one.client('put', 'after', release25);
  });

  it('keep a chain that anybody can verify, signatures and all, through all of it', async () => {
    const [north] = all;
    const out = join(directory, 'blocks');
    await north!.exportBlocks(out, 0);
    const genesis = readFileSync(join(directory, 'hosts', 'north', 'genesis.block'));
    const verifier = new ChainVerifier({ genesisHash: genesisHashOf(genesis) });
    for (const number of readdirSync(out).keys()) {
      await verifier.add(BigInt(number), readFileSync(join(out, `${number}.block`)));
    }
    expect(verifier.report()).to.deep.include({ verdict: 'VERIFIED', findings: [] });
  });

  it('are all well at the end', async () => {
    const states = await Promise.all(all.map((each) => each.node('status')));
    for (const state of states) {
      expect(nodeStatus.parse(state).nodes.map((each) => each.state)).to.deep.equal([
        'up',
        'up',
        'up',
      ]);
    }
  });

  it('commit an upgrade while what it replaces still runs, and say that it is to be started again', async () => {
    const three = all.slice(0, 3);
    for (const { id } of three) {
      const file = join(directory, 'hosts', id, 'topology.yaml');
      const next = readFileSync(file, 'utf8').replace('lab_1.0', 'lab_1.1');
      writeFileSync(file, next.replace('sequence: 1', 'sequence: 2'));
    }
    await Promise.all(three.map((each) => each.node('approve')));
    const [north] = three;
    expect(await north!.node('commit')).to.deep.include({ changed: true, restart: true });
    const { nodes } = nodeStatus.parse(await north!.node('status'));
    const peer = nodes.find(({ kind }) => kind === 'peer');
    expect(peer).to.deep.include({ state: 'up', problems: ['unanswered'] });
  });
});

/** Every node's settings, as the systemd units would use them. */
function settingsOf(directory: string): string[] {
  return hostIds.flatMap((id) =>
    ['peer/core.yaml', 'orderer/orderer.yaml'].map((name) =>
      readFileSync(join(directory, 'hosts', id, 'fabric', id, name), 'utf8'),
    ),
  );
}

/** Resolves when a process has written that. */
function written(stream: NodeJS.ReadableStream, what: RegExp): Promise<void> {
  let all = '';
  return new Promise((done) => {
    stream.on('data', (part: Buffer) => {
      all += part.toString();
      if (what.test(all)) done();
    });
  });
}

/** Losing the leader costs a time-out before another leads, which the suite of faults measures. */
async function notLeading(all: readonly DepartmentOnHost[]): Promise<DepartmentOnHost> {
  for (const each of all.slice(1)) {
    const { nodes } = nodeStatus.parse(await each.node('status'));
    if (!nodes.some(({ leads }) => leads === true)) return each;
  }
  return expect.fail('every consenter leads');
}
