import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportView } from '@yici/api';
import { expect } from 'chai';
import { runYici } from '../../support/terminal.js';
import { sealedVoucher } from '../../support/vouchers.js';
import { commit, digestOf, leaseMatter, publishMatter, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const day = 86_400_000;
const publicRoute = '/v1/public/explanations';
const served = { ...leaseMatter, taskCode: 'SHOP0001', serviceObject: ['enterprise' as const] };
const publicText = '申请集中，审查人员不足，已增派人员';
const head = 'offices.head1';
const office = 'supervision.supervisor1';

/** A matter for enterprises whose owner lets the promised day pass, explains that in public and ends the case months later. */
describe('reports and explanations for the public, over HTTP on the embedded network', function () {
  this.timeout(240_000);
  let world: World;
  let ahead = 0;
  let caseNo: string;
  let cardId: string;
  /** The month in which the case was filed and came to be late. */
  let month: string;
  const now = () => new Date(Date.now() + ahead);
  const shanghai = () => new Date(now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const goOn = (days: number) => {
    ahead += days * day;
    world.api.forgetSessions();
  };
  const get = (path: string, user = 'data.clerk1') => world.api.get(user, path);
  const anybody = (path: string, headers = {}) => world.api.call('GET', path, { headers });

  before(async () => {
    world = await openWorld({ publicExplanations: true }, false, now);
    await seed(world.api);
    await publishMatter(world.api, served);
    // The 2nd of the next month: what is due in its seven working days is due in it, whenever this runs.
    while (!shanghai().endsWith('-02')) ahead += day;
    world.api.forgetSessions();
    month = shanghai().slice(0, 7);
    caseNo = await submit();
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/accept`, sealedVoucher);
    goOn(22);
    const light = { caseNo, what: 'finish', colour: 'red' };
    cardId = (await commit(world.api, 'data.clerk1', '/v1/cards', light)).str('result.cardId');
  });
  after(() => world.close());

  const submit = async () =>
    (
      await commit(world.api, 'data.clerk1', '/v1/cases', {
        ...{ taskCode: served.taskCode, matterVersion: 1, form: digestOf('form') },
        materials: [{ code: 'application', document: digestOf('application') }],
      })
    ).str('result.caseNo');

  it('publishes nothing before there is an explanation, and that with its own text alone', async () => {
    expect((await anybody(publicRoute)).json).to.deep.equal({ items: [], next: null });
    const explain = `/v1/cards/${cardId}/explain`;
    const body = { code: 'workload', text: digestOf('words') };
    const without = await world.api.run(head, explain, body);
    expect([without.status, without.at('code')]).to.deep.equal([422, 'PUBLIC_TEXT_UNFIT']);
    await commit(world.api, head, explain, { ...body, publicText });
    const answer = await anybody(publicRoute);
    expect([answer.status, answer.headers.get('cache-control')]).to.deep.equal([
      200,
      'public, max-age=300',
    ]);
    const { dueOn, daysLate, explainedOn } = (answer.list('items')[0] ?? {}) as {
      dueOn: string;
      daysLate: number;
      explainedOn: string;
    };
    expect(answer.list('items')).to.deep.equal([
      {
        matter: { code: served.taskCode, name: served.name },
        department: { id: 'offices', name: { zh: 'offices', en: 'offices' } },
        limit: {
          days: 7,
          basis: { zh: '实施主体承诺的办结时限', en: 'promised by the department' },
        },
        ...{ dueOn, daysLate, goesOn: true, explainedOn, text: publicText },
      },
    ]);
    expect(explainedOn).to.equal(shanghai());
    expect(daysLate)
      .to.equal((Date.parse(explainedOn) - Date.parse(dueOn)) / day)
      .and.above(5);
  });

  it('tells nobody of the case, of who filed it, of a person, a digest or a transaction', async () => {
    const { text, headers } = await anybody(publicRoute);
    const record = (await get(`/v1/cards?caseNo=${caseNo}`, office)).text;
    for (const secret of [caseNo, cardId, 'data', '.head1', '.clerk1', 'workload', 'sha256']) {
      expect(text, secret).to.not.contain(secret);
    }
    for (const [hash] of record.matchAll(/[0-9a-f]{64}/g)) expect(text).to.not.contain(hash);
    expect([...headers.keys()]).to.not.include('set-cookie');
    // No filter picks a case out, no cursor is a key, and nothing else is open beside it.
    for (const query of [`caseNo=${caseNo}`, 'department=offices', 'cursor=-1', 'cursor=MQ']) {
      expect((await anybody(`${publicRoute}?${query}`)).status, query).to.equal(400);
    }
    for (const path of [`/v1/cards`, `/v1/cases/${caseNo}`, '/v1/reports', `${publicRoute}/1`]) {
      expect([401, 404], path).to.include((await anybody(path)).status);
    }
    const posted = await world.api.call('POST', publicRoute, { body: {} });
    expect([401, 405]).to.include(posted.status);
  });

  it('goes page by page, newest first, by numbers', async () => {
    const other = await submit();
    await commit(world.api, 'offices.clerk1', `/v1/cases/${other}/receive`, {});
    await commit(world.api, 'offices.clerk1', `/v1/cases/${other}/accept`, sealedVoucher);
    goOn(30);
    const light = { caseNo: other, what: 'finish', colour: 'red' };
    const card = (await commit(world.api, 'data.clerk1', '/v1/cards', light)).str('result.cardId');
    const body = { code: 'other', text: digestOf('words'), publicText: '系统升级' };
    await commit(world.api, 'offices.clerk1', `/v1/cards/${card}/explain`, body);
    const first = await anybody(`${publicRoute}?limit=1`);
    expect([first.at('items.0.text'), first.at('next')]).to.deep.equal(['系统升级', '1']);
    const second = await anybody(`${publicRoute}?limit=1&cursor=1`);
    expect([second.at('items.0.text'), second.at('next')]).to.deep.equal([publicText, null]);
    // A card that its review cancels is no lateness.
    await commit(world.api, head, `/v1/cards/${card}/appeal`, {
      ground: 'factsWrong',
      text: digestOf('w'),
    });
    await commit(world.api, office, `/v1/cards/${card}/rule`, {
      ...{ outcome: 'cancelled', document: digestOf('ruling') },
    });
    expect((await anybody(publicRoute)).each('items', 'text')).to.deep.equal([publicText]);
  });

  it('is nothing that a gateway offers unless its operator says so, and asked for too often it is refused', async () => {
    const silent = await world.another('silent');
    await silent.caughtUp();
    const api = await world.apiOn(silent);
    const off = await api.call('GET', publicRoute);
    expect([off.status, off.at('code')]).to.deep.equal([404, 'NOT_PUBLISHED']);
    await silent.close();
    const limits = { requestsPerMinute: 0, anonymousPerMinute: 5, loginsPerMinute: 0 };
    const busy = await world.another('busy', { limits, publicExplanations: true });
    await busy.caughtUp();
    const asked = await world.apiOn(busy);
    const answers = [];
    for (let n = 0; n < 8; n += 1) answers.push((await asked.call('GET', publicRoute)).status);
    expect(answers.filter((status) => status === 429).length).to.be.at.least(2);
    await busy.close();
  });

  it('reports a month as it stood at its end, whatever is done afterwards', async () => {
    const before = reportView.parse((await get(`/v1/reports?period=${month}`)).json);
    expect(before.period.final).to.equal(true);
    const late = before.figures.find(({ measure }) => measure.id === 'overdue-open');
    // Of one record: who has no part in it is not shown the number.
    expect(late?.rows[0]?.now).to.include({ numerator: 1, facts: 1 });
    await commit(world.api, 'data.clerk1', `/v1/cases/${caseNo}/withdraw`, { reasonCode: 'other' });
    const after = reportView.parse((await get(`/v1/reports?period=${month}`)).json);
    expect(after).to.deep.equal(before);
    const asStands = await get(`/v1/stats/overdue-open?from=${month}-01&to=${after.period.to}`);
    expect(asStands.at('figure.numerator'), 'as it stands now').to.equal(0);
    const { hash } = (await get(`/v1/blocks/${String(after.period.block)}`)).json as {
      hash: string;
    };
    expect(hash).to.equal(after.period.hash);
  });

  it('is refused for what has not begun, and withholds what figures withhold', async () => {
    expect((await get('/v1/reports?period=2199-01')).status).to.equal(400);
    expect((await get('/v1/reports?period=2026-13')).status).to.equal(400);
    expect((await get('/v1/reports?period=2026-10&by=step')).status).to.equal(400);
    const stranger = reportView.parse(
      (await get(`/v1/reports?period=${month}`, 'supervision.head1')).json,
    );
    const late = stranger.figures.find(({ measure }) => measure.id === 'overdue-open');
    expect(late?.rows[0]?.now).to.include({ numerator: null, withheld: true });
  });

  it('is printed, kept, read by spreadsheets and verified on the command line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yici-reports-'));
    const identity = join(world.directory, 'state', 'identities', 'data.clerk1');
    const run = (...args: string[]) =>
      runYici([...args, '--gateway', world.url, '--identity', identity], { YICI_HOME: folder });
    const month1 = ['report', '--month', month];
    const printed = (await run(...month1)).out.join('\n');
    expect(printed)
      .to.contain(`# 部门间办事月度报告 ${month}（按部门）`)
      .and.contain('## 要目')
      .and.contain('## 未列入')
      .and.contain('何以得知：自行申报')
      .and.not.match(/<[a-z/]/i);
    const headlines = printed.slice(printed.indexOf('## 要目'), printed.indexOf('## 由签名'));
    expect(headlines).to.contain('（on-time-rate）').and.not.contain('自行申报');
    const csv = (await run(...month1, '--by', 'matter', '--csv')).out.join('\n');
    expect(csv).to.contain('指标,名称').and.contain(served.taskCode);
    const filed = (await run(...month1, '--json')).out.join('');
    const file = join(folder, 'filed.json');
    writeFileSync(file, filed);
    expect((await run('report', '--verify', file)).exitCode).to.equal(0);
    const report = reportView.parse(JSON.parse(filed));
    const late = report.figures.find(({ measure }) => measure.id === 'overdue-open');
    late!.rows[0]!.now!.numerator = 0;
    writeFileSync(file, JSON.stringify(report));
    const wrong = await run('report', '--verify', file);
    expect([wrong.exitCode, wrong.out.join()]).to.satisfy(
      ([code, text]: [number, string]) => code === 1 && text.includes('overdue-open'),
    );
    const shown = (await run('supervise', 'explanations')).out.join('\n');
    expect(shown).to.contain(publicText);
    rmSync(folder, { recursive: true, force: true });
  });
});
