import { join } from 'node:path';
import { expect } from 'chai';
import { runYici } from '../../support/terminal.js';
import { commit, openDataset, publishDataset, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const shanghai = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

const datasetId = 'establishment.posts';
const period = { from: shanghai(0), to: shanghai(20) };
const [provider, requester] = ['establishment', 'offices'];

/** Order 809 art 28, every rung of it, over HTTP and from the command line. */
describe('disputes about sharing over HTTP on the embedded network', function () {
  this.timeout(180_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    await publishDataset(world.api, provider, {
      ...openDataset(datasetId, 'count'),
      fields: [{ code: 'count', name: { zh: '实有人数', en: 'Headcount' } }],
      shareClass: 'conditional',
      conditions: { scope: 'Departments', terms: [{ code: 'caseOnly', text: '仅限一个办件' }] },
    });
  });
  after(() => world.close());

  const path = (shareId: string) => `/v1/shares/${shareId}`;

  /** Asked for, consented to, and refused by the provider. */
  async function refusedShare(shareId: string): Promise<void> {
    const { api } = world;
    await commit(api, `${requester}.clerk1`, '/v1/shares', {
      ...{ shareId, datasetId, scenario: '核定', fields: ['count'], method: 'interface' },
      basis: { law: '某条例', clause: '第三条', text: '（条文）' },
      term: period,
    });
    await commit(api, `${requester}.head1`, `${path(shareId)}/consent`, {});
    const refusal = { basis: 'outsideDuty', reason: '与职责无关' };
    await reply(shareId, 'refuse', refusal);
  }

  /** Worded by a clerk of the provider, and given with its head's consent. */
  async function reply(shareId: string, verb: 'grant' | 'refuse', body: object): Promise<void> {
    const worded = await commit(world.api, `${provider}.clerk1`, `${path(shareId)}/${verb}`, body);
    const seq = worded.at('result.proposedReply.seq');
    await commit(world.api, `${provider}.head1`, `${path(shareId)}/consent-reply`, { seq });
  }

  async function grantedShare(shareId: string): Promise<void> {
    const { api } = world;
    await commit(api, `${requester}.clerk1`, '/v1/shares', {
      ...{ shareId, datasetId, scenario: '核定', fields: ['count'], method: 'interface' },
      basis: { law: '某条例', clause: '第三条', text: '（条文）' },
      term: period,
    });
    await commit(api, `${requester}.head1`, `${path(shareId)}/consent`, {});
    await reply(shareId, 'grant', {
      ...{ purpose: '核定', period, uses: ['核对'], conditions: [] },
      retention: { value: 3, unit: 'workingDay' },
    });
  }

  const open = (user: string, shareId: string, subject = 'refusal', disputeId = `d-${shareId}`) =>
    world.api.run(user, `${path(shareId)}/dispute`, { disputeId, subject, claim: '应当共享' });
  const escalate = (user: string, shareId: string) =>
    world.api.run(user, `${path(shareId)}/escalate-dispute`, {
      disputeId: `d-${shareId}`,
      note: '未达成一致',
    });
  const decide = (user: string, shareId: string, order: string) =>
    world.api.run(user, `${path(shareId)}/decide-dispute`, {
      ...{ disputeId: `d-${shareId}`, order, note: '说明' },
    });
  /** The state of a transaction, or status and code of a refusal. */
  const said = async (asked: ReturnType<typeof open>) => {
    const answer = await asked;
    if (answer.status === 200) return answer.at('state');
    return [answer.status, answer.at('code'), answer.at('article.zh')];
  };
  const refusal = (status: number, code: string) => (heard: unknown) => {
    expect(heard).to.be.an('array').with.length(3);
    expect((heard as unknown[]).slice(0, 2)).to.deep.equal([status, code]);
    if (code.startsWith('DISPUTE_')) expect((heard as unknown[])[2]).to.include('第二十八条');
  };
  const disputeOf = async (shareId: string) =>
    (await world.api.get(`${requester}.clerk1`, `${path(shareId)}/disputes`)).list('items')[0] as {
      status: string;
      stage: string;
      coordinator?: string;
      stages: { stage: string }[];
      outcomes: { stage: string; order: string; by: { department: string } }[];
    };

  const claimFunctions = async (id: string, functions: readonly string[]) => {
    await commit(world.api, `${id}.head1`, '/v1/departments/update', { claim: functions });
    for (const other of ['data', 'establishment', 'offices', 'supervision']) {
      const claims = (await world.api.get('data.head1', `/v1/departments/${id}`)).list('claims');
      if (other === id || claims.length === 0) continue;
      const body = { functions };
      await commit(world.api, `${other}.head1`, `/v1/departments/${id}/confirm`, body);
    }
  };

  it('negotiates first: either side opens, an offer binds when the other says the same', async () => {
    await refusedShare('s-1');
    refusal(403, 'WRONG_DEPARTMENT')(await said(open('data.clerk1', 's-1')));
    expect(await said(open(`${requester}.clerk1`, 's-1'))).to.equal('committed');
    refusal(409, 'ALREADY_EXISTS')(await said(open(`${requester}.clerk1`, 's-1')));
    refusal(
      409,
      'ALREADY_EXISTS',
    )(await said(open(`${provider}.clerk1`, 's-1', 'refusal', 'another')));
    refusal(403, 'WRONG_DEPARTMENT')(await said(decide('data.head1', 's-1', 'none')));
    refusal(403, 'ROLE_REFUSED')(await said(decide(`${requester}.clerk1`, 's-1', 'none')));
    refusal(409, 'WRONG_STATE')(await said(decide(`${requester}.head1`, 's-1', 'resume')));
    expect(await said(decide(`${requester}.head1`, 's-1', 'provide'))).to.equal('committed');
    expect((await disputeOf('s-1')).status, 'one side alone').to.equal('open');
    expect(await said(decide(`${provider}.head1`, 's-1', 'provide'))).to.equal('committed');
    const { status, outcomes } = await disputeOf('s-1');
    expect([status, outcomes.map(({ stage }) => stage)]).to.deep.equal([
      'decided',
      ['negotiation'],
    ]);
    refusal(409, 'WRONG_STATE')(await said(decide(`${provider}.head1`, 's-1', 'none')));
    refusal(422, 'DISPUTE_LADDER')(await said(escalate(`${requester}.clerk1`, 's-1')));
    const again = { basis: 'outsideDuty', reason: '与职责无关' };
    const bound = world.api.run(`${provider}.clerk1`, `${path('s-1')}/refuse`, again);
    refusal(422, 'DISPUTE_BINDS')(await said(bound));
  });

  it('is then coordinated by the lead authority, and decided by the government, each in its turn', async () => {
    await refusedShare('s-2');
    refusal(404, 'NOT_FOUND')(await said(escalate(`${requester}.clerk1`, 's-2')));
    expect(await said(open(`${requester}.clerk1`, 's-2'))).to.equal('committed');
    refusal(403, 'WRONG_DEPARTMENT')(await said(escalate('data.clerk1', 's-2')));
    expect(await said(escalate(`${requester}.clerk1`, 's-2'))).to.equal('committed');
    refusal(403, 'WRONG_DEPARTMENT')(await said(decide(`${requester}.head1`, 's-2', 'provide')));
    refusal(403, 'WRONG_DEPARTMENT')(await said(decide('supervision.head1', 's-2', 'provide')));
    refusal(403, 'ROLE_REFUSED')(await said(decide('data.clerk1', 's-2', 'none')));
    refusal(422, 'DISPUTE_LADDER')(await said(escalate(`${requester}.clerk1`, 's-2')));
    expect(await said(decide('data.head1', 's-2', 'none'))).to.equal('committed');
    expect((await disputeOf('s-2')).status, 'it proposes, and decides nothing').to.equal('open');
    refusal(422, 'DISPUTE_LADDER')(await said(escalate(`${requester}.clerk1`, 's-2')));
    expect(await said(decide(`${requester}.head1`, 's-2', 'provide'))).to.equal('committed');

    expect(await said(escalate(`${requester}.clerk1`, 's-2'))).to.equal('committed');
    refusal(422, 'FUNCTION_VACANT')(await said(decide('supervision.head1', 's-2', 'provide')));
    await claimFunctions('supervision', ['government']);
    refusal(403, 'WRONG_DEPARTMENT')(await said(decide('data.head1', 's-2', 'provide')));
    refusal(422, 'DISPUTE_LADDER')(await said(escalate(`${requester}.clerk1`, 's-2')));
    expect(await said(decide('supervision.head1', 's-2', 'provide'))).to.equal('committed');
    refusal(422, 'DISPUTE_LADDER')(await said(escalate(`${provider}.clerk1`, 's-2')));

    const { stages, outcomes, coordinator } = await disputeOf('s-2');
    expect(coordinator).to.equal('data');
    expect(stages.map(({ stage }) => stage)).to.deep.equal([
      'negotiation',
      'coordination',
      'government',
    ]);
    expect(outcomes.map(({ stage, order, by }) => [stage, order, by.department])).to.deep.equal([
      ['coordination', 'none', 'data'],
      ['government', 'provide', 'supervision'],
    ]);
    const share = await world.api.get(`${provider}.clerk1`, path('s-2'));
    expect([share.at('state'), share.at('bound')]).to.deep.equal(['FILED', true]);
  });

  it('lets the government’s office see a share once it is asked, and not before', async () => {
    await refusedShare('s-3');
    await open(`${requester}.clerk1`, 's-3');
    await escalate(`${requester}.clerk1`, 's-3');
    await decide('data.head1', 's-3', 'none');
    expect((await world.api.get('supervision.head1', path('s-3'))).status).to.equal(404);
    await escalate('data.clerk1', 's-3');
    const seen = await world.api.get('supervision.head1', `${path('s-3')}/disputes`);
    expect(seen.each('items', 'stage')).to.deep.equal(['government']);
  });

  it('waits in the inbox of whoever has the next word, and of nobody once it is settled', async () => {
    const waits = async () => {
      const waiting: string[] = [];
      for (const user of [
        'establishment.clerk1',
        'offices.clerk1',
        'data.clerk1',
        'supervision.head1',
      ]) {
        const inbox = await world.api.get(user, '/v1/inbox?limit=200');
        const steps = inbox.each('items', 'step');
        const todos = inbox.each('items', 'todo');
        if (steps.some((step, at) => step === 'd-s-8' && todos[at] === 'settleDispute')) {
          waiting.push(user.split('.')[0] ?? '');
        }
      }
      return waiting;
    };
    await refusedShare('s-8');
    await open(`${requester}.clerk1`, 's-8');
    expect(await waits()).to.deep.equal([provider, requester]);
    await decide(`${requester}.head1`, 's-8', 'provide');
    expect(await waits(), 'the other side answers the offer').to.deep.equal([provider]);
    await escalate(`${provider}.clerk1`, 's-8');
    expect(await waits()).to.deep.equal(['data']);
    await decide('data.head1', 's-8', 'none');
    expect(await waits(), 'both sides answer the proposal').to.deep.equal([provider, requester]);
    await decide(`${requester}.head1`, 's-8', 'provide');
    expect(await waits()).to.deep.equal([provider]);
    await decide(`${provider}.head1`, 's-8', 'none');
    expect(await waits(), 'who reports up').to.deep.equal(['data']);
    await escalate(`${requester}.clerk1`, 's-8');
    expect(await waits()).to.deep.equal(['supervision']);
    await decide('supervision.head1', 's-8', 'none');
    expect(await waits()).to.deep.equal([]);
  });

  it('ends a service its provider can no longer give by agreement alone, on record with the lead authority (art 27)', async () => {
    await grantedShare('s-4');
    const stop = { reason: 'notNeeded' };
    const alone = world.api.run(`${provider}.clerk1`, `${path('s-4')}/end`, stop);
    refusal(422, 'SHARE_STOP_REFUSED')(await said(alone));
    expect(await said(open(`${provider}.clerk1`, 's-4', 'stop'))).to.equal('committed');
    await decide(`${provider}.head1`, 's-4', 'end');
    expect((await world.api.get('data.clerk1', path('s-4'))).at('state')).to.equal('GRANTED');
    await decide(`${requester}.head1`, 's-4', 'end');
    const filed = await world.api.get('data.clerk1', path('s-4'));
    expect([filed.at('state'), filed.at('ended.reason')]).to.deep.equal([
      'ENDED',
      'disputeDecided',
    ]);
  });

  it('has a verb of `yici sharing` for every step', async () => {
    await refusedShare('s-5');
    const yici = async (user: string, ...args: string[]) => {
      const identity = join(world.directory, 'state', 'identities', user);
      const run = await runYici(
        ['sharing', ...args, '--json', '--identity', identity, '--gateway', world.url],
        {},
      );
      return { ...run, json: JSON.parse(run.out.join('\n') || '{}') as Record<string, unknown> };
    };
    const claim = ['--subject', 'refusal', '--claim', '应当共享'];
    const opened = await yici(`${requester}.clerk1`, 'dispute', 's-5', ...claim);
    expect(opened.exitCode, opened.notes.join()).to.equal(0);
    const listed = await yici(`${provider}.clerk1`, 'disputes', 's-5');
    const [found] = listed.json['items'] as { disputeId: string; stage: string }[];
    expect(found?.stage).to.equal('negotiation');
    const of = ['s-5', '--dispute', found?.disputeId ?? '', '--note', '说明'];
    const settle = (user: string) => yici(user, 'decide', ...of, '--order', 'none');
    expect((await settle('data.head1')).exitCode, 'out of turn').to.equal(1);
    expect((await yici(`${requester}.clerk1`, 'escalate', ...of)).exitCode).to.equal(0);
    expect((await settle(`${requester}.head1`)).exitCode, 'a side').to.equal(1);
    expect((await settle('data.head1')).exitCode).to.equal(0);
    expect((await settle('supervision.head1')).exitCode, 'not its turn').to.equal(1);
    expect((await yici('data.clerk1', 'escalate', ...of)).exitCode).to.equal(0);
    expect((await settle('supervision.head1')).exitCode).to.equal(0);
    const shown = await yici('data.clerk1', 'disputes', 's-5');
    expect(shown.json['items']).to.have.nested.property('0.outcomes[1].stage', 'government');
  });

  it('takes names for codes from the command line, and ends each act with what comes next', async () => {
    const yici = async (user: string, ...args: string[]) => {
      const identity = join(world.directory, 'state', 'identities', user);
      const run = await runYici([...args, '--identity', identity, '--gateway', world.url]);
      return [...run.out, ...run.notes].join('\n');
    };
    const share = (user: string, verb: string, ...args: string[]) =>
      yici(user, 'sharing', verb, 's-9', ...args);
    const basis = ['--basis-law', '某条例', '--basis-clause', '第三条', '--basis-text', '（条文）'];
    const term = ['--from', period.from, '--to', period.to];
    const asked = ['--share-id', 's-9', '--scenario', '核定', '--method', '接口服务', ...term];
    const request = ['sharing', 'request', datasetId, ...asked, '--field', '实有人数'];
    expect(await yici(`${requester}.clerk1`, ...request)).to.contain(
      '缺少“依据”（--basis-law、--basis-clause、--basis-text）',
    );
    await yici(`${requester}.clerk1`, ...request, ...basis);
    await share(`${requester}.head1`, 'consent');
    expect(await yici(`${provider}.clerk1`, 'dataset', 'show', datasetId)).to.match(
      /caseOnly +仅限一个办件/,
    );
    expect(await share(`${provider}.clerk1`, 'refuse', '--basis', 'busy')).to.contain(
      '不是需求部门履行职责所需；超出最小必要范围',
    );
    const terms = ['--purpose', '核定', '--use', '核对', '--retention', '3', ...term];
    await share(`${provider}.clerk1`, 'grant', ...terms, '--condition', '仅限一个办件');
    expect(await share(`${provider}.head1`, 'consent-reply', '--seq', '2')).to.contain(
      'yici sharing deliver s-9 --field count=<内容>',
    );
    expect(await share(`${requester}.clerk1`, 'show')).to.contain('仅限一个办件（caseOnly）');
    expect(await share(`${provider}.clerk1`, 'deliver')).to.contain('没有提供任何内容');
    await share(`${provider}.clerk1`, 'deliver', '--field', '实有人数=12');
    const values = await share(`${requester}.clerk1`, 'values');
    expect(values).to.match(/实有人数（count） +12 +一致/);
    expect(await share(`${requester}.clerk1`, 'confirm')).to.contain(
      '下一步 查看：yici sharing show s-9',
    );
    await share(`${requester}.clerk1`, 'challenge', '--field', '实有人数', '--finding', '不一致');
    expect(await share(`${provider}.clerk1`, 'challenges')).to.contain('实有人数');
    expect(await yici(`${provider}.clerk1`, 'inbox')).to.contain('yici sharing challenges s-9');

    const claim = ['--dispute-id', 'd-9', '--subject', '数据质量', '--claim', '应当更正'];
    expect(await share(`${requester}.clerk1`, 'dispute', ...claim)).to.contain(
      'yici sharing escalate s-9 --dispute d-9',
    );
    const inbox = await yici(`${requester}.clerk1`, 'inbox');
    expect(inbox, 'of which data set').to.match(new RegExp(`处理共享争议 +s-9 +${datasetId}`));
    const said = ['--dispute', 'd-9', '--note', '说明'];
    const order = (user: string, what: string) => share(user, 'decide', ...said, '--order', what);
    await share(`${requester}.clerk1`, 'escalate', ...said);
    expect(await share(`${requester}.clerk1`, 'escalate', ...said)).to.contain(
      '处理中（协调处理），data尚未提出协调意见',
    );
    expect(await order('data.head1', '应当共享')).to.contain('可以是：终止使用、维持现状');
    expect(await order('data.head1', '维持现状')).to.contain('下一步 处理共享争议');

    // In English what was typed in Chinese alone is Chinese: receipts, records and refusals.
    const typed =
      '某条例 第三条 （条文） 核定 核对 仅限一个办件 实有人数 不一致 应当更正 说明 政务数据共享条例';
    const inEnglish = async (user: string, ...args: string[]) => {
      const said = await yici(user, ...args, '--lang', 'en');
      const foreign = said.match(/\p{Script=Han}+/gu)?.filter((word) => !typed.includes(word));
      expect(foreign ?? [], `${args.join(' ')}: ${said}`).to.deep.equal([]);
    };
    const clerk = `${requester}.clerk1`;
    for (const read of ['show', 'values', 'challenges', 'disputes', 'acts', 'receipts']) {
      await inEnglish(clerk, 'sharing', read, 's-9');
    }
    await inEnglish(clerk, 'inbox');
    await inEnglish(clerk, 'dataset', 'show', datasetId);
    await inEnglish(clerk, 'sharing', 'escalate', 's-9', ...said);
    await inEnglish('data.head1', 'sharing', 'decide', 's-9', ...said, '--order', 'provide');
    await inEnglish(`${provider}.clerk1`, 'sharing', 'refuse', 's-9');
    await inEnglish(`${provider}.clerk1`, 'sharing', 'deliver', 's-9', '--field', 'wages=1');
    await inEnglish(`${requester}.head1`, 'sharing', 'decide', 's-9', ...said, '--order', 'end');
  });

  it('goes across levels to the nearest lead authority above both sides, and to the government of its level', async () => {
    const { api } = world;
    const county = { level: 'county', regionCode: '331102' };
    await commit(api, `${requester}.head1`, '/v1/departments/update', county);
    await refusedShare('s-6');
    await open(`${requester}.clerk1`, 's-6');
    await escalate(`${requester}.clerk1`, 's-6');
    expect((await disputeOf('s-6')).coordinator, 'the city is above its county').to.equal('data');

    const province = { level: 'province', regionCode: '330000' };
    await commit(api, `${requester}.head1`, '/v1/departments/update', province);
    await refusedShare('s-7');
    await open(`${requester}.clerk1`, 's-7');
    const before = world.gateway.height();
    refusal(422, 'FUNCTION_VACANT')(await said(escalate(`${requester}.clerk1`, 's-7')));
    expect(world.gateway.height()).to.equal(before);

    await commit(api, 'supervision.head1', '/v1/departments/update', province);
    await claimFunctions('supervision', ['superiorLead']);
    expect((await api.get('supervision.head1', path('s-7'))).status).to.equal(404);
    expect(await said(escalate(`${requester}.clerk1`, 's-7'))).to.equal('committed');
    expect((await disputeOf('s-7')).coordinator).to.equal('supervision');
    expect((await api.get('supervision.head1', path('s-7'))).status).to.equal(200);
    refusal(403, 'WRONG_DEPARTMENT')(await said(decide('data.head1', 's-7', 'none')));
    expect(await said(decide('supervision.head1', 's-7', 'none'))).to.equal('committed');
    expect(await said(decide(`${provider}.head1`, 's-7', 'provide'))).to.equal('committed');
    expect(await said(escalate(`${provider}.clerk1`, 's-7'))).to.equal('committed');
    const decided = decide('supervision.head1', 's-7', 'provide');
    expect(await said(decided), 'the office of the city’s government moved up').to.equal(
      'committed',
    );
  });
});
