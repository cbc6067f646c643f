import { caseRecord } from '@yici/domain/model';
import { shanghaiDay } from '@yici/gateway/testing';
import { expect } from 'chai';
import { base64 } from '../integration/gateway/support/api.js';
import { commit, fileCase, filing, seed, taskCode } from '../integration/gateway/support/story.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';

const minute = 60_000;

/** What a stranger does to the numbers of a matter whose day has only begun. */
describe('the numbers of cases, under attack', function () {
  this.timeout(240_000);
  let world: World;
  let ahead = 0;

  const numberOf = (sequence: string) =>
    `${taskCode}-${shanghaiDay(new Date(Date.now() + ahead))}-${sequence}`;
  const sequenceOf = (caseNo: string) => Number(caseNo.split('-').at(-1));

  before(async () => {
    world = await openWorld({}, false, () => new Date(Date.now() + ahead));
    await seed(world.api);
  });

  after(() => world.close());

  it('are not at their end because a stranger took the last of four digits', async () => {
    await commit(world.api, 'supervision.head1', '/v1/cases', {
      ...filing,
      caseNo: numberOf('9999'),
    });
    expect(sequenceOf(await fileCase(world.api, 'data.clerk1'))).to.equal(1);
    await commit(world.api, 'supervision.head1', '/v1/cases', {
      ...filing,
      caseNo: numberOf('0003'),
    });
    expect(sequenceOf(await fileCase(world.api, 'data.clerk1'))).to.equal(2);
    expect(
      sequenceOf(await fileCase(world.api, 'data.clerk1')),
      'passes over what is used',
    ).to.equal(4);
  });

  it('are not at their end after nine thousand nine hundred and ninety-nine', async () => {
    const beyond = { ...filing, caseNo: numberOf('10000') };
    await commit(world.api, 'data.clerk1', '/v1/cases', beyond);
    const record = caseRecord.parse(world.gateway.index.record('case', beyond.caseNo));
    const read = await world.api.get('offices.clerk1', `/v1/cases/${record.caseNo}`);
    expect(read.at('caseNo')).to.equal(beyond.caseNo);
    const inOrder: string[] = [];
    for (let cursor = ''; ;) {
      const path = `/v1/cases?taskCode=${taskCode}&sort=caseNo&limit=1${cursor}`;
      const page = await world.api.get('offices.clerk1', path);
      inOrder.push(...page.each('items', 'caseNo').map(String));
      if (page.at('next') === null) break;
      cursor = `&cursor=${encodeURIComponent(page.str('next'))}`;
    }
    expect(inOrder.map(sequenceOf), 'lists by number, also beyond four digits').to.deep.equal([
      1, 2, 3, 4, 9_999, 10_000,
    ]);
    const padded = await world.api.post('data.clerk1', '/v1/cases', {
      ...filing,
      caseNo: numberOf('00005'),
    });
    expect(padded.status, 'a number is written in one way').to.equal(400);
  });

  it('are not spent by proposals that nobody signs', async () => {
    const { token } = await world.api.as('supervision.head1');
    const highest = { seen: 0 };
    const flood = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        const proposed = await world.api.call('POST', '/v1/cases', { body: filing, token });
        expect(proposed.status, proposed.text).to.equal(202);
        highest.seen = Math.max(highest.seen, sequenceOf(proposed.str('input.caseNo')));
      }
    };
    await Promise.all(Array.from({ length: 20 }, () => flood(120)));
    // A hundred in turn are each of the four departments' gateway's.
    expect(highest.seen, 'one caller holds so many at a time').to.be.below(4 * 1_100);
    const filed = await fileCase(world.api, 'data.clerk1');
    expect(sequenceOf(filed)).to.be.below(4 * 1_100);
    ahead += 4 * minute;
    expect(
      sequenceOf(await fileCase(world.api, 'data.clerk1')),
      'what was held is given back',
    ).to.equal(5);
  });

  it('are nobody’s before a block has them: who was slower gets the next', async () => {
    const slow = await world.api.post('data.clerk1', '/v1/cases', filing);
    const caseNo = slow.str('input.caseNo');
    await commit(world.api, 'supervision.head1', '/v1/cases', { ...filing, caseNo });
    const refused = await world.api.step('data.clerk1', slow, 'endorse');
    expect(refused.str('code')).to.equal('ALREADY_EXISTS');
    const again = await world.api.post('data.clerk1', `/v1/transactions/${slow.id}/retry`, {});
    const { sign } = await world.api.as('data.clerk1');
    expect(again.str('input.caseNo')).to.not.equal(caseNo);
    const signature = base64(sign(again.toSign));
    const endorsed = await world.api.post('data.clerk1', `/v1/transactions/${slow.id}/endorse`, {
      signature,
    });
    expect(endorsed.status, endorsed.text).to.equal(200);
  });

  it('are of the matter that is filed, on the day of the act', async () => {
    const wrong = [`OTHER001-${shanghaiDay(new Date())}-0001`, `${taskCode}-20200101-0001`];
    for (const caseNo of wrong) {
      const answer = await world.api.run('data.clerk1', '/v1/cases', { ...filing, caseNo });
      expect(answer.str('code')).to.equal('CASE_NUMBER_INVALID');
    }
  });
});
