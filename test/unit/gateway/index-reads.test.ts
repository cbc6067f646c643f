import { expect } from 'chai';
import { rare } from '../../bench/support/city/city.js';
import { Town, type Query } from './support/town.js';

describe('reads of the index', function () {
  this.timeout(120_000);
  const limit = 20;
  let small: Town;
  let large: Town;

  before(async () => {
    small = await Town.build(400);
    large = await Town.build(4_000);
  });

  after(async () => {
    await small.close();
    await large.close();
  });

  /** The most rows of the store that one page took, over the first pages of a list. */
  async function most(town: Town, path: string, view: string | null, query: Query) {
    let rows = 0;
    let cursor: string | null = '';
    for (let pages = 0; pages < 5 && cursor !== null; pages++) {
      const from: Query = cursor === '' ? {} : { cursor };
      const page: Awaited<ReturnType<Town['page']>> = await town.page(path, view, {
        ...query,
        limit: String(limit),
        ...from,
      });
      rows = Math.max(rows, page.rows);
      cursor = page.next;
    }
    return rows;
  }

  it('are two for each row of a page and one, by whatever one filter and however many there are', async () => {
    const single: readonly [string, Query][] = [
      ['/v1/cases', {}],
      ['/v1/cases', { state: 'ARCHIVED' }],
      ['/v1/cases', { state: rare.state }],
      ['/v1/cases', { applicant: 'hrss' }],
      ['/v1/cases', { owner: 'offices' }],
      ['/v1/cases', { taskCode: 'YC33110000000001' }],
      ['/v1/cases', { department: 'hrss' }],
      ['/v1/cases', { department: 'hrss', state: 'ARCHIVED' }],
      ['/v1/cases', { state: 'ARCHIVED', applicant: 'hrss' }],
      ['/v1/cases', { state: 'ARCHIVED', owner: 'hrss' }],
      ['/v1/cases', { state: 'ARCHIVED', taskCode: 'YC33110000000001' }],
      ['/v1/cases', { applicant: 'd30', state: 'WITHDRAWN' }],
      ['/v1/cases', { sort: 'dueOn' }],
      ['/v1/cases', { sort: '-dueOn', state: 'IN_REVIEW' }],
      ['/v1/cases', { dueFrom: '2025-12-20', dueTo: '2025-12-24' }],
      ['/v1/cases', { sort: 'caseNo' }],
      ['/v1/cases', { sort: '-caseNo', taskCode: 'YC33110000000001' }],
      ['/v1/attestations', { status: 'revoked' }],
      ['/v1/attestations', { issuer: 'hrss' }],
      ['/v1/shares', { state: 'REFUSED' }],
      ['/v1/shares', { datasetId: rare.dataset }],
      ['/v1/cards', { colour: 'red' }],
      ['/v1/cards', { waits: 'explanation' }],
      ['/v1/orders', { status: 'open' }],
      ['/v1/evaluations', { owner: 'hrss' }],
      ['/v1/duty-rulings', { status: 'open' }],
      ['/v1/delegations', { from: 'offices.clerk9' }],
      ['/v1/one-thing-cases', { status: 'open' }],
      ['/v1/one-thing-cases', { due: 'true' }],
      ['/v1/one-thing-cases', { due: 'false' }],
    ];
    for (const [path, query] of single) {
      for (const view of [null, 'hrss']) {
        const found = [await most(small, path, view, query), await most(large, path, view, query)];
        const where = `${path} of ${view ?? 'all'} ${JSON.stringify(query)}`;
        // Two departments' lists are followed side by side.
        const lists =
          view !== null && query['department'] !== undefined && view !== query['department']
            ? 8
            : 1;
        expect(Math.max(...found), where).to.be.at.most(lists * (2 * limit + 1));
      }
    }
  });

  it('of unmatched shares are three for each row of a page and one, also of those whose day is to come', async () => {
    for (const view of [null, 'hrss']) {
      const found = [
        await most(small, '/v1/unmatched-shares', view, {}),
        await most(large, '/v1/unmatched-shares', view, {}),
      ];
      expect(Math.max(...found)).to.be.within(4, 3 * limit + 1);
    }
  });

  it('for several filters are as many as the rarest of them has, not as the others have', async () => {
    const several: readonly [string, Query][] = [
      ['/v1/cases', { applicant: rare.applicant, taskCode: 'YC33110000000001' }],
      ['/v1/cases', { applicant: 'hrss', taskCode: rare.task.taskCode, owner: 'offices' }],
      ['/v1/attestations', { status: 'active', datasetId: rare.dataset }],
      ['/v1/shares', { state: 'REFUSED', datasetId: 'DS-staff', requester: 'offices' }],
    ];
    for (const [path, query] of several) {
      for (const view of [null, 'finance']) {
        const rows = await most(large, path, view, query);
        expect(rows, `${path} of ${view ?? 'all'} ${JSON.stringify(query)}`).to.be.at.most(1_000);
      }
    }
  });

  it('for filters that never meet end at a fixed number, and the list goes on from there', async () => {
    const query = {
      applicant: 'hrss',
      taskCode: 'YC33110000000001',
      department: 'd01',
      limit: '200',
    };
    const { items, most: rows } = await large.list('/v1/cases', 'finance', query);
    expect(rows).to.be.at.most(3_400);
    const wanted = large
      .all('case')
      .filter(
        ({ applicant, taskCode, parties }) =>
          applicant === query.applicant &&
          taskCode === query.taskCode &&
          Array.isArray(parties) &&
          ['finance', 'd01'].every((one) => parties.includes(one)),
      );
    expect(items.map(({ caseNo }) => caseNo)).to.have.members(wanted.map(({ caseNo }) => caseNo));
  });

  it('neither repeat nor lose a row when cases are filed between pages', async () => {
    const town = await Town.build(300);
    try {
      const query = { state: 'ARCHIVED', limit: '15' };
      const before = await town.list('/v1/cases', null, query);
      const seen: unknown[] = [];
      let cursor: string | null = '';
      for (let more = 1; cursor !== null; more++) {
        const from: Query = cursor === '' ? {} : { cursor };
        const page: Awaited<ReturnType<Town['page']>> = await town.page('/v1/cases', null, {
          ...query,
          ...from,
        });
        seen.push(...page.items.map(({ caseNo }) => caseNo));
        cursor = page.next;
        await town.grow(40, 2030 + 3 * more);
      }
      expect(seen).to.deep.equal(before.items.map(({ caseNo }) => caseNo));
    } finally {
      await town.close();
    }
  });
});
