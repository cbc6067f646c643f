import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runYici } from '../../support/terminal.js';
import { commit, digestOf, openDataset, publishDataset, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const topic = 'office-space';

/** Order 809 art 19: data that several departments collect have one source department. */
describe('the source of data that several departments collect, over HTTP', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });
  after(() => world.close());

  const about = (datasetId: string) => ({ ...openDataset(datasetId, 'area'), topic });
  const naming = {
    ...{ topic, source: 'offices', text: '由机关事务部门牵头收集' },
    document: { number: '数源〔2026〕1号', title: '明确数源部门的通知', ...digestOf('naming') },
  };
  const refused = async (user: string, path: string, body: unknown) => {
    const answer = await world.api.run(user, path, body);
    return [answer.status, answer.at('code')];
  };
  const topics = async (query: string) =>
    (await world.api.get('establishment.clerk1', `/v1/data-topics?${query}`)).list('items');
  const yici = async (user: string, ...args: string[]) => {
    const identity = join(world.directory, 'state', 'identities', user);
    const access = ['--json', '--identity', identity, '--gateway', world.url];
    return runYici(['dataset', ...args, ...access], {});
  };

  it('is open while nobody has named it: no second entry is published', async () => {
    const { api } = world;
    await publishDataset(api, 'establishment', about('establishment.rooms'));
    expect(await topics('status=single&department=establishment')).to.have.length(1);
    await commit(api, 'offices.clerk1', '/v1/datasets', about('offices.rooms'));
    const version = await api.get('offices.clerk1', '/v1/datasets/offices.rooms/versions');
    const of = { version: 1, contentDigest: version.at('items.0.contentDigest') };
    const approval = { ...of, secrecyReview: digestOf('review') };
    await commit(api, 'offices.head1', '/v1/datasets/offices.rooms/approve', approval);
    expect(await refused('data.clerk1', '/v1/datasets/offices.rooms/publish', of)).to.deep.equal([
      422,
      'SOURCE_NOT_NAMED',
    ]);
    expect(await topics('status=open'))
      .to.have.nested.property('[0].claims')
      .with.length(2);
    expect(await topics('topic=nothing')).to.deep.equal([]);
  });

  it('is named by the head of the lead authority, from the command line too, and only once', async () => {
    const path = '/v1/datasets/name-source';
    expect(await refused('data.clerk1', path, naming)).to.deep.equal([403, 'ROLE_REFUSED']);
    expect(await refused('offices.head1', path, naming)).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    const stranger = { ...naming, source: 'supervision' };
    expect(await refused('data.head1', path, stranger)).to.deep.equal([
      422,
      'SOURCE_NAMING_INVALID',
    ]);
    const file = join(world.directory, 'naming.json');
    writeFileSync(file, JSON.stringify(naming));
    const named = await yici('data.head1', 'name-source', topic, '--file', file);
    expect(named.exitCode, named.notes.join()).to.equal(0);
    expect(await refused('data.head1', path, naming)).to.deep.equal([409, 'ALREADY_EXISTS']);
    const listed = await yici('offices.clerk1', 'topics', '--status', 'named');
    expect(listed.exitCode, listed.notes.join()).to.equal(0);
    expect(JSON.parse(listed.out.join('\n'))).to.have.nested.property(
      'items[0].namings[0].source',
      'offices',
    );
  });

  it('alone catalogues and provides them from then on', async () => {
    const { api } = world;
    const other = await api.run('data.clerk1', '/v1/datasets', about('data.rooms'));
    expect([other.status, other.at('code')]).to.deep.equal([422, 'SOURCE_DEPARTMENT_NAMED']);
    expect(other.str('article.zh')).to.include('第十九条');
    const next = about('establishment.rooms');
    expect(await refused('establishment.clerk1', '/v1/datasets', next)).to.deep.equal([
      422,
      'SOURCE_DEPARTMENT_NAMED',
    ]);
    await publishDataset(api, 'offices', about('offices.rooms'));
    const ask = {
      ...{ shareId: 'rooms-1', scenario: '核定', fields: ['area'], method: 'interface' },
      basis: { law: '某条例', clause: '第三条', text: '（条文）' },
      term: { from: '2020-01-01', to: '2099-12-31' },
    };
    const there = { ...ask, datasetId: 'establishment.rooms' };
    expect(await refused('supervision.head1', '/v1/shares', there)).to.deep.equal([
      422,
      'SOURCE_DEPARTMENT_NAMED',
    ]);
    await commit(api, 'supervision.head1', '/v1/shares', { ...ask, datasetId: 'offices.rooms' });
  });
});
