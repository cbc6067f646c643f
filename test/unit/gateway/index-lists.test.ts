import { keyKinds, readyParts, settledParts, unmatchedIn } from '@yici/domain/model';
import { GatewayError } from '@yici/gateway/testing';
import { expect } from 'chai';
import { rare } from '../../bench/support/city/city.js';
import { subsets, Town, value, type Query, type Row } from './support/town.js';

describe('lists of the index', function () {
  this.timeout(60_000);
  const limit = 10;
  let town: Town;

  before(async () => {
    town = await Town.build(1_500);
  });

  after(() => town.close());

  const ofView = (rows: readonly Row[], view: string | null, departments: readonly string[]) =>
    rows.filter((row) => {
      const parties = row['parties'];
      const own = departments.map((field) => value(row, field));
      return view === null || (Array.isArray(parties) ? parties : own).includes(view);
    });
  const fits = (row: Row, filter: Query) =>
    Object.entries(filter).every(([field, wanted]) => value(row, field) === wanted);

  const lists = [
    {
      path: '/v1/attestations',
      kind: 'attestation',
      order: 'issuedAt',
      id: 'attestationId',
      departments: ['issuer', 'requester'],
      filters: [
        { datasetId: 'DS-staff', status: 'active', issuer: 'hrss', requester: 'offices' },
        { datasetId: rare.dataset, status: 'revoked', issuer: rare.applicant },
      ],
    },
    {
      path: '/v1/shares',
      kind: 'share',
      order: 'requestedAt',
      id: 'shareId',
      departments: [],
      filters: [
        { datasetId: 'DS-staff', state: 'DISPOSED', provider: 'offices', requester: 'hrss' },
        { datasetId: rare.dataset, state: 'REFUSED', provider: rare.applicant },
      ],
    },
    {
      path: '/v1/cards',
      kind: 'card',
      order: 'raisedAt',
      id: 'cardId',
      departments: [],
      filters: [
        { department: 'offices', colour: 'yellow' },
        { department: 'offices', colour: 'red' },
      ],
    },
    {
      path: '/v1/orders',
      kind: 'order',
      order: 'issuedAt',
      id: 'orderId',
      departments: ['department'],
      filters: [
        { department: 'offices', status: 'closed' },
        { department: 'hrss', status: 'open' },
      ],
    },
    {
      path: '/v1/evaluations',
      kind: 'evaluation',
      order: 'at',
      id: 'caseNo',
      departments: [],
      filters: [{ owner: 'hrss' }],
    },
    {
      path: '/v1/urges',
      kind: 'urge',
      order: 'at',
      id: 'caseNo',
      departments: [],
      filters: [{ caseNo: 'YC33110000000001-20230101-0001' }],
    },
    {
      path: '/v1/one-thing-cases',
      kind: 'oneThingCase',
      order: 'submittedAt',
      id: 'no',
      departments: [],
      filters: [{ code: 'ONE1', status: 'granted', applicant: 'hrss' }],
    },
    {
      path: '/v1/delegations',
      kind: 'delegation',
      order: 'fromDay',
      id: 'delegationId',
      departments: ['department'],
      filters: [{ department: 'offices', from: 'offices.clerk1', to: 'offices.clerk2' }],
    },
  ] as const;

  for (const { path, kind, order, id, departments, filters } of lists) {
    it(`${path} has under every combination of filters what the records have, newest first`, async () => {
      for (const view of [null, 'hrss', 'offices', 'd30']) {
        for (const filter of filters.flatMap((one: Query) => subsets(one))) {
          const { items } = await town.list(path, view, { ...filter, limit: String(limit) });
          const visible = path === '/v1/delegations' ? null : view;
          const wanted = ofView(town.all(kind), visible, departments).filter((row) =>
            fits(row, filter),
          );
          const where = `${path} of ${view ?? 'all'} ${JSON.stringify(filter)}`;
          expect(
            items.map((row) => value(row, id)),
            where,
          ).to.have.members(wanted.map((row) => value(row, id)));
          const times = items.map((row) => value(row, order));
          expect(times, where).to.deep.equal([...times].sort().reverse());
        }
      }
    });
  }

  it('of cases have under every combination of filters what the records have, in the order asked for', async () => {
    const filters = [
      { state: 'ARCHIVED', applicant: 'hrss', taskCode: 'YC33110000000001', department: 'finance' },
      { state: 'IN_REVIEW', owner: 'offices', department: 'hrss' },
      {
        state: rare.state,
        applicant: rare.applicant,
        taskCode: rare.task.taskCode,
        owner: 'offices',
      },
      { state: 'WITHDRAWN', taskCode: rare.task.taskCode },
    ];
    for (const view of [null, 'hrss', 'd03', 'supervision']) {
      for (const filter of filters.flatMap((one: Query) => subsets(one))) {
        const { department, ...exact } = filter;
        const wanted = ofView(ofView(town.all('case'), view, []), department ?? null, []).filter(
          (row) => fits(row, exact),
        );
        const { items } = await town.list('/v1/cases', view, { ...filter, limit: String(limit) });
        const where = `cases of ${view ?? 'all'} ${JSON.stringify(filter)}`;
        const numbers = wanted.map((row) => value(row, 'caseNo'));
        expect(
          items.map((row) => value(row, 'caseNo')),
          where,
        ).to.have.members(numbers);
        const byDue = await town.list('/v1/cases', view, { ...filter, sort: 'dueOn' });
        const days = byDue.items.map((row) => value(row, 'dueOn'));
        expect(days, where).to.deep.equal([...days].sort());
        expect(byDue.items.length, where).to.equal(
          items.filter((row) => row['dueOn'] !== null).length,
        );
      }
    }
  });

  it('find the handful among the many', async () => {
    const { applicant, state, task, dataset } = rare;
    for (const [path, filter] of [
      ['/v1/cases', { applicant }],
      ['/v1/cases', { state }],
      ['/v1/cases', { taskCode: task.taskCode }],
      ['/v1/cases', { state, applicant, taskCode: task.taskCode }],
      ['/v1/attestations', { datasetId: dataset }],
      ['/v1/shares', { datasetId: dataset, state: 'REFUSED' }],
      ['/v1/duty-rulings', { status: 'open' }],
      ['/v1/orders', { status: 'open' }],
      ['/v1/cards', { colour: 'red' }],
    ] as const) {
      const { items, pages } = await town.list(path, null, { ...filter });
      expect(items.length, `${path} ${JSON.stringify(filter)}`).to.equal(7);
      expect(pages).to.equal(1);
    }
  });

  it('of cases within due days come by these, and by number within a task code', async () => {
    const due = (await town.list('/v1/cases', null, { sort: '-dueOn' })).items;
    const [from, to] = [value(due[30] ?? {}, 'dueOn'), value(due[5] ?? {}, 'dueOn')];
    const within = await town.list('/v1/cases', null, { dueFrom: from, dueTo: to, limit: '7' });
    expect(within.items.map((row) => value(row, 'caseNo'))).to.have.members(
      due
        .filter((row) => value(row, 'dueOn') >= from && value(row, 'dueOn') <= to)
        .map((row) => value(row, 'caseNo')),
    );
    const taskCode = 'YC33110000000001';
    const query = { taskCode, sort: 'caseNo', limit: String(limit) };
    const numbers = (await town.list('/v1/cases', null, query)).items.map((row) =>
      value(row, 'caseNo'),
    );
    const wanted = town.all('case').filter((row) => row['taskCode'] === taskCode);
    expect(numbers).to.deep.equal(wanted.map((row) => value(row, 'caseNo')).sort());
  });

  it('of unmatched shares have what the records say on the day, as days come', async () => {
    const grants = new Map(
      town.all('shareGrant').map((one) => {
        const grant = keyKinds.shareGrant.schema.parse(one);
        return [grant.shareId, grant] as const;
      }),
    );
    const shares = town.all('share').map((one) => keyKinds.share.schema.parse(one));
    const counts: number[] = [];
    for (const today of ['2023-02-01', '2024-01-01', '2025-01-01', '2025-12-01', '2026-03-01']) {
      town.now = new Date(`${today}T04:00:00Z`);
      for (const view of [null, 'hrss', 'offices']) {
        const { items } = await town.list('/v1/unmatched-shares', view, { limit: String(limit) });
        const wanted = shares.flatMap((share) => {
          const halves = unmatchedIn(share, grants.get(share.shareId), today);
          const { shareId, parties } = share;
          const isSeen = view === null || parties.includes(view);
          return halves.length > 0 && isSeen ? [{ shareId, halves }] : [];
        });
        expect(items.map(({ shareId, halves }) => ({ shareId, halves }))).to.have.deep.members(
          wanted,
        );
        if (view === null) counts.push(items.length);
      }
    }
    town.now = new Date('2026-01-01');
    expect(counts).to.deep.equal([...new Set(counts)].sort((a, b) => a - b));
  });

  it('of one things have those whose cases came to something, and the others, with every other filter', async () => {
    const cases = new Map(town.all('case').map((row) => [value(row, 'caseNo'), row]));
    const all = town.all('oneThingCase');
    const isDue = (row: Row) => {
      const { parts } = keyKinds.oneThingCase.schema.parse(row);
      const open = parts.flatMap(({ id, caseNo = '' }) => {
        const record = cases.get(caseNo);
        return record === undefined ? [] : [[id, keyKinds.case.schema.parse(record)] as const];
      });
      const settled = settledParts(parts, new Map(open), '');
      const news = settled.some(({ status }, index) => status !== parts[index]?.status);
      return news || readyParts(settled).length > 0;
    };
    for (const filter of subsets({ code: 'ONE1', status: 'open', applicant: 'hrss' })) {
      for (const due of [true, false]) {
        for (const view of [null, 'hrss']) {
          const query = { ...filter, due: String(due), limit: String(limit) };
          const { items } = await town.list('/v1/one-thing-cases', view, query);
          const wanted = ofView(all, view, []).filter(
            (row) => fits(row, filter) && isDue(row) === due,
          );
          const where = `${view ?? 'all'} ${JSON.stringify(query)}`;
          const numbers = items.map((row) => value(row, 'no'));
          expect(numbers, where).to.have.members(wanted.map((row) => value(row, 'no')));
        }
      }
    }
    expect(all.some(isDue) && !all.every(isDue)).to.equal(true);
  });

  it('of cases refuse an order that no index has for a filter', async () => {
    for (const query of [
      { state: 'ARCHIVED', sort: 'caseNo' },
      { owner: 'hrss', sort: '-caseNo' },
      { dueTo: '2026-01-01', sort: '-submittedAt' },
      { dueFrom: '2026-01-01', sort: 'caseNo' },
    ]) {
      const failure = await town.page('/v1/cases', null, query).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(GatewayError).with.property('code', 'SORT_NOT_OFFERED');
    }
  });
});
