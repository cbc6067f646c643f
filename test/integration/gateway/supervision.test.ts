import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandNames, commands } from '@yici/chaincode/model';
import { brokenAt, supervisorRead } from '@yici/client';
import { commandRoutes, openLevelStore } from '@yici/gateway';
import { expect } from 'chai';
import { runYici } from '../../support/terminal.js';
import type { Answer } from './support/api.js';
import { commit, digestOf, fileCase, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const day = 86_400_000;
const text = digestOf('words');
const document = digestOf('document');
const office = 'supervision.supervisor1';
const clerk = 'offices.clerk1';
const head = 'offices.head1';
const limit = { value: 3, unit: 'workingDay' };
const conditions = [
  'serviceOfReform',
  'noBannedAct',
  'dueProcedure',
  'noPersonalGain',
  'harmPreventedOrMended',
];

let ahead = 0;
const clock = () => new Date(Date.now() + ahead);
const codeOf = (answer: Answer) => [answer.status, answer.at('code')];

/** Time for everybody; no session lasts so long. */
function goOn(world: World, days: number): void {
  ahead += days * day;
  world.api.forgetSessions();
}

describe('supervision over HTTP on the embedded network', function () {
  this.timeout(120_000);
  let world: World;
  let caseNo: string;
  let cardId: string;
  const refused = async (user: string, path: string, body: unknown) =>
    codeOf(await world.api.run(user, path, body));
  const raise = (colour: string, of = caseNo) => ({ caseNo: of, what: 'reply', colour });

  before(async () => {
    world = await openWorld({}, false, clock);
    await seed(world.api);
    caseNo = await fileCase(world.api, 'data.clerk1');
  });

  after(() => world.close());

  it('raises no card before its day, whoever asks, and each once', async () => {
    expect(await refused(office, '/v1/cards', raise('red'))).to.deep.equal([422, 'CARD_NOT_DUE']);
    goOn(world, 20);
    expect(await refused(office, '/v1/cards', raise('yellow'))).to.deep.equal([
      422,
      'CARD_NOT_DUE',
    ]);
    const card = await commit(world.api, 'data.clerk1', '/v1/cards', raise('red'));
    cardId = card.str('result.cardId');
    expect(card.at('result.department')).to.equal('offices');
    for (const user of ['data.clerk1', clerk, office]) {
      expect(await refused(user, '/v1/cards', raise('red'))).to.deep.equal([409, 'ALREADY_EXISTS']);
    }
    const nowhere = raise('red', caseNo.replace(/\d$/, '9'));
    expect(await refused(office, '/v1/cards', nowhere)).to.deep.equal([404, 'NOT_FOUND']);
  });

  it('shows a card to those whom the case concerns, and to supervisors', async () => {
    for (const [user, sees] of [
      [clerk, 1],
      ['data.clerk1', 1],
      [office, 1],
      ['supervision.head1', 0],
    ] as const) {
      const { items } = (await world.api.get(user, '/v1/cards')).json as { items: unknown[] };
      expect(items, user).to.have.lengthOf(sees);
    }
    const yellow = await world.api.get(clerk, '/v1/cards?colour=yellow');
    expect(yellow.list('items')).to.deep.equal([]);
  });

  it('is explained once, by the department whose limit it was', async () => {
    const path = `/v1/cards/${cardId}/explain`;
    const body = { code: 'workload', text };
    expect(await refused('data.clerk1', path, body)).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    expect(await refused(office, path, body)).to.deep.equal([403, 'ROLE_REFUSED']);
    const explained = await commit(world.api, clerk, path, body);
    expect(explained.at('result.explanation.late')).to.equal(false);
    expect(await refused(head, path, body)).to.deep.equal([409, 'ALREADY_EXPLAINED']);
    expect(await refused(clerk, '/v1/cards/none/explain', body)).to.deep.equal([404, 'NOT_FOUND']);
  });

  it('is appealed against by a head, and exempted only on all five conditions', async () => {
    const appeal = `/v1/cards/${cardId}/appeal`;
    const rule = `/v1/cards/${cardId}/rule`;
    const exempt = { outcome: 'exempted', document, conditions };
    expect(await refused(office, rule, exempt)).to.deep.equal([422, 'APPEAL_MISSING']);
    const ground = { ground: 'goodFaith', text };
    expect(await refused(clerk, appeal, ground)).to.deep.equal([403, 'ROLE_REFUSED']);
    expect(await refused('data.head1', appeal, ground)).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    await commit(world.api, head, appeal, ground);
    expect(await refused(head, appeal, ground)).to.deep.equal([409, 'ALREADY_APPEALED']);
    expect(await refused(head, rule, exempt)).to.deep.equal([403, 'ROLE_REFUSED']);
    const four = { ...exempt, conditions: conditions.slice(1) };
    expect(await refused(office, rule, four)).to.deep.equal([422, 'EXEMPTION_UNFOUNDED']);
    const ruled = await commit(world.api, office, rule, exempt);
    expect(ruled.at('result.ruling.outcome')).to.equal('exempted');
    for (const [user, path, body] of [
      [office, rule, exempt],
      [head, appeal, ground],
      [clerk, `/v1/cards/${cardId}/explain`, { code: 'other', text }],
    ] as const) {
      expect(await refused(user, path, body)).to.deep.equal([409, 'CARD_CLOSED']);
    }
  });

  it('is not ruled on by who raised it, and not appealed against after thirty days', async () => {
    const other = await fileCase(world.api, 'data.clerk1');
    goOn(world, 20);
    const card = await commit(world.api, office, '/v1/cards', raise('red', other));
    const path = `/v1/cards/${card.str('result.cardId')}`;
    await commit(world.api, head, `${path}/appeal`, { ground: 'factsWrong', text });
    expect(await refused(office, `${path}/rule`, { outcome: 'upheld', document })).to.deep.equal([
      403,
      'MAKER_IS_CHECKER',
    ]);
    const third = await fileCase(world.api, 'data.clerk1');
    goOn(world, 20);
    const late = await commit(world.api, 'data.clerk1', '/v1/cards', raise('red', third));
    goOn(world, 31);
    const latePath = `/v1/cards/${late.str('result.cardId')}`;
    expect(await refused(head, `${latePath}/appeal`, { ground: 'factsWrong', text })).to.deep.equal(
      [422, 'APPEAL_TOO_LATE'],
    );
    const explained = await commit(world.api, clerk, `${latePath}/explain`, {
      code: 'other',
      text,
    });
    expect(explained.at('result.explanation.late')).to.equal(true);
  });

  it('can be neither skipped nor deleted: no command and no method takes a card away', async () => {
    const onCards = commandRoutes.filter(({ path }) => path.startsWith('/v1/cards'));
    expect(onCards.map(({ name }) => name).sort()).to.deep.equal([
      'card.appeal',
      'card.explain',
      'card.raise',
      'card.raiseOther',
      'card.rule',
    ]);
    const { token } = await world.api.as(office);
    for (const method of ['DELETE', 'PUT', 'PATCH']) {
      const answer = await world.api.call(method, `/v1/cards/${cardId}`, { token });
      expect([404, 405], method).to.include(answer.status);
    }
    const cards = await world.api.get(office, '/v1/cards');
    expect(cards.each('items', 'cardId')).to.include(cardId);
    expect(cards.each('items', 'cardId')).to.have.lengthOf(3);
  });

  it('reminds a party, on the record and without a duty to answer', async () => {
    const urge = { urgeId: 'urge-1', caseNo, department: 'offices', note: '请尽快受理' };
    await commit(world.api, office, '/v1/urges', urge);
    expect(await refused(office, '/v1/urges', urge)).to.deep.equal([409, 'ALREADY_EXISTS']);
    const stranger = { ...urge, urgeId: 'urge-2', department: 'supervision' };
    expect(await refused(office, '/v1/urges', stranger)).to.deep.equal([403, 'NOT_A_PARTY']);
    const listed = await world.api.get(clerk, `/v1/urges?caseNo=${caseNo}`);
    expect(listed.each('items', 'urgeId')).to.include('urge-1');
  });

  it('orders a department to act by a day, until a reply satisfies', async () => {
    const order = {
      orderId: 'ord-1',
      department: 'offices',
      caseNo,
      subject: '逾期整改',
      document,
      limit,
    };
    expect(await refused(head, '/v1/orders', order)).to.deep.equal([403, 'ROLE_REFUSED']);
    const unknown = { ...order, department: 'nobody' };
    expect(await refused(office, '/v1/orders', unknown)).to.deep.equal([403, 'DEPARTMENT_UNKNOWN']);
    const issued = await commit(world.api, office, '/v1/orders', order);
    expect(issued.str('result.dueOn') > issued.str('result.issuedAt').slice(0, 10)).to.equal(true);
    const conclude = '/v1/orders/ord-1/conclude';
    const reply = '/v1/orders/ord-1/reply';
    const done = { satisfied: true, document };
    expect(await refused(office, conclude, done)).to.deep.equal([409, 'ORDER_NOT_OPEN']);
    expect(await refused('data.head1', reply, { document })).to.deep.equal([
      403,
      'WRONG_DEPARTMENT',
    ]);
    expect(await refused(clerk, reply, { document })).to.deep.equal([403, 'ROLE_REFUSED']);
    goOn(world, 14);
    const late = await commit(world.api, head, reply, { document });
    expect(late.at('result.replies.0.late')).to.equal(true);
    expect(await refused(head, reply, { document })).to.deep.equal([409, 'ORDER_NOT_OPEN']);
    await commit(world.api, office, conclude, { satisfied: false, document, limit });
    await commit(world.api, head, reply, { document });
    const closed = await commit(world.api, office, conclude, done);
    expect(closed.at('result.status')).to.equal('closed');
    const mine = await world.api.get(clerk, '/v1/orders?status=closed');
    expect(mine.each('items', 'orderId')).to.deep.equal(['ord-1']);
    expect((await world.api.get('data.clerk1', '/v1/orders')).list('items')).to.deep.equal([]);
  });

  it('takes an evaluation of a delivered case, a bad one with its reason and its answer', async () => {
    const { api } = world;
    const number = await fileCase(api, 'data.clerk1');
    const path = `/v1/cases/${number}`;
    const give = `/v1/evaluations/${number}/give`;
    expect(await refused('data.clerk1', give, { score: 1 })).to.deep.equal([
      409,
      'EVALUATION_NOT_OPEN',
    ]);
    await commit(api, clerk, `${path}/receive`, {});
    await commit(api, clerk, `${path}/accept`, {});
    const opinion = { stepId: 'headcount', answer: 'agree' };
    await commit(api, 'establishment.clerk1', `${path}/opinion`, opinion);
    await commit(api, head, `${path}/decide`, { outcome: 'granted', document });
    await commit(api, clerk, `${path}/complete`, { result: document });
    await commit(api, clerk, `${path}/deliver`, { form: 'web' });
    expect(await refused('data.clerk1', give, { score: 5 })).to.deep.equal([
      422,
      'EVALUATION_UNEXPLAINED',
    ]);
    expect(await refused(clerk, give, { score: 1 })).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    await commit(api, 'data.clerk1', give, { score: 5, note: text });
    expect(await refused('data.clerk1', give, { score: 1 })).to.deep.equal([409, 'ALREADY_EXISTS']);
    const answered = await commit(api, clerk, `/v1/evaluations/${number}/answer`, { document });
    expect(answered.at('result.answer')).to.be.an('object');
    const listed = await api.get(clerk, '/v1/evaluations?owner=offices');
    expect(listed.each('items', 'caseNo')).to.deep.equal([number]);
  });

  it('lets a supervisor write supervision and nothing else: every other command is refused', async () => {
    const mine = ['card.raise', 'card.raiseOther', 'card.rule'].concat([
      'audit.record',
      'order.conclude',
      'order.issue',
      'urge.send',
    ]);
    const { token } = await world.api.as(office);
    const others = commandNames.filter((name) => !mine.includes(name));
    for (const name of others) {
      expect(commands[name].roles, name).to.not.include('supervisor');
      const route = commandRoutes.find((one) => one.name === name)!;
      const path = route.path.replace(/\{\w+\}/, route.key === 'year' ? '2026' : caseNo);
      const answer = await world.api.call('POST', path, { token, body: {} });
      expect([400, 403], `${name}: ${answer.text}`).to.include(answer.status);
      if (answer.status === 400) expect(answer.at('code'), name).to.equal('VALIDATION_FAILED');
      else expect(answer.at('code'), name).to.equal('ROLE_REFUSED');
    }
    // Whole commands of every kind, refused for the role and for nothing else.
    for (const [path, body] of [
      [`/v1/cases/${caseNo}/receive`, {}],
      [`/v1/cases/${caseNo}/deem-accepted`, {}],
      [`/v1/cases/${caseNo}/withdraw`, { reasonCode: 'x' }],
      [`/v1/cards/${cardId}/explain`, { code: 'other', text }],
      ['/v1/orders/ord-1/reply', { document }],
    ] as const) {
      expect(await refused(office, path, body), path).to.deep.equal([403, 'ROLE_REFUSED']);
    }
  });

  it('gives the supervisor’s powers to the supervision office only', async () => {
    const holder = world.gateway.index.record('functionHolder', 'supervision');
    expect(holder?.department).to.equal('supervision');
    const asHead = await refused('supervision.head1', '/v1/orders', {
      ...{ orderId: 'ord-9', department: 'offices', subject: 'x', document, limit },
    });
    expect(asHead).to.deep.equal([403, 'ROLE_REFUSED']);
  });
});

describe('what supervisors read, as the gateway keeps it', function () {
  this.timeout(120_000);
  let world: World;
  let mine: string;
  let theirs: string;
  const reads = async (user: string, query = '') => {
    const answer = await world.api.get(user, `/v1/reads${query}`);
    return (answer.json as { items: unknown[] }).items.map((item) => supervisorRead.parse(item));
  };

  before(async () => {
    ahead = 0;
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
      expect(brokenAt(lines), user).to.equal(undefined);
      expect(brokenAt(lines.filter((_, index) => index !== 1))).to.not.equal(undefined);
      const changed = lines.map((line, n) => (n === 0 ? { ...line, records: [] } : line));
      expect(brokenAt(changed)).to.equal(1);
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
    const level = await openLevelStore(join(world.directory, 'gateway', 'reads'));
    for await (const [key, value] of level.range({
      gte: 'l\u0000data\u0000',
      lt: 'l\u0000data\u0001',
      limit: 1,
    })) {
      const edited = value.replace('supervision.supervisor1', 'supervision.supervisor2');
      await level.write([{ type: 'put', key, value: edited }], true);
    }
    await level.close();
    await world.reopen();
    const check = await run('--check');
    expect([check.exitCode, JSON.parse(check.out[0] ?? '') as unknown]).to.deep.equal([
      1,
      { lines: (await reads('data.clerk1')).length, broken: 1 },
    ]);
    rmSync(home, { recursive: true, force: true });
  });
});
