import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { cardRecord, type CardRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { runYici } from '../../support/terminal.js';
import {
  commit,
  digestOf,
  fileCase,
  leaseMatter,
  openDataset,
  publishDataset,
  publishMatter,
  seed,
} from './support/story.js';
import { openWorld, type World } from './support/world.js';

const day = 86_400_000;
const office = 'supervision.supervisor1';
const [provider, requester] = ['establishment', 'offices'];
const datasetId = 'establishment.posts';
const taskCode = 'LEASE0002';
let ahead = 0;
const clock = () => new Date(Date.now() + ahead);
const shanghai = (days: number) =>
  new Date(clock().getTime() + 8 * 3_600_000 + days * day).toISOString().slice(0, 10);
const period = { from: shanghai(0), to: shanghai(120) };

/** Every clock outside cases, over HTTP: one of each kind is started, nobody does anything, time goes on. */
describe('warning cards outside cases over HTTP on the embedded network', function () {
  this.timeout(180_000);
  let world: World;
  let rulingId: string;

  before(async () => {
    ahead = 0;
    world = await openWorld({}, false, clock);
    await seed(world.api);
    await publishDataset(world.api, provider, openDataset(datasetId, 'count'));
    await askedFor('s-reply');
    await granted('s-deliver');
    await delivered('s-challenge');
    await commit(world.api, `${requester}.clerk1`, '/v1/shares/s-challenge/challenge', {
      ...{ challengeId: 'c-1', fields: ['count'], finding: '不一致' },
    });
    await delivered('s-mend');
    await commit(world.api, `${provider}.clerk1`, '/v1/shares/s-mend/suspend', {
      ...{ ground: 'otherPurpose', note: '用于其他用途' },
      limit: { value: 3, unit: 'workingDay' },
    });
    await delivered('s-dispose');
    await commit(world.api, `${requester}.clerk1`, '/v1/shares/s-dispose/end', {
      reason: 'purposeMet',
    });
    await review();
    await ruling();
    await catalogue();
  });

  after(() => world.close());

  const path = (shareId: string, act: string) => `/v1/shares/${shareId}/${act}`;

  async function askedFor(shareId: string): Promise<void> {
    await commit(world.api, `${requester}.clerk1`, '/v1/shares', {
      ...{ shareId, datasetId, scenario: '核定', fields: ['count'], method: 'interface' },
      basis: { law: '某条例', clause: '第三条', text: '（条文）' },
      term: period,
    });
    await commit(world.api, `${requester}.head1`, path(shareId, 'consent'), {});
  }

  async function granted(shareId: string): Promise<void> {
    await askedFor(shareId);
    const worded = await commit(world.api, `${provider}.clerk1`, path(shareId, 'grant'), {
      ...{ purpose: '核定', period, uses: ['核对'], conditions: [] },
      retention: { value: 3, unit: 'workingDay' },
    });
    const seq = worded.at('result.proposedReply.seq');
    await commit(world.api, `${provider}.head1`, path(shareId, 'consent-reply'), { seq });
  }

  async function delivered(shareId: string): Promise<void> {
    await granted(shareId);
    const salt = randomBytes(32);
    const digest = createHash('sha256').update(salt).update('12', 'utf8').digest('hex');
    await commit(world.api, `${provider}.service1`, path(shareId, 'deliver'), {
      fields: [{ code: 'count', digestAlg: 'sha256', digest }],
      private: { values: [{ code: 'count', value: '12', salt: salt.toString('hex') }] },
    });
  }

  const duty = (department: string) => ({
    ...{ department, code: `${department.toUpperCase()}-01`, clause: '（一）' },
    title: { zh: '职责', en: 'Duty' },
    document: { number: '三定〔2024〕1号', title: '三定规定', ...digestOf('duties') },
    covers: [{ taskCode: leaseMatter.taskCode }],
    effectiveFrom: '2024-01-01',
  });

  /** A duty of the offices changes under a matter that rests on it. */
  async function review(): Promise<void> {
    for (const id of ['offices', 'supervision']) {
      await commit(world.api, `${id}.head1`, '/v1/duties', duty(id));
      const path = `/v1/duties/${id.toUpperCase()}-01/confirm`;
      await commit(world.api, 'establishment.head1', path, { department: id, version: 1 });
    }
    await publishMatter(world.api, { ...leaseMatter, taskCode, dutyCode: 'OFFICES-01' });
    const changed = { ...duty('offices'), clause: '（一）修改' };
    await commit(world.api, 'establishment.clerk1', '/v1/duties', changed);
  }

  /** A case that bounces twice. */
  async function ruling(): Promise<void> {
    const caseNo = await fileCase(world.api, 'data.clerk1');
    const offer = { to: 'supervision', dutyCode: 'SUPERVISION-01' };
    const decline = { clauseOf: 'offices', dutyCode: 'OFFICES-01' };
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    for (let n = 0; n < 2; n += 1) {
      await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/offer-transfer`, offer);
      await commit(world.api, 'supervision.head1', `/v1/cases/${caseNo}/decline-transfer`, decline);
    }
    const rulings = await world.api.get('establishment.head1', '/v1/duty-rulings');
    rulingId = rulings.str('items.0.rulingId');
  }

  /** The facts behind an entry change; the first version of another waits for the lead authority. */
  async function catalogue(): Promise<void> {
    const change = { changedOn: shanghai(0), cause: 'duty', reason: '机构调整' };
    await commit(world.api, `${provider}.clerk1`, `/v1/datasets/${datasetId}/note-change`, change);
    const next = openDataset('establishment.lists', 'list');
    const registered = await commit(world.api, `${provider}.clerk1`, '/v1/datasets', next);
    await commit(world.api, `${provider}.head1`, '/v1/datasets/establishment.lists/approve', {
      ...{ version: 1, contentDigest: registered.at('result.contentDigest') },
      secrecyReview: digestOf('review'),
    });
  }

  /** One of every kind, and whose limit it is. */
  const kinds = (): readonly (readonly [about: object, department: string])[] => [
    [{ what: 'reply', shareId: 's-reply' }, provider],
    [{ what: 'deliver', shareId: 's-deliver' }, provider],
    [{ what: 'answerChallenge', shareId: 's-challenge', challengeId: 'c-1' }, provider],
    [{ what: 'mend', shareId: 's-mend' }, requester],
    [{ what: 'dispose', shareId: 's-dispose' }, requester],
    [{ what: 'review', taskCode, version: 1, dutyVersion: 2, side: 'owner' }, 'offices'],
    [
      { what: 'review', taskCode, version: 1, dutyVersion: 2, side: 'establishment' },
      'establishment',
    ],
    [{ what: 'ruling', rulingId }, 'establishment'],
    [{ what: 'update', datasetId }, provider],
    [{ what: 'entryReview', datasetId: 'establishment.lists', version: 1 }, 'data'],
  ];
  const raise = (user: string, about: object, colour = 'red') =>
    world.api.run(user, '/v1/cards/raise-other', { ...about, colour });
  const cards = async (user: string, query = ''): Promise<CardRecord[]> => {
    const answer = await world.api.get(user, `/v1/cards${query}`);
    return answer.list('items').map((item) => cardRecord.parse(item));
  };

  it('are none before their day, whoever asks, and need all their ids', async () => {
    for (const [about] of kinds()) {
      for (const user of [office, 'data.clerk1']) {
        const answer = await raise(user, about);
        expect(answer.at('code'), JSON.stringify(about)).to.equal('CARD_NOT_DUE');
        expect(answer.status).to.equal(422);
      }
    }
    for (const about of [
      { what: 'reply' },
      { what: 'entryReview', datasetId },
      { what: 'update', shareId: 's-reply' },
      { what: 'ruling', rulingId, datasetId },
    ]) {
      expect((await raise(office, about)).at('code')).to.equal('VALIDATION_FAILED');
    }
    const nothing = { what: 'update', datasetId: 'establishment.none' };
    expect((await raise(office, nothing)).at('code')).to.equal('NOT_FOUND');
    expect(await cards(office)).to.deep.equal([]);
  });

  it('wait in the inbox of whose limit it is, the data catalogue’s among them', async () => {
    const todo = async (user: string) =>
      (await world.api.get(user, '/v1/inbox')).each('items', 'todo');
    expect(await todo(`${provider}.clerk1`)).to.include.members(['updateDataset', 'deliverShare']);
    expect(await todo('data.clerk1')).to.include('reviewDataset');
  });

  it('are raised once their day is over, each kind once, by any member', async () => {
    ahead = 60 * day;
    world.api.forgetSessions();
    for (const [about, department] of kinds()) {
      const done = await raise('data.clerk1', about);
      expect(done.at('state'), `${JSON.stringify(about)}: ${done.text}`).to.equal('committed');
      const { what, side, challengeId, version, ...ids } = about as Record<string, unknown>;
      const card = cardRecord.parse(done.at('result'));
      expect([card.department, card.clock.what]).to.deep.equal([department, what]);
      expect(card.clock.step).to.equal(side ?? challengeId);
      if (what !== 'review') expect(card).to.deep.include(ids);
      if (what === 'entryReview') expect(card.datasetVersion).to.equal(version);
      const again = await raise(office, about);
      expect([again.status, again.at('code')]).to.deep.equal([409, 'ALREADY_EXISTS']);
    }
  });

  it('are shown to those whom they concern, narrowed by what they are about', async () => {
    const all = await cards(office);
    expect(all).to.have.lengthOf(kinds().length);
    expect(await cards('data.head1', `?datasetId=${datasetId}`)).to.deep.equal(
      all.filter((card) => card.datasetId === datasetId),
    );
    const seen = await cards('offices.clerk1');
    expect(seen).to.deep.equal(all.filter(({ parties }) => parties.includes('offices')));
    expect(seen.map(({ clock: { what } }) => what)).to.not.include('update');
    const counted = await world.api.get(
      'offices.clerk1',
      '/v1/stats/cards?by=clock&from=2020-01-01&to=2199-12-31',
    );
    expect(counted.each('groups', 'group')).to.include.members(['update', 'entryReview']);
  });

  it('are explained by the department, and raised and listed on the command line', async () => {
    const [card] = await cards(office, '?datasetId=establishment.lists');
    const explain = `/v1/cards/${card?.cardId ?? ''}/explain`;
    const body = { code: 'workload', text: digestOf('words') };
    const other = await world.api.run(`${provider}.clerk1`, explain, body);
    expect(other.at('code')).to.equal('WRONG_DEPARTMENT');
    await commit(world.api, 'data.clerk1', explain, body);
    const identity = join(world.directory, 'state', 'identities', office);
    const yici = (...args: string[]) =>
      runYici(
        [...['supervise', ...args, '--json'], ...['--identity', identity, '--gateway', world.url]],
        {},
        { now: () => new Date(Date.now() + ahead) },
      );
    const again = await yici(
      ...['raise-other', '--what', 'entryReview', '--colour', 'red'],
      ...['--dataset-id', 'establishment.lists', '--version', '1'],
    );
    expect(again.exitCode).to.equal(1);
    expect(again.notes.join() + again.out.join()).to.contain('ALREADY_EXISTS');
    const list = await yici('cards', '--dataset-id', datasetId);
    expect(list.exitCode, list.notes.join()).to.equal(0);
    expect((JSON.parse(list.out[0] ?? '') as { items: unknown[] }).items).to.have.lengthOf(1);
  });
});
