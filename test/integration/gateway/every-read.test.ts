import { reads, type Read, type ReadLine } from '@yici/api';
import { readIdentityFolder, YiciClient } from '@yici/client';
import { expect } from 'chai';
import { join } from 'node:path';
import { putDocument } from '../../support/domain/documents.js';
import { deliverTo, grantTo } from '../../support/domain/sharing.js';
import { shanghai } from '../../support/domain/stand.js';
import { EveryRead } from '../../support/gateway/every-read.js';
import { commit, digestOf, fileCase, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const office = 'supervision.supervisor1';
/** Who sees all comes first: what narrows a list is tried where there is most of it. */
const users = [office, 'offices.clerk1', 'establishment.head1', 'data.clerk1'] as const;

describe('every read of the API', function () {
  this.timeout(240_000);
  let world: World;
  const every = new EveryRead();

  before(async () => {
    world = await openWorld();
    const { api } = world;
    await seed(api);
    const caseNo = await fileCase(api, 'data.clerk1');
    await commit(api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    await commit(api, office, '/v1/urges', { ...urge, caseNo });
    await fileCase(api, 'establishment.clerk1');
    for (const department of ['establishment', 'offices']) {
      await commit(api, `${department}.head1`, '/v1/duties', duty(department));
    }
    await deliverTo(api, 'share-1', 'establishment.count');
    await grantTo(api, 'share-2', 'establishment.posts');
    await commit(api, 'establishment.clerk1', '/v1/attestations', attestation(caseNo));
    await commit(api, 'establishment.head1', '/v1/delegations', delegation);
    await commit(api, 'establishment.clerk1', '/v1/reforms', reform);
    await commit(api, office, '/v1/orders', order);
    await putDocument(api, 'data.clerk1', Buffer.from('%PDF-1.7\n'));
    await api.post('data.clerk1', '/v1/drafts', draft);
    const { token } = await api.as('data.admin');
    await api.call('PUT', '/v1/signoff/chains', { token, body: chains });
    const begun = await api.post('data.clerk1', '/v1/signoffs', { ...draft, input: opinion });
    expect(begun.status, begun.text).to.equal(201);
    await world.gateway.caughtUp();
  });

  after(() => world.close());

  it('answers as its definition says, everybody, and no filter is passed over', async () => {
    for (const user of users) {
      const { token } = await world.api.as(user);
      await every.check(async (address) => {
        const { status, headers, json } = await world.api.call('GET', address, { token });
        const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
        return { status, type, json };
      });
    }
    expect(every.wrong.join('\n')).to.equal('');
  });

  it('was asked for, and had something to show', () => {
    const unasked = Object.keys(reads).filter((name) => !every.answered.has(name));
    expect(unasked.filter((name) => !lacking.test(name))).to.deep.equal([]);
    const empty = Object.keys(reads).filter((name) => !every.shown.has(name));
    expect(empty.filter((name) => !lacking.test(name))).to.deep.equal([]);
  });

  it('is noted of a supervisor as its definition says, and of nobody else', async () => {
    const identity = join(world.directory, 'state', 'identities', office);
    const client = new YiciClient({
      baseUrl: world.url,
      identity: await readIdentityFolder(identity),
    });
    await client.login();
    const lines: ReadLine[] = [];
    for await (const line of client.list('reads.list', { limit: 200 })) lines.push(line);
    expect(new Set(lines.map(({ by }) => by.user))).to.deep.equal(new Set([office]));
    const noted = new Set(lines.map(({ route }) => route));
    const all = Object.entries<Read>(reads).filter(([name]) => every.answered.has(name));
    const due = all.filter(([, { journal }]) => journal !== 'nothing').map(([, { path }]) => path);
    expect([...noted].filter((path) => !due.includes(path))).to.deep.equal([]);
    for (const path of ['/v1/cases', '/v1/cases/{caseNo}/export', '/v1/orders', '/v1/documents']) {
      expect(noted, path).to.include(path);
    }
    for (const { route, records, departments, asked } of lines) {
      const { journal } = all.map(([, read]) => read).find(({ path }) => path === route)!;
      if (typeof journal === 'object' && 'about' in journal) {
        expect(records, route).to.deep.equal(Object.values(asked).slice(0, 1));
        expect(departments, route).to.not.deep.equal([]);
      }
    }
    const cases = lines.filter(({ route, asked }) => route === '/v1/cases' && !('state' in asked));
    expect(cases.some(({ records }) => records.length === 2)).to.equal(true);
  });
});

/** What this world has none of; the demo has it (test/e2e/demo), or a suite of its own. */
const lacking =
  /^(explanations|oneThing|reviews|matters\.reviews|dutyOverlaps|dataTopics|duties\.matters|dutyRulings|cards|evaluations|audits|journal\.heads|journalAnchors|attestations\.uses|contests|shares\.(values|receipts|challenges|disputes)|challenges|disputes|shareClocks|unmatchedShares|speedUp|calendars\.versions|appKeys|documents\.reads|events)/;

const duty = (department: string) => ({
  department,
  code: `${department.toUpperCase()}-01`,
  title: { zh: `${department} 职责`, en: `Duty of ${department}` },
  clause: '（一）',
  document: { number: '三定〔2024〕1号', title: '三定规定', ...digestOf('duties') },
  effectiveFrom: '2024-01-01',
});

const attestation = (caseNo: string) => ({
  ...{ attestationId: 'count-1', datasetId: 'establishment.posts', requester: 'offices', caseNo },
  purpose: 'office space',
  fields: [{ code: 'count', ...digestOf('salted 12') }],
  validFrom: new Date(Date.now() - 60_000).toISOString(),
  validTo: new Date(Date.now() + 3_600_000).toISOString(),
});

const delegation = {
  ...{ delegationId: 'del-1', from: 'establishment.head1', to: 'establishment.clerk1' },
  ...{ role: 'head', fromDay: shanghai(0), toDay: shanghai(2), reasonCode: 'leave' },
};

const reform = {
  ...{ reformId: 'reform-1', effectiveOn: shanghai(30) },
  decision: {
    organ: '省人民政府',
    document: { number: '浙政函〔2026〕12号', title: '机构改革方案', ...digestOf('reform') },
  },
  changes: [{ kind: 'everything', department: 'offices', to: 'data' }],
};

const draft = { command: 'case.opinion', title: 'x', input: { answer: 'agree' } };

const chains = {
  version: 0,
  chains: [{ command: draft.command, levels: [{ role: 'clerk' }, { role: 'head' }] }],
};
const opinion = { caseNo: 'LEASE0001-20200101-9999', stepId: 'headcount', answer: 'agree' };

const urge = { urgeId: 'urge-1', department: 'offices', note: 'x' };

const order = {
  ...{ orderId: 'ord-1', department: 'offices', subject: 'x', document: digestOf('document') },
  ...{ mandate: 'headInstruction', mandateNumber: '督〔2026〕1号' },
  mandateDocument: digestOf('mandate'),
  limit: { value: 3, unit: 'workingDay' },
};
