import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runYici } from '../../support/terminal.js';
import { commit, digestOf, leaseMatter, publishMatter, seed, taskCode } from './support/story.js';
import { openWorld, type World } from './support/world.js';
import { sealedVoucher } from '../../support/vouchers.js';

const days = (value: number) => ({ value, unit: 'workingDay' }) as const;
const document = { number: '三定〔2024〕9号', title: '机构职能规定', ...digestOf('document') };
const duty = {
  department: 'offices',
  code: 'OFFICES-03',
  title: { zh: '办公用房', en: 'Office space' },
  clause: '（三）办公用房',
  document,
  topic: 'office-space',
  effectiveFrom: '2024-01-01',
};

describe('duties and reviews over HTTP on the embedded network', function () {
  this.timeout(180_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    const { api } = world;
    await seed(api);
    await commit(api, 'offices.clerk1', '/v1/duties', duty);
    const linked = { ...leaseMatter, taskCode: 'LEASE0002', dutyCode: duty.code };
    await publishMatter(api, { ...linked, previousLimit: days(20) });
    const changed = { ...duty, clause: '（三）办公用房统一管理' };
    await commit(api, 'establishment.clerk1', '/v1/duties', changed);
  });

  after(() => world.close());

  const get = (path: string, user = 'data.clerk1') => world.api.get(user, path);
  const path = '/v1/duties/offices/OFFICES-03';

  it('list duties by department and topic, and one from index and ledger alike', async () => {
    expect((await get('/v1/duties?department=offices')).each('items', 'version')).to.deep.equal([
      2,
    ]);
    expect((await get('/v1/duties?topic=office-space')).list('items')).to.have.length(1);
    expect((await get('/v1/duties?topic=nothing')).list('items')).to.deep.equal([]);
    const index = await get(path);
    expect(index.at('linked')).to.deep.equal({ found: 1, marked: 1 });
    expect((await get(`${path}?source=ledger`)).text).to.equal(index.text);
    expect((await get('/v1/duties/offices/NONE')).at('code')).to.equal('RECORD_NOT_FOUND');
  });

  it('keep every version of a duty, and what rests on it', async () => {
    expect((await get(`${path}/versions`)).each('items', 'version')).to.deep.equal([1, 2]);
    const [link] = (await get(`${path}/matters`)).list('items');
    expect(link).to.include({ taskCode: 'LEASE0002', dutyVersion: 1, review: 2 });
  });

  it('are read with yici: duties, versions, matters, reviews', async () => {
    const items = async (...args: string[]) => (await yici(world, 'data.clerk1', ...args)).items;
    expect(await items('duty', 'list', '--topic', 'office-space')).to.have.length(1);
    expect(await items('duty', 'versions', 'offices', 'OFFICES-03')).to.have.length(2);
    expect(await items('duty', 'matters', 'offices', 'OFFICES-03')).to.have.length(1);
    expect(await items('duty', 'overlaps')).to.deep.equal([]);
    const [review] = (await items('matter', 'reviews', '--department', 'offices')) ?? [];
    expect(review).to.include({ taskCode: 'LEASE0002', status: 'open' });
  });

  it('list what needs a review, and put it into both inboxes until it is signed', async () => {
    const open = await get('/v1/reviews?department=offices');
    expect(open.each('items', 'taskCode')).to.deep.equal(['LEASE0002']);
    const due = open.str('items.0.dueOn');
    expect((await get(`/v1/reviews?dueTo=${due}`)).list('items')).to.have.length(1);
    expect((await get('/v1/reviews?dueTo=2020-01-01')).list('items')).to.deep.equal([]);
    expect((await get('/v1/reviews?department=data')).list('items')).to.deep.equal([]);
    const todo = async (user: string) =>
      (await get('/v1/inbox', user)).list('items').filter((row) => isReview(row)).length;
    expect([await todo('offices.clerk1'), await todo('establishment.clerk1')]).to.deep.equal([
      1, 1,
    ]);
    const review = { version: 1, dutyVersion: 2 };
    // The client finds the version and the duty version of the open review.
    await yici(world, 'offices.head1', 'matter', 'review', 'LEASE0002');
    expect([await todo('offices.clerk1'), await todo('establishment.clerk1')]).to.deep.equal([
      0, 1,
    ]);
    await commit(world.api, 'establishment.head1', '/v1/matters/LEASE0002/review', review);
    expect((await get('/v1/reviews')).list('items')).to.deep.equal([]);
    expect((await get('/v1/reviews?status=closed')).each('items', 'outcome')).to.deep.equal([
      'confirmed',
    ]);
    const all = await get('/v1/matters/LEASE0002/reviews');
    expect(all.each('items', 'status')).to.deep.equal(['closed']);
    const again = await world.api.run('offices.head1', '/v1/matters/LEASE0002/review', review);
    expect([again.status, again.at('code')]).to.deep.equal([409, 'REVIEW_NOT_OPEN']);
    const mark = await world.api.run('data.clerk1', '/v1/matters/LEASE0002/mark-for-review', {});
    expect([mark.status, mark.at('code')]).to.deep.equal([409, 'REVIEW_NOT_DUE']);
  });

  it('show a topic that two departments claim until it is decided', async () => {
    await commit(world.api, 'data.clerk1', '/v1/duties', {
      ...duty,
      department: 'data',
      code: 'DATA-01',
    });
    const overlaps = async (query: string) =>
      (await get(`/v1/duty-overlaps?${query}`)).each('items', 'topic');
    expect(await overlaps('status=open&department=data')).to.deep.equal(['office-space']);
    expect(await overlaps('topic=nothing')).to.deep.equal([]);
    const named = { topic: duty.topic, round: 1, kind: 'assigned', lead: 'offices' };
    const opinion = { ...named, text: '由机关事务中心负责', document };
    await commit(world.api, 'establishment.head1', '/v1/duties/propose-overlap', opinion);
    await commit(world.api, 'establishment.clerk1', '/v1/duties/resolve-overlap', {
      ...opinion,
      organ: '市委编委',
    });
    expect(await overlaps('status=open')).to.deep.equal([]);
    expect(await overlaps('status=ruled')).to.deep.equal(['office-space']);
  });

  it('give the speed-up rate of matters that state their past, and the matters without a duty', async () => {
    const rates = await get('/v1/speed-up?owner=offices');
    expect(rates.list('items')).to.deep.equal([
      {
        taskCode: 'LEASE0002',
        version: 1,
        name: leaseMatter.name,
        owner: 'offices',
        previous: 20,
        promised: 7,
        rate: 0.65,
      },
    ]);
    expect((await get('/v1/matters?duty=none')).each('items', 'taskCode')).to.deep.equal([
      taskCode,
    ]);
  });

  it('write nothing of a matter that asks for other materials', async () => {
    const [first] = leaseMatter.materials;
    const materials = [{ ...first!, code: 'm2', name: { zh: '其他材料', en: 'Other materials' } }];
    const body = { ...leaseMatter, taskCode: 'LEASE0003', materials };
    const refused = await world.api.run('offices.clerk1', '/v1/matters', body);
    expect([refused.status, refused.at('code')]).to.deep.equal([422, 'MATERIAL_CATCH_ALL']);
    expect((await get('/v1/matters/LEASE0003')).status).to.equal(404);
  });
});

