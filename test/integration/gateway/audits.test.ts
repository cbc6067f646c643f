import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditRecord, type AuditRecord } from '@yici/domain/model';
import { parseBlock, encodeBlock, withTransactionsFilter } from '@yici/ledger';
import { dataFolder } from '@yici/network';
import { exportBlocks } from '@yici/network/testing';
import { expect } from 'chai';
import { runYici } from '../../support/terminal.js';
import { fileCase, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const office = 'supervision.supervisor1';
let ahead = 0;
const clock = () => new Date(Date.now() + ahead);

describe('audit runs on the ledger, over HTTP and on the command line', function () {
  this.timeout(120_000);
  let world: World;
  let folder: string;
  let blocks: string;
  let pin: string;
  let kept: string;
  const yici = (user: string, ...args: string[]) => {
    const identity = join(world.directory, 'state', 'identities', user);
    return runYici([...args, '--identity', identity, '--gateway', world.url, '--json']);
  };
  const verify = (user: string, ...more: string[]) =>
    yici(user, 'audit', 'verify', blocks, '--pin', pin, '--record', ...more);
  const listed = async (user: string, query = ''): Promise<AuditRecord[]> => {
    const answer = await world.api.get(user, `/v1/audits${query}`);
    expect(answer.status, answer.text).to.equal(200);
    return answer.list('items').map((item) => auditRecord.parse(item));
  };
  const figure = async (id: string, more = ''): Promise<unknown> =>
    (await world.api.get('offices.clerk1', `/v1/stats/${id}?from=2020-01-01${more}`)).at(
      'figure.value',
    );

  before(async () => {
    ahead = 0;
    world = await openWorld({}, false, clock);
    await seed(world.api);
    await fileCase(world.api, 'data.clerk1');
    pin = (await world.api.call('GET', '/v1/network')).str('genesisHash');
    folder = mkdtempSync(join(tmpdir(), 'yici-audits-'));
    blocks = join(folder, 'blocks');
    kept = join(folder, 'report.json');
    await exportBlocks(dataFolder(join(world.directory, 'state')), blocks);
  });

  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await world.close();
  });

  it('have no figures before there is one', async () => {
    expect(await figure('audit-runs')).to.equal(0);
    expect(await figure('days-since-audit')).to.equal(null);
  });

  it('are recorded by the office that ran them, and every member sees them', async () => {
    const run = await verify(office, '--report', kept);
    expect(run.exitCode, run.notes.join('\n')).to.equal(0);
    const told = JSON.parse(run.out[0] ?? '') as { height: number; recorded: { result: unknown } };
    const record = auditRecord.parse(told.recorded.result);
    expect(record).to.deep.include({
      verdict: 'verified',
      department: 'supervision',
      channel: 'door',
      genesisHash: pin,
      fromBlock: 0,
      toBlock: told.height - 1,
      findings: [],
    });
    const block = await world.api.get(office, `/v1/blocks/${record.toBlock}`);
    expect(block.at('hash')).to.equal(record.headerHash);
    for (const user of ['offices.clerk1', 'establishment.head1', office]) {
      expect(await listed(user), user).to.deep.equal([record]);
    }
    const one = `/v1/audits/${record.report}`;
    for (const source of ['index', 'ledger']) {
      const answer = await world.api.get('data.clerk1', `${one}?source=${source}`);
      expect(auditRecord.parse(answer.json), source).to.deep.equal(record);
    }
    expect((await world.api.call('GET', '/v1/audits')).status).to.equal(401);
    const nowhere = await world.api.get(office, `/v1/audits/${'0'.repeat(64)}`);
    expect(nowhere.status).to.equal(404);
  });

  it('are the supervision office’s alone to record, and each report once', async () => {
    const before = await listed(office);
    const official = await verify('offices.head1');
    expect(official.exitCode).to.equal(1);
    expect(official.notes.join() + official.out.join()).to.contain('ROLE_REFUSED');
    const again = await yici(office, 'supervise', 'record-audit', '--file', kept);
    expect(again.exitCode).to.equal(1);
    expect(again.notes.join() + again.out.join()).to.contain('ALREADY_EXISTS');
    const edited = JSON.parse(readFileSync(kept, 'utf8')) as { toBlock: number };
    const wrong = join(folder, 'edited.json');
    writeFileSync(wrong, JSON.stringify({ ...edited, toBlock: edited.toBlock + 1 }));
    const refused = await yici(office, 'supervise', 'record-audit', '--file', wrong);
    expect(refused.exitCode).to.equal(1);
    expect(refused.notes.join() + refused.out.join()).to.contain('AUDIT_RECORD_INVALID');
    expect(await listed(office)).to.deep.equal(before);
  });

  it('say what did not hold, and count in the figures with the runs behind them', async () => {
    const file = join(blocks, '1.block');
    const lie = withTransactionsFilter(parseBlock(readFileSync(file)), [11]);
    writeFileSync(file, encodeBlock(lie));
    const run = await verify(office);
    expect(run.exitCode, run.notes.join('\n')).to.equal(1);
    const [newest, first] = await listed('offices.clerk1');
    expect([newest?.verdict, first?.verdict]).to.deep.equal(['failed', 'verified']);
    const mismatch = newest?.findings.find(({ code }) => code === 'CODE_MISMATCH');
    expect(mismatch?.places[0]).to.deep.equal({ block: 1, tx: 0 });
    expect(await listed(office, '?verdict=failed')).to.deep.equal([newest]);
    expect(await listed(office, '?verdict=verified&department=supervision')).to.deep.equal([first]);
    expect(await listed(office, '?department=offices')).to.deep.equal([]);
    const failures = (newest?.findings ?? []).reduce((sum, { count }) => sum + count, 0);
    expect(await figure('audit-runs')).to.equal(2);
    expect(await figure('audit-proof-failures')).to.equal(failures);
    const checked = [newest, first].reduce((sum, one) => sum + (one?.checked.blocks ?? 0), 0);
    expect(await figure('audit-blocks')).to.equal(checked);
    expect(await figure('days-since-audit')).to.equal(0);
    const behind = await world.api.get(
      'offices.clerk1',
      '/v1/stats/audit-proof-failures/cases?from=2020-01-01',
    );
    expect(new Set(behind.each('items', 'id'))).to.deep.equal(new Set([newest?.report]));
    expect(behind.at('notShown')).to.equal(0);
  });

  it('are shown on the command line, and compared with a kept report', async () => {
    const list = await yici('data.clerk1', 'supervise', 'audits', 'list', '--verdict', 'verified');
    const { items } = JSON.parse(list.out[0] ?? '') as { items: unknown[] };
    const [record] = items.map((item) => auditRecord.parse(item));
    const show = ['supervise', 'audits', 'show', record?.report ?? ''];
    const shown = await yici('data.clerk1', ...show, '--check', kept);
    expect(shown.exitCode, shown.notes.join('\n')).to.equal(0);
    expect(JSON.parse(shown.out[0] ?? '')).to.deep.equal({ ...record, reportMatches: true });
    const edited = join(folder, 'edited.json');
    const other = await yici('data.clerk1', ...show, '--check', edited);
    expect(other.exitCode).to.equal(1);
  });

  it('grow old: the days since the last one count up to today', async () => {
    ahead = 5 * 86_400_000;
    world.api.forgetSessions();
    expect(await figure('days-since-audit')).to.equal(5);
    expect(await figure('days-since-audit', '&to=2199-12-31')).to.equal(5);
    expect(await figure('days-since-audit', '&to=2020-01-02')).to.equal(null);
  });
});
