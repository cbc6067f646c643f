import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClientError, readIdentityFolder, YiciClient } from '@yici/client';
import { readTopology } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { RunningGateway } from '../../support/gateway/running-gateway.js';
import { yiciNetworkHere } from '../topology/support.js';

const printed = z.object({
  fingerprint: z.string(),
  consent: z.object({
    satisfied: z.boolean(),
    signed: z.array(z.string()),
    missing: z.array(z.string()),
  }),
});

describe('changes of the channel that departments sign at a gateway', function () {
  this.timeout(180_000);
  let gateway: RunningGateway;

  before(async () => {
    gateway = await RunningGateway.start({ listening: true });
  });

  after(() => gateway.stop());

  const at = (name: string) => join(gateway.folder, name);
  const channel = (...args: string[]) => yiciNetworkHere('channel', ...args, '--dir', at('state'));

  async function done(...args: string[]) {
    const run = await channel(...args, '--json');
    expect(run.code, run.err).to.equal(0);
    return printed.parse(JSON.parse(run.out));
  }

  const propose = (name: string, setting: string, department = 'establishment') =>
    done(
      ...['propose', 'set', setting, '--out', at(name), '--department', department],
      ...['--gateway', gateway.url],
    );

  async function client(user: string): Promise<YiciClient> {
    const folder = at(user);
    const out = ['identity', 'export', user, '--out', folder, '--dir', at('state')];
    const exported = await yiciNetworkHere(...out);
    expect(exported.code, exported.err).to.equal(0);
    const identity = await readIdentityFolder(folder);
    const caller = new YiciClient({ baseUrl: gateway.url, identity });
    await caller.login();
    return caller;
  }

  /** Departments by their MSPs. */
  const idsOf = (mspIds: readonly string[]): string[] =>
    readTopology(at('state/topology.yaml')).departments.flatMap(({ id, mspId }) =>
      mspIds.includes(mspId) ? [id] : [],
    );

  const codeOf = (act: Promise<unknown>) =>
    act.then(
      () => 'done',
      (error: unknown) => (error instanceof ClientError ? error.details['code'] : error),
    );

  it('come there signed, and wait for the others through a restart', async () => {
    const { fingerprint, consent } = await propose(
      'policy.json',
      'policies.lifecycleEndorsement=ALL Endorsement',
    );
    expect(consent).to.deep.include({ satisfied: false, signed: ['EstablishmentMSP'] });
    await gateway.halt();
    await gateway.restart();
    const admin = await client('establishment.admin');
    const [waiting] = await admin.channelChanges();
    expect(waiting).to.deep.include({ satisfied: false, signed: ['EstablishmentMSP'] });
    expect(waiting?.id).to.equal(fingerprint.replaceAll(' ', ''));
    const asAdmin = ['--identity', at('establishment.admin'), '--lang', 'zh'];
    const pending = (...more: string[]) =>
      gateway.yici(['channel', 'pending', ...more, ...asAdmin]);
    const listed = await pending();
    expect(listed.out, listed.err)
      .to.include(fingerprint)
      .and.match(/已签名 +EstablishmentMSP\n +尚可签名 +\S+MSP/);
    expect((await pending('-o', at('fetched.json'))).exitCode).to.equal(2);
    expect((await pending('ab'.repeat(32), '-o', at('fetched.json'))).exitCode).to.equal(2);
    const fetched = await pending(fingerprint, '-o', at('fetched.json'));
    expect(fetched.exitCode, fetched.err).to.equal(0);
    const seen = await done('sign', at('fetched.json'), '--yes', '--department', 'finance');
    expect(seen.consent.signed).to.deep.equal(['EstablishmentMSP', 'FinanceMSP']);
    expect(await codeOf(admin.submitChannelChange(waiting!.id))).to.equal(
      'CHANNEL_CHANGE_UNSIGNED',
    );
  });

  it('are brought by nobody but an administrator whose signature counts', async () => {
    const text = readFileSync(at('policy.json'), 'utf8');
    const change = JSON.parse(text) as { signatures: unknown[] };
    const post = async (body: object) => {
      const response = await fetch(`${gateway.url}/v1/channel/changes`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify(body),
      });
      return ((await response.json()) as { code?: string }).code;
    };
    const other = await channel(
      ...['propose', 'set', 'batch.timeout=95ms', '--out', at('other.json')],
      ...['--department', 'establishment'],
    );
    expect(other.code, other.err).to.equal(0);
    const unsigned = JSON.parse(readFileSync(at('other.json'), 'utf8')) as object;
    expect(await post(unsigned)).to.equal('CHANNEL_CHANGE_UNSIGNED');
    const borrowed = { ...unsigned, signatures: change.signatures };
    expect(await post(borrowed)).to.equal('CHANNEL_CHANGE_UNSIGNED');
    expect(await post({ ...change, update: 'AAAA' })).to.equal('CHANNEL_CHANGE_REFUSED');
    expect(await post({ ...change, more: 1 })).to.equal('VALIDATION_FAILED');
  });

  it('are signed by their fingerprint, submitted by an administrator, and are gone when they are in force', async () => {
    const { fingerprint, consent } = await done(
      ...['sign', at('policy.json'), '--department', 'establishment'],
      ...['--yes', '--gateway', gateway.url],
    );
    const departments = idsOf(consent.missing);
    const all = await done(
      ...['sign', fingerprint, '--department', ...departments, '--yes', '--gateway', gateway.url],
    );
    expect(all.consent.satisfied).to.equal(true);
    const id = fingerprint.replaceAll(' ', '');
    const clerk = await client('offices.clerk1');
    expect(await codeOf(clerk.submitChannelChange(id))).to.equal('ROLE_REFUSED');
    const admin = await client('finance.admin');
    expect(await admin.submitChannelChange(id)).to.equal(1);
    expect(await admin.channelChanges()).to.deep.equal([]);
    const { out } = await channel('show', '--department', 'finance', '--json');
    expect(out).to.include('"policies.lifecycleEndorsement": "ALL Endorsement"');
    const kinds = await auditKinds();
    expect(kinds).to.include.members(['channel.sign', 'channel.submit']);
  });

  /** What an auditor of the department reads in the journal. */
  async function auditKinds(): Promise<readonly string[]> {
    const keeper = await client('data.admin');
    const kinds: string[] = [];
    for await (const { kind } of keeper.list('journal.list', {})) kinds.push(kind);
    return kinds;
  }

  it('are submitted by the command too, by fingerprint', async () => {
    const { fingerprint, consent } = await propose(
      'policy-again.json',
      'policies.lifecycleEndorsement=MAJORITY Endorsement',
    );
    const departments = idsOf(consent.missing);
    await done(
      ...['sign', fingerprint, '--department', ...departments, '--yes', '--gateway', gateway.url],
    );
    const run = await channel('submit', fingerprint, '--gateway', gateway.url, '--json');
    expect(run.code, run.err).to.equal(0);
    expect(JSON.parse(run.out)).to.include({ sequence: 2, change: 'set' });
  });

  it('are eight of one department at the most', async () => {
    for (let count = 1; count <= 8; count += 1) {
      await propose(`many-${count}.json`, `batch.timeout=${100 + count}ms`);
    }
    const run = await channel(
      ...['propose', 'set', 'batch.timeout=200ms', '--out', at('ninth.json')],
      ...['--department', 'establishment', '--gateway', gateway.url],
    );
    expect(run.code).to.equal(2);
    expect(run.err).to.match(/TOO_MANY_AT_ONCE/);
  });

  it('by a name that the gateway does not know, or from one that is not there, are no changes', async () => {
    const unknown = await channel('sign', 'ab'.repeat(32), '--yes', '--gateway', gateway.url);
    expect(unknown.err).to.match(/CHANGE_INVALID.*RECORD_NOT_FOUND|IDENTITY_UNKNOWN/);
    writeFileSync(at('half.json'), '{');
    const half = await channel('submit', at('half.json'), '--gateway', gateway.url);
    expect(half.err).to.match(/CHANGE_INVALID/);
    const silent = ['--department', 'hrss', '--gateway', 'http://127.0.0.1:9'];
    const gone = await channel('sign', 'ab'.repeat(32), '--yes', ...silent);
    expect(gone.err).to.match(/CHANGE_INVALID.*没有应答/);
  });
});