/** `yici` as that user; its JSON, once it has ended well. */
async function yici(world: World, user: string, ...args: string[]): Promise<Answered> {
  const home = mkdtempSync(join(tmpdir(), 'yici-catalogue-'));
  const identity = join(world.directory, 'state', 'identities', user);
  const options = ['--json', '--identity', identity, '--gateway', world.url];
  const run = await runYici([...args, ...options], { YICI_HOME: home });
  rmSync(home, { recursive: true, force: true });
  expect(run.exitCode, run.notes.join()).to.equal(0);
  return JSON.parse(run.out[0] ?? '{}') as Answered;
}

interface Answered {
  readonly items?: readonly Readonly<Record<string, unknown>>[];
  readonly result?: Readonly<Record<string, unknown>>;
  readonly parts?: readonly Readonly<Record<string, unknown>>[];
  readonly materials?: readonly unknown[];
}

const isReview = (row: unknown): boolean =>
  typeof row === 'object' && row !== null && 'todo' in row && row.todo === 'review';

describe('a one thing over HTTP on the embedded network', function () {
  this.timeout(180_000);
  let world: World;
  let no: string;
  let first: string;

  const code = 'MOVE01';
  const roster = {
    code: 'roster',
    name: { zh: '人员名册', en: 'Roster' },
    required: true,
    tolerable: false,
    source: 'applicant',
    form: 'electronic',
  } as const;
  const template = {
    code,
    name: { zh: '搬迁“一件事”', en: 'Moving house' },
    nodes: [
      { id: 'lease', taskCode: 'MOVE0001', matterVersion: 1, after: [] },
      { id: 'network', taskCode: 'MOVE0002', matterVersion: 1, after: ['lease'] },
    ],
    same: [],
    promisedLimit: days(14),
    policyDocuments: [],
    effectiveFrom: '2020-01-01',
  };

  before(async () => {
    world = await openWorld();
    const { api } = world;
    await seed(api);
    const matter = { ...leaseMatter, flow: [], materials: [...leaseMatter.materials, roster] };
    await publishMatter(api, { ...matter, taskCode: 'MOVE0001' });
    await publishMatter(api, { ...matter, taskCode: 'MOVE0002', materials: [roster] }, 'data');
    const draft = await commit(api, 'offices.clerk1', '/v1/one-things', template);
    const body = { version: 1, contentDigest: draft.at('result.contentDigest') };
    for (const head of ['offices.head1', 'data.head1', 'establishment.head1']) {
      await commit(api, head, `/v1/one-things/${code}/cosign`, body);
    }
    await commit(api, 'offices.clerk1', `/v1/one-things/${code}/publish`, { version: 1 });
    const filed = await commit(api, 'establishment.clerk1', '/v1/one-thing-cases', {
      code,
      version: 1,
      form: digestOf('one form'),
      materials: ['application', 'roster'].map((one) => ({ code: one, document: digestOf(one) })),
    });
    no = filed.str('result.no');
    first = filed.str('result.parts.0.caseNo');
  });

  after(() => world.close());

  const get = (path: string, user = 'establishment.clerk1') => world.api.get(user, path);
  const advance = (user: string) => world.api.run(user, `/v1/one-thing-cases/${no}/advance`, {});

  it('is listed with its one material set, from index and ledger alike', async () => {
    const published = await get('/v1/one-things?status=published');
    expect(published.each('items', 'code')).to.deep.equal([code]);
    expect((await get('/v1/one-things?lead=data')).list('items')).to.deep.equal([]);
    const one = await get(`/v1/one-things/${code}`);
    expect(one.each('materials', 'code')).to.deep.equal(['application', 'roster']);
    expect(one.at('listed')).to.equal(3);
    for (const path of [`/v1/one-things/${code}`, `/v1/one-things/${code}/versions/1`]) {
      expect((await get(`${path}?source=ledger`)).text).to.equal((await get(path)).text);
    }
    expect((await get(`/v1/one-things/${code}/versions`)).list('items')).to.have.length(1);
  });

  it('gets its numbers from the gateway, and opens its first part as a case like any other', async () => {
    expect(no).to.match(/^MOVE01-\d{8}-0001$/);
    expect(first).to.match(/^MOVE0001-\d{8}-0001$/);
    const opened = await get(`/v1/cases/${first}`);
    expect(opened.at('oneThing')).to.deep.equal({ no, node: 'lease' });
    expect(opened.each('materials', 'code')).to.deep.equal(['application', 'roster']);
  });

  it('is shown as a graph to those whom it concerns, and to nobody else', async () => {
    const graph = await get(`/v1/one-thing-cases/${no}`, 'data.clerk1');
    expect(graph.each('parts', 'status')).to.deep.equal(['open', 'waiting']);
    expect(graph.each('parts', 'state')).to.deep.equal(['SUBMITTED', null]);
    expect(graph.each('parts', 'owner')).to.deep.equal(['offices', 'data']);
    expect([graph.at('due'), graph.list('ready')]).to.deep.equal([false, []]);
    const strange = await get(`/v1/one-thing-cases/${no}`, 'supervision.head1');
    expect([strange.status, strange.at('code')]).to.deep.equal([404, 'RECORD_NOT_FOUND']);
    const list = async (user: string) =>
      (await get('/v1/one-thing-cases', user)).each('items', 'no');
    expect(await list('supervision.head1')).to.deep.equal([]);
    expect(await list('supervision.supervisor1')).to.deep.equal([no]);
    expect(await list('data.clerk1')).to.deep.equal([no]);
    const answer = await advance('data.service1');
    expect([answer.status, answer.at('code')]).to.deep.equal([409, 'ONE_THING_NOTHING_DUE']);
  });

  it('is moved on by any member once a part is granted: the gateway knows whose turn it is', async () => {
    const { api } = world;
    await commit(api, 'offices.clerk1', `/v1/cases/${first}/receive`, {});
    await commit(api, 'offices.clerk1', `/v1/cases/${first}/accept`, sealedVoucher);
    await commit(api, 'offices.head1', `/v1/cases/${first}/decide`, {
      outcome: 'granted',
      document: digestOf('decision'),
    });
    const due = await get('/v1/one-thing-cases?due=true');
    expect(due.each('items', 'no')).to.deep.equal([no]);
    expect((await get(`/v1/one-thing-cases/${no}`)).list('ready')).to.deep.equal(['network']);
    await commit(api, 'supervision.head1', `/v1/one-thing-cases/${no}/advance`, {});
    const graph = await get(`/v1/one-thing-cases/${no}`);
    expect(graph.each('parts', 'status')).to.deep.equal(['granted', 'open']);
    const second = graph.str('parts.1.caseNo');
    expect((await get(`/v1/cases/${second}`, 'data.clerk1')).at('applicant')).to.equal(
      'establishment',
    );
    expect((await get('/v1/one-thing-cases?due=true')).list('items')).to.deep.equal([]);
  });

  it('is filed, read and moved on with yici', async () => {
    const by = 'establishment.clerk1';
    const { digest } = digestOf('x');
    const material = ['application', 'roster'].map((one) => `${one}=sha256:${digest}`);
    const form = ['--form', `sha256:${digest}`, '--material', ...material];
    const filed = await yici(world, by, 'one-thing', 'submit', code, ...form);
    expect(filed.result).to.include({ status: 'open', applicant: 'establishment' });
    const number = String(filed.result?.['no']);
    const shown = await yici(world, by, 'one-thing', 'show', number);
    expect(shown.parts?.map(({ status }) => status)).to.deep.equal(['open', 'waiting']);
    expect((await yici(world, by, 'one-thing', 'show', code)).materials).to.have.length(2);
    expect((await yici(world, by, 'one-thing', 'list')).items).to.have.length(1);
    expect((await yici(world, by, 'one-thing', 'cases', '--due')).items).to.deep.equal([]);
    const caseNo = String(shown.parts?.[0]?.['caseNo']);
    await commit(world.api, by, `/v1/cases/${caseNo}/withdraw`, { reasonCode: 'changedMind' });
    const moved = await yici(world, 'data.service1', 'one-thing', 'advance', number);
    expect(moved.result).to.include({ status: 'ended' });
  });

  it('is refused whole when a material is missing: neither it nor a case is written', async () => {
    const cases = (await get('/v1/cases')).list('items').length;
    const refused = await world.api.run('establishment.clerk1', '/v1/one-thing-cases', {
      code,
      version: 1,
      form: digestOf('one form'),
      materials: [{ code: 'application', document: digestOf('application') }],
    });
    expect([refused.status, refused.at('code')]).to.deep.equal([422, 'MATERIAL_MISSING']);
    expect((await get('/v1/one-thing-cases')).list('items')).to.have.length(2);
    expect((await get('/v1/cases')).list('items')).to.have.length(cases);
  });
});
