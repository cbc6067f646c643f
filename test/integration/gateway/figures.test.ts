import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reads as readsOfApi } from '@yici/api';
import { measures, splitsOf } from '@yici/gateway/testing';
import { expect } from 'chai';
import { runYici } from '../../support/terminal.js';
import type { Api } from './support/api.js';
import { commit, digestOf, fileCase, filing, seed, taskCode } from './support/story.js';
import { openWorld, type World } from './support/world.js';
import { sealedVoucher } from '../../support/vouchers.js';

const document = digestOf('document');
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
/** The clock may pass midnight while the story runs. */
const period = `from=2020-01-01&to=2199-12-31`;

describe('figures over HTTP on the embedded network', function () {
  this.timeout(180_000);
  let world: World;
  /** Of the data bureau: all went well. */
  let smooth: string;
  /** Of the Establishment Office: a notice, refused, handed out at a window. */
  let rough: string;
  /** Of the data bureau, nobody has looked at it. */
  let waiting: string;
  let withdrawn: string;

  before(async () => {
    world = await openWorld();
    const { api } = world;
    await seed(api);
    smooth = await fileCase(api, 'data.clerk1');
    rough = await fileCase(api, 'establishment.clerk1');
    waiting = await fileCase(api, 'data.clerk1');
    withdrawn = await fileCase(api, 'establishment.clerk1');
    await handle(api, smooth, 'granted', 'web');
    await commit(api, 'offices.clerk1', `/v1/cases/${rough}/receive`, {});
    await refuse(api, 'goldBars');
    const notice = { items: [{ code: 'application', deficiency: 'wrong' }], limit: limit(5) };
    await commit(api, 'offices.clerk1', `/v1/cases/${rough}/supplement-notice`, notice);
    await commit(api, 'establishment.clerk1', `/v1/cases/${rough}/supplement`, {
      materials: filing.materials,
    });
    await refuse(api, 'application');
    await handle(api, rough, 'refused', 'window');
    await commit(api, 'establishment.clerk1', `/v1/cases/${withdrawn}/withdraw`, {
      reasonCode: 'notNeeded',
    });
  });

  after(() => world.close());

  const limit = (value: number) => ({ value, unit: 'workingDay' });

  /** Asks for a material in vain. */
  async function refuse(api: Api, code: string): Promise<void> {
    const body = { items: [{ code, deficiency: 'missing' }], limit: limit(5) };
    const answer = await api.run('offices.clerk1', `/v1/cases/${rough}/supplement-notice`, body);
    expect(answer.status, answer.text).to.equal(422);
  }

  async function handle(
    api: Api,
    caseNo: string,
    outcome: 'granted' | 'refused',
    form: string,
  ): Promise<void> {
    const path = `/v1/cases/${caseNo}`;
    const reason = { code: 'conditionsNotMet', text: document, remedy: '可以申请行政复议' };
    if (caseNo === smooth) await commit(api, 'offices.clerk1', `${path}/receive`, {});
    await commit(api, 'offices.clerk1', `${path}/accept`, sealedVoucher);
    await commit(api, 'establishment.clerk1', `${path}/opinion`, {
      ...{ stepId: 'headcount', answer: outcome === 'granted' ? 'agree' : 'disagree' },
      ...(outcome === 'granted' ? {} : { reason }),
    });
    const decision = outcome === 'granted' ? { outcome } : { outcome, reason };
    await commit(api, 'offices.head1', `${path}/decide`, { ...decision, document });
    await commit(api, 'offices.clerk1', `${path}/complete`, { result: document });
    await commit(api, 'offices.clerk1', `${path}/deliver`, { form });
  }

  const get = (path: string, user = 'data.clerk1') => world.api.get(user, path);
  const figure = async (id: string, query = '', user = 'establishment.clerk1') => {
    const answer = await get(`/v1/stats/${id}?${period}${query}`, user);
    expect(answer.status, answer.text).to.equal(200);
    return answer;
  };
  const numbers = async (id: string, query = '', user = 'establishment.clerk1') => {
    const answer = await figure(id, query, user);
    return ['numerator', 'denominator', 'value'].map((name) => answer.at(`figure.${name}`));
  };
  const groups = async (id: string, by: string) => {
    const answer = await figure(id, `&by=${by}`);
    const names = answer.each('groups', 'group').map(String);
    const values = answer.each('groups', 'value');
    return Object.fromEntries(names.map((name, index) => [name, values[index]]));
  };
  const behind = (id: string, user: string, query = '') =>
    get(`/v1/stats/${id}/cases?${period}${query}`, user);

  it('lists what is measured', async () => {
    const { items } = (await get('/v1/stats')).json as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).to.deep.equal(measures.map(({ id }) => id));
    expect((await world.api.call('GET', '/v1/stats')).status, 'without a session').to.equal(401);
  });

  it('computes from real traffic what a hand computes', async () => {
    const expected = {
      'once-rate': [1, 2, 0.5],
      'zero-run-rate': [1, 2, 0.5],
      'on-time-rate': [2, 2, 1],
      'overdue-open': [0, null, 0],
      'trips-per-case': [1, 2, 0.5],
      'all-signed': [2, 2, 1],
      'materials-saved': [0, null, 0],
      'documents-per-case': [4, 4, 1],
      'fields-per-case': [0, 0, null],
      'bounces-per-case': [0, 4, 0],
      'cross-department': [4, 4, 1],
      'cross-level': [0, 4, 0],
      'cross-system': [0, 0, null],
      'deemed-acceptances': [0, null, 0],
      'steps-late': [0, 2, 0],
      'share-replies-on-time': [0, 0, null],
      departments: [4, null, 4],
      'matters-with-duty': [0, 1, 0],
      'net-matters': [1, null, 1],
      'single-signed-publications': [0, null, 0],
      'refused-by-rule': [2, null, 2],
      'extra-materials-refused': [1, null, 1],
      'repeat-asks-refused': [1, null, 1],
    };
    for (const [id, found] of Object.entries(expected)) {
      expect(await numbers(id), id).to.deep.equal(found);
    }
  });

  it('splits by what each figure has, with names', async () => {
    expect(await groups('once-rate', 'outcome')).to.deep.equal({ granted: 1, refused: 0 });
    expect(await groups('once-rate', 'applicant')).to.deep.equal({ data: 1, establishment: 0 });
    expect(await groups('refused-by-rule', 'rule')).to.deep.equal({
      MATERIAL_UNKNOWN: 1,
      SECOND_NOTICE: 1,
    });
    const byMatter = await figure('once-rate', '&by=matter');
    expect(byMatter.at('groups.0.group')).to.equal(taskCode);
    expect(byMatter.str('groups.0.name.zh')).to.equal('办公用房租用审批');
    const dwell = await figure('step-dwell', '&by=step&department=establishment');
    expect(dwell.at('groups.0')).to.include({ group: `${taskCode}/headcount`, denominator: 2 });
    expect(await numbers('step-dwell', '&department=offices')).to.deep.equal([0, 0, null]);
  });

  it('counts the departments whose peers endorse, and governance by several of them', async () => {
    const [changes, all, rate] = await numbers('governance-by-two');
    expect([changes, rate]).to.deep.equal([all, 1]);
    expect(await groups('governance-by-two', 'command')).to.include({
      'department.register': 1,
      'matter.publish': 1,
    });
    const signed = await groups('departments-signing', 'department');
    expect(signed).to.deep.equal({ data: 1, establishment: 1, offices: 1, supervision: 1 });
    expect(await groups('departments-signing', 'command')).to.include({
      ...{ 'case.submit': 2, 'case.opinion': 1, 'department.register': 4 },
    });
    const peers = Object.keys(await groups('endorsing-days', 'department'));
    expect(peers.length).to.be.within(3, 4);
    expect(['data', 'establishment', 'offices', 'supervision']).to.include.members(peers);
  });

  it('counts reads of this gateway, and says that they are its own', async () => {
    await get(`/v1/cases/${smooth}`, 'offices.head1');
    await get(`/v1/cases/${smooth}`, 'supervision.supervisor1');
    const reads = await figure('reads', '&by=route&department=offices');
    expect(reads.at('block')).to.equal(null);
    expect(reads.at('measure.source')).to.equal('gateway');
    expect(reads.list('groups')).to.deep.include({
      ...{ group: readsOfApi['cases.get'].path, name: readsOfApi['cases.get'].summary },
      ...{ numerator: 1, denominator: null },
      ...{ value: 1, p90: null, facts: 1, withheld: false },
    });
    const [watched] = await numbers('supervisor-reads', '&department=supervision');
    expect(watched).to.equal(1);
  });

  it('says from which block', async () => {
    const height = world.gateway.height();
    expect((await figure('once-rate')).at('block')).to.equal(height - 1);
  });

  it('shows everybody the figure, and by name only what they may see', async () => {
    for (const user of ['data.clerk1', 'offices.head1', 'supervision.head1']) {
      expect(await numbers('cross-department', '', user), user).to.deep.equal([4, 4, 1]);
    }
    const seen = async (user: string) => {
      const answer = await behind('cross-department', user);
      const ids = answer.each('items', 'id');
      return [ids, answer.at('total'), answer.at('notShown')];
    };
    const all = [smooth, rough, waiting, withdrawn].sort();
    expect(await seen('data.clerk1')).to.deep.equal([[smooth, waiting], 4, 2]);
    expect(await seen('supervision.head1')).to.deep.equal([[], 4, 4]);
    expect(await seen('supervision.supervisor1')).to.deep.equal([all, 4, 0]);
    expect(await seen('establishment.clerk1')).to.deep.equal([all, 4, 0]);
  });

  it('tells a figure of one or two records only to those who may see them', async () => {
    const figures = async (user: string) => (await figure('once-rate', '', user)).at('figure');
    const told = { numerator: 1, denominator: 2, value: 0.5, facts: 2, withheld: false };
    for (const user of ['offices.clerk1', 'supervision.supervisor1', 'establishment.clerk1']) {
      expect(await figures(user), user).to.include(told);
    }
    const nothing = { numerator: null, denominator: null, value: null, facts: null };
    for (const user of ['data.clerk1', 'supervision.head1']) {
      expect(await figures(user), user).to.include({ ...nothing, withheld: true });
      const page = await behind('once-rate', user);
      expect(page.at('withheld'), user).to.equal(true);
      expect([page.at('notShown'), page.at('total')], user).to.deep.equal([
        0,
        page.list('items').length,
      ]);
    }
    const csv = await get(`/v1/stats/once-rate?${period}&format=csv`, 'supervision.head1');
    expect(csv.text.trim().split('\n').at(-1)).to.contain('合计,,,,,,');
  });

  it('does not let a group that is withheld be had by subtraction', async () => {
    const by = await figure('cross-department', '&by=applicant', 'supervision.head1');
    const withheld = by.each('groups', 'withheld').filter((value) => value === true);
    expect(withheld.length).to.not.equal(1);
  });

  it('writes down which records a supervisor was shown, as JSON or as CSV, and no figure', async () => {
    const user = 'supervision.supervisor1';
    await figure('once-rate', '', user);
    await behind('once-rate', user);
    await behind('once-rate', user, '&format=csv');
    const reads = await get('/v1/reads?limit=2', user);
    expect(reads.each('items', 'route')).to.deep.equal(Array(2).fill('/v1/stats/{measure}/cases'));
    for (const records of reads.each('items', 'records')) {
      expect(records).to.have.members([smooth, rough]);
    }
  });

  it('pages through the records behind a figure, those that count or those that do not', async () => {
    const first = await behind('cross-department', 'offices.clerk1', '&limit=3');
    const next = encodeURIComponent(first.str('next'));
    const second = await behind('cross-department', 'offices.clerk1', `&limit=3&cursor=${next}`);
    expect([first.list('items').length, second.list('items').length]).to.deep.equal([3, 1]);
    expect(second.at('next')).to.equal(null);
    const missed = await behind('once-rate', 'offices.clerk1', '&counted=no');
    expect(missed.at('items.0')).to.include({ kind: 'case', id: rough, department: 'offices' });
    expect(missed.at('total')).to.equal(1);
    const group = await behind('once-rate', 'offices.clerk1', '&by=outcome&group=granted');
    expect(group.at('items.0.id')).to.equal(smooth);
    expect(group.each('items.0.names', 'label')).to.include('outcome');
    expect(group.text).to.contain('予以批准');
  });

  it('gives CSV to whoever asks, by the query or by Accept', async () => {
    const { token } = await world.api.as('establishment.clerk1');
    const path = `/v1/stats/once-rate?${period}&by=outcome`;
    const byAccept = await world.api.call('GET', path, { token, headers: { accept: 'text/csv' } });
    const byQuery = await world.api.call('GET', `${path}&format=csv`, { token });
    for (const answer of [byAccept, byQuery]) {
      expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
      expect(answer.headers.get('content-disposition')).to.contain('once-rate.csv');
    }
    expect(byAccept.text).to.equal(byQuery.text);
    const response = await fetch(world.url + path, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/csv' },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).to.equal('efbbbf');
    const lines = bytes.toString('utf8').slice(1).split('\r\n');
    expect(lines[0]).to.match(/^指标,名称,/);
    expect(lines.slice(1, 4).map((line) => line.split(',').slice(2, 8))).to.deep.equal([
      ['', '合计', '', '1', '2', '0.5'],
      ['结果', 'granted', '予以批准', '1', '1', '1'],
      ['结果', 'refused', '不予批准', '0', '1', '0'],
    ]);
    const english = await world.api.call('GET', `${path}&format=csv&lang=en`, { token });
    expect(english.text)
      .to.contain('total')
      .and.not.to.match(/\p{Script=Han}/u);
    const cases = await behind('once-rate', 'data.clerk1', '&format=csv');
    expect(cases.text).to.contain(smooth).and.not.to.contain(rough);
  });

  it('refuses what a figure does not have', async () => {
    const answers = {
      'once-rate?by=step': 400,
      'once-rate?by=colour2': 400,
      'departments?matter=LEASE0001': 400,
      'once-rate?from=2026-02-01&to=2026-01-01': 400,
      'once-rate?from=yesterday': 400,
      'twice-rate': 404,
    };
    for (const [path, status] of Object.entries(answers)) {
      expect((await get(`/v1/stats/${path}`)).status, path).to.equal(status);
    }
    const wrong = await get('/v1/stats/once-rate?by=step');
    expect([wrong.at('code'), wrong.at('errors.0.path')]).to.deep.equal([
      'VALIDATION_FAILED',
      '/by',
    ]);
  });

  it('gives the same of an index that was built anew from block 0', async () => {
    const other = await world.another('rebuilt');
    await other.caughtUp();
    const api = await world.apiOn(other);
    try {
      for (const one of measures.filter(({ source }) => source === 'ledger')) {
        for (const by of splitsOf(one)) {
          const path = `/v1/stats/${one.id}?${period}&by=${by}`;
          const anew = await api.get('data.clerk1', path);
          expect(anew.text, path).to.equal((await get(path)).text);
        }
        const path = `/v1/stats/${one.id}/cases?${period}`;
        const anew = await api.get('supervision.supervisor1', path);
        expect(anew.text, path).to.equal((await get(path, 'supervision.supervisor1')).text);
      }
    } finally {
      await other.close();
    }
  });

  it('keeps what is the gateway’s own over a restart', async () => {
    await world.gateway.close();
    await world.reopen();
    expect(await numbers('refused-by-rule')).to.deep.equal([2, null, 2]);
    const [reads] = await numbers('reads', '&department=offices');
    expect(reads).to.be.greaterThan(0);
  });

  it('is read with yici, for a person, a program and a spreadsheet', async () => {
    const run = async (...args: string[]) => {
      const home = mkdtempSync(join(tmpdir(), 'yici-figures-'));
      const identity = join(world.directory, 'state', 'identities', 'establishment.clerk1');
      const options = ['--identity', identity, '--gateway', world.url];
      const done = await runYici(['stats', ...args, ...options], { YICI_HOME: home });
      rmSync(home, { recursive: true, force: true });
      expect(done.exitCode, done.notes.join()).to.equal(0);
      return done.out.join('\n');
    };
    expect(await run('list')).to.contain('一次办成率');
    expect(await run('list', '--headlines'))
      .to.contain('on-time-rate')
      .and.contain('由本方的行为得出')
      .and.not.contain('自行申报');
    expect(await run('list', '--requirement', '17'))
      .to.contain('cross-level')
      .and.not.contain('once-rate');
    const shown = await run('show', 'once-rate', '--by', 'outcome');
    expect(shown)
      .to.contain('50.00%')
      .and.to.contain('予以批准（granted）')
      .and.to.contain(`至 ${today}`);
    expect(await run('show', 'speed-up-rate'))
      .to.contain('自行申报')
      .and.not.contain('declared');
    expect(await run('show', 'share-replies-on-time')).to.contain('无');
    const json = JSON.parse(await run('show', 'once-rate', '--json')) as { figure: object };
    expect(json.figure).to.include({ numerator: 1, denominator: 2, value: 0.5 });
    const cases = await run('show', 'once-rate', '--cases', '--counted', 'yes');
    expect(cases).to.contain(smooth).and.to.contain('无权查看 0 条');
    expect(await run('show', 'once-rate', '--csv')).to.match(/^\uFEFF指标,/);
    expect(await run('show', 'once-rate', '--csv', '--lang', 'en')).to.match(/^\uFEFFmeasure,/);
  });
});
