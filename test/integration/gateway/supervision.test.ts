import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLineSchema } from '@yici/api';
import { chainFindings } from '@yici/client/testing';
import { openLevelStore } from '@yici/gateway/testing';
import { expect } from 'chai';
import { standOn } from '../../support/domain/embedded-stand.js';
import { tellsSupervision } from '../../support/domain/supervision.js';
import { runYici } from '../../support/terminal.js';
import { fileCase, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const day = 86_400_000;
const office = 'supervision.supervisor1';

describe('supervision over HTTP on the embedded network', function () {
  this.timeout(120_000);
  let world: World;
  let ahead = 0;
  /** Time for everybody; no session lasts so long. */
  const goOn = (days: number) => {
    ahead += days * day;
    world.api.forgetSessions();
  };

  before(async () => {
    world = await openWorld({}, false, () => new Date(Date.now() + ahead));
    await seed(world.api);
  });

  after(() => world.close());

  tellsSupervision(() => ({ ...standOn(world), goOn }));
});

describe('what supervisors read, as the gateway keeps it', function () {
  this.timeout(120_000);
  let world: World;
  let mine: string;
  let theirs: string;
  const reads = async (user: string, query = '') => {
    const answer = await world.api.get(user, `/v1/reads${query}`);
    return (answer.json as { items: unknown[] }).items.map((item) => readLineSchema.parse(item));
  };

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    mine = await fileCase(world.api, 'data.clerk1');
    theirs = await fileCase(world.api, 'establishment.clerk1');
  });

  after(() => world.close());

  it('has nothing of what officials read, and nothing of what everybody is shown', async () => {
    await world.api.get('data.clerk1', `/v1/cases/${mine}`);
    await world.api.get('offices.clerk1', '/v1/cases');
    for (const path of ['/v1/matters', '/v1/departments', '/v1/blocks', '/v1/network']) {
      expect((await world.api.get(office, path)).status).to.equal(200);
    }
    expect(await reads(office)).to.deep.equal([]);
  });

  it('names who, which record, when and under which request, also on the fast lane', async () => {
    const { token } = await world.api.as(office);
    const headers = { 'x-request-id': 'inspection-7' };
    await world.api.call('GET', `/v1/cases/${mine}`, { token, headers });
    await world.api.call('GET', `/v1/cases/${mine}`, { token });
    const [fast, named] = await reads(office);
    expect(named).to.deep.include({
      requestId: 'inspection-7',
      route: '/v1/cases/{caseNo}',
      asked: { caseNo: mine },
      records: [mine],
      departments: ['data', 'establishment', 'offices'],
    });
    expect(named?.by).to.deep.equal({
      department: 'supervision',
      role: 'supervisor',
      user: office,
    });
    expect(fast?.records).to.deep.equal([mine]);
    expect(fast?.requestId).to.match(/^[0-9a-f-]{36}$/);
  });

  it('has lists with every record they showed, events, files and the stream', async () => {
    const { token } = await world.api.as(office);
    await world.api.get(office, '/v1/cases?owner=offices');
    await world.api.get(office, `/v1/cases/${theirs}/events`);
    await world.api.get(office, `/v1/cases/${theirs}/export?format=json`);
    const stream = new AbortController();
    const opened = await fetch(`${world.url}/v1/events?caseNo=${theirs}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stream.signal,
    });
    expect(opened.status).to.equal(200);
    stream.abort();
    const [events, exported, history, list] = await reads(office);
    expect(list?.records).to.deep.equal([mine, theirs].sort());
    expect(list?.asked).to.deep.equal({ owner: 'offices' });
    for (const one of [history, exported, events]) {
      expect(one?.records).to.deep.equal([theirs]);
      expect(one?.departments).to.deep.equal(['establishment', 'offices']);
    }
  });

  it('shows a department the reads of its own records, and supervisors all', async () => {
    const all = await reads(office);
    const ofData = await reads('data.clerk1');
    expect(ofData.every(({ departments }) => departments.includes('data'))).to.equal(true);
    expect(ofData).to.have.lengthOf(
      all.filter(({ departments }) => departments.includes('data')).length,
    );
    expect(ofData.length).to.be.lessThan(all.length);
    expect(await reads('data.clerk1', '?department=establishment')).to.deep.equal(ofData);
    const named = await reads(office, `?department=establishment&record=${theirs}&user=${office}`);
    expect(named.length).to.be.greaterThan(2);
    expect(await reads(office, '?user=nobody')).to.deep.equal([]);
    expect((await world.api.call('GET', '/v1/reads')).status).to.equal(401);
  });

  it('is a chain for everybody: a line that is taken out or changed shows', async () => {
    for (const user of [office, 'data.clerk1', 'establishment.clerk1']) {
      const lines = (await reads(user)).reverse();
      expect(chainFindings(lines), user).to.deep.equal([]);
      expect(chainFindings(lines.filter((_, index) => index !== 1))[0]?.seq).to.not.equal(
        undefined,
      );
      const changed = lines.map((line, n) => (n === 0 ? { ...line, records: [] } : line));
      expect(chainFindings(changed)[0]?.seq).to.equal(1);
    }
  });

  it('is there after a restart, and on the command line, which checks it', async () => {
    const before = await reads(office);
    await world.gateway.close();
    await world.reopen();
    expect(await reads(office)).to.deep.equal(before);
    const home = mkdtempSync(join(tmpdir(), 'yici-home-'));
    const identity = join(world.directory, 'state', 'identities', 'data.clerk1');
    const run = (...args: string[]) =>
      runYici(
        ['supervise', 'reads', ...args, '--json', '--identity', identity, '--gateway', world.url],
        {
          YICI_HOME: home,
        },
      );
    const listed = await run('--record', mine);
    expect(listed.exitCode, listed.notes.join()).to.equal(0);
    expect((JSON.parse(listed.out[0] ?? '') as { items: unknown[] }).items).to.have.length.above(1);
    expect((await run('--check')).exitCode).to.equal(0);
    await world.gateway.close();
    const level = await openLevelStore(join(world.directory, 'gateway', 'audit'));
    let edits = 0;
    for await (const [key, value] of level.range({
      gte: 'l\u0000',
      lt: 'l\u0001',
    })) {
      if (edits > 0 || !value.includes('"record.read"')) continue;
      edits += 1;
      const edited = value.replace('supervision.supervisor1', 'supervision.supervisor2');
      await level.write([{ type: 'put', key, value: edited }], true);
    }
    await level.close();
    await world.reopen();
    const check = await run('--check');
    expect([check.exitCode, JSON.parse(check.out[0] ?? '') as unknown]).to.deep.equal([
      1,
      { lines: (await reads('data.clerk1')).length, broken: 1, cut: null, anchored: null },
    ]);
    rmSync(home, { recursive: true, force: true });
  });
});
