import {
  functionName,
  type CalendarVersionRecord,
  type CardRecord,
  type DutyOverlapRecord,
  type DutyRulingRecord,
  type DutyVersionRecord,
  type MatterRecord,
  type OneThingCaseRecord,
  type OrderRecord,
  type ReviewRecord,
} from '@yici/domain/model';
import {
  calendarFacts,
  cardFacts,
  departmentFacts,
  dutyFacts,
  matterFacts,
  oneThingCaseFacts,
  orderFacts,
  overlapFacts,
  refusalFacts,
  reviewFacts,
  rulingFacts,
  transactionFacts,
  type DecodedTransaction,
} from '@yici/gateway/testing';
import { expect } from 'chai';
import { by, content, days, department, digest, head, on, part } from './support/history.js';
import { FactLedger } from './support/ledger-of-facts.js';

const signed = (...departments: string[]): MatterRecord['cosignatures'] =>
  departments.map((id) => ({ as: 'owner', by: { ...head, department: id }, at: on('2026-01-09') }));

const matter = (
  version: number,
  published: string,
  change: Partial<MatterRecord>,
  says: Parameters<typeof content>[0],
) =>
  part<MatterRecord>({
    ...{ kind: 'matter', taskCode: 'T1', version, owner: 'offices', status: 'published' },
    publishedAt: on(published),
    cosignatures: signed('offices', 'establishment'),
    content: content(says),
    ...change,
  });

const previousLimit = { value: 20, unit: 'workingDay' as const };
const policyDocuments = [{ number: '1号', title: '文件', ...digest }];
const matters = [
  // In force until the second version of 10 June; twenty days before, seven promised.
  matter(1, '2026-01-10', { effectiveTo: '2026-06-09', supersededBy: 2 }, { previousLimit }),
  matter(
    2,
    '2026-06-05',
    {},
    {
      ...{ previousLimit, promisedLimit: days(5), effectiveFrom: '2026-06-10' },
      ...{ policyDocuments, dutyCode: 'D-1', materials: content().materials.slice(0, 2) },
    },
  ),
  // Ten calendar days before: no rate. It needs a vertical organ, and is retired in June.
  matter(
    1,
    '2026-05-02',
    {
      taskCode: 'T2',
      retirement: { by: head, at: on('2026-06-20'), reasonCode: 'merged' },
      status: 'retired',
    },
    { previousLimit: { value: 10, unit: 'calendarDay' }, verticalOrgan: true },
  ),
  // Signed by one department alone, and drafted only.
  matter(1, '2026-06-15', { taskCode: 'T3', cosignatures: signed('offices') }, { flow: [] }),
  part<MatterRecord>({ kind: 'matter', taskCode: 'T4', status: 'draft' }),
];

const clock = {
  what: 'finish',
  startedOn: '2026-06-01',
  dueOn: '2026-06-09',
  limitDays: 7,
} as const;
const card = (id: string, change: Partial<CardRecord>) =>
  part<CardRecord>({
    ...{ kind: 'card', cardId: id, caseNo: 'T1-20260601-0001', colour: 'red', clock },
    ...{ department: 'offices', parties: ['offices'], raisedBy: by, raisedAt: on('2026-06-10') },
    ...change,
  });
const explained = (late: boolean): CardRecord['explanation'] & object => ({
  ...{ code: 'workload', text: digest, late, by, at: on('2026-06-12') },
});

const order = (orderId: string, replies: readonly { day: string; late: boolean }[]) =>
  part<OrderRecord>({
    ...{ kind: 'order', orderId, department: 'offices', dueOn: '2026-06-10' },
    replies: replies.map(({ day, late }) => ({ document: digest, late, by, at: on(day) })),
  });

const overlap = (topic: string, change: Partial<DutyOverlapRecord>) =>
  part<DutyOverlapRecord>({
    ...{ kind: 'dutyOverlap', topic, round: 1, status: 'open', foundAt: on('2026-05-10') },
    ...change,
  });

const review = (taskCode: string, change: Partial<ReviewRecord>) =>
  part<ReviewRecord>({
    ...{ kind: 'review', taskCode, version: 1, dutyVersion: 2, owner: 'offices' },
    ...{ dueOn: '2026-06-12', status: 'closed', closedAt: on('2026-06-10'), late: false },
    ...change,
  });

const filed = (no: string, change: Partial<OneThingCaseRecord>) =>
  part<OneThingCaseRecord>({
    ...{ kind: 'oneThingCase', no, code: 'MOVE', lead: 'offices', parties: ['offices'] },
    submittedAt: on('2026-06-01'),
    ...change,
  });
const ended = (id: string, day?: string): OneThingCaseRecord['parts'][number] => ({
  ...{ id, taskCode: 'T1', matterVersion: 1, after: [], status: 'granted' },
  ...(day === undefined ? {} : { endedAt: on(day) }),
});

const refusal = (txId: string, command: string, rule: string) =>
  refusalFacts({
    ...{ txId, at: on('2026-06-10'), department: 'offices', command, rule },
    input: { caseNo: 'T1-20260601-0001' },
  });

/** Offices had offered it to finance, which declined. */
const decidedFor = (id: string, responsible: string) =>
  rulingFacts(
    part<DutyRulingRecord>({
      ...{ rulingId: `T1-20260601-0001-${id}`, caseNo: 'T1-20260601-0001' },
      ...{ office: 'establishment', responsible: 'offices', openedAt: on('2026-06-05') },
      bounces: [part<DutyRulingRecord['bounces'][number]>({ from: 'offices', to: 'finance' })],
      decision: part<NonNullable<DutyRulingRecord['decision']>>({
        ...{ department: responsible, at: on('2026-06-11'), late: false },
      }),
    }),
  );

const registry = [department('offices'), department('tax', { vertical: true, level: 'county' })];

describe('figures of lists, duties and supervision', () => {
  let ledger: FactLedger;

  before(async () => {
    const facts = [
      ...matters.flatMap((one) =>
        matterFacts(one, (id) => registry.find((known) => known.id === id)),
      ),
      ...registry.flatMap(departmentFacts),
      ...[
        card('red-1', { explanation: explained(false) }),
        card('red-2', { explanation: explained(true) }),
        card('red-3', {
          appeal: {
            ground: 'goodFaith',
            text: digest,
            decideBy: '2026-07-10',
            by,
            at: on('2026-06-11'),
          },
          ruling: { outcome: 'exempted', document: digest, by: head, at: on('2026-06-20') },
        }),
        card('yellow-1', { colour: 'yellow' }),
      ].flatMap(cardFacts),
      ...[
        overlap('office-space', {}),
        overlap('archives', { status: 'ruled', closedAt: on('2026-06-10') }),
        overlap('seals', {
          foundAt: on('2026-06-11'),
          closedAt: on('2026-06-11'),
          status: 'withdrawn',
        }),
      ].flatMap(overlapFacts),
      ...[
        review('T1', {}),
        review('T2', { late: true, closedAt: on('2026-06-15') }),
        { ...review('T3', { status: 'open' }), closedAt: undefined },
        review('T4', { outcome: 'overtaken' }),
      ].flatMap((one) => reviewFacts(one as ReviewRecord)),
      ...[
        filed('MOVE-1', {
          status: 'granted',
          parts: [ended('a', '2026-06-10'), ended('b', '2026-06-13')],
        }),
        filed('MOVE-2', { status: 'open', parts: [ended('a'), ended('b'), ended('c')] }),
      ].flatMap(oneThingCaseFacts),
      ...[
        order('o1', [
          { day: '2026-06-09', late: false },
          { day: '2026-06-15', late: true },
        ]),
        order('o2', [{ day: '2026-06-12', late: true }]),
        order('o3', []),
      ].flatMap(orderFacts),
      ...rulingFacts(
        part<DutyRulingRecord>({
          ...{ kind: 'dutyRuling', rulingId: 'T1-20260601-0001-R1', caseNo: 'T1-20260601-0001' },
          ...{ office: 'establishment', responsible: 'offices', bounces: [] },
          openedAt: on('2026-06-05'),
          decision: {
            ...{ department: 'finance', clause: { department: 'finance', code: 'F', version: 1 } },
            ...{ document: digest, by: head, at: on('2026-06-11'), late: false, effect: 'moved' },
          },
        }),
      ),
      ...decidedFor('R2', 'finance'),
      ...decidedFor('R3', 'data'),
      ...dutyFacts(
        part<DutyVersionRecord>({
          department: 'offices',
          code: 'D',
          version: 1,
          registeredAt: on('2026-02-01'),
        }),
      ),
      ...calendarFacts(
        part<CalendarVersionRecord>({
          year: 2026,
          status: 'inForce',
          confirmedAt: on('2026-01-06'),
          proposedBy: by,
        }),
      ),
      ...refusal('1', 'case.supplementNotice', 'MATERIAL_UNKNOWN'),
      ...refusal('2', 'case.submit', 'MATERIAL_UNKNOWN'),
      ...refusal('3', 'case.supplementNotice', 'SECOND_NOTICE'),
    ];
    ledger = await FactLedger.open(facts, '2026-06-25');
  });

  after(() => ledger.close());

  it('give the speed-up of the matters that were in force on the last day', async () => {
    expect(await ledger.numbers('speed-up-rate')).to.deep.equal([15, 20, 0.75]);
    const may = { from: '2026-05-01', to: '2026-05-31' };
    expect(await ledger.numbers('speed-up-rate', may)).to.deep.equal([13, 20, 0.65]);
    const year = { from: '2026-04-01' };
    expect(await ledger.groups('speed-up-rate', 'month', year)).to.deep.equal({
      '2026-04': 0.65,
      '2026-05': 0.65,
      '2026-06': 0.75,
    });
    const before = { from: '2025-01-01', to: '2025-12-31' };
    expect(await ledger.numbers('speed-up-rate', before)).to.deep.equal([0, 0, null]);
  });

  it('give what a reform adds and takes away', async () => {
    const year = { from: '2026-01-01' };
    // T1 and T3 are in force at the end, T2 came and went; at the end of May it was T1 and T2.
    expect(await ledger.numbers('net-matters', year)).to.deep.equal([2, null, 2]);
    expect(await ledger.numbers('net-matters')).to.deep.equal([0, null, 0]);
    expect(await ledger.groups('net-matters', 'matter')).to.deep.equal({ T1: 0, T2: -1, T3: 1 });
    // T1 lists two materials instead of three.
    expect(await ledger.groups('net-materials', 'matter')).to.deep.equal({ T1: -1, T2: -3, T3: 3 });
    expect(await ledger.groups('net-matters', 'month', year)).to.deep.equal({
      ...{ '2026-01': 1, '2026-02': 0, '2026-03': 0, '2026-04': 0, '2026-05': 1, '2026-06': 0 },
    });
  });

  it('say how many matters rest on a duty, cite a document, and have their vertical organs', async () => {
    expect(await ledger.numbers('matters-with-duty')).to.deep.equal([1, 2, 0.5]);
    expect(await ledger.numbers('steps-per-matter')).to.deep.equal([2, 2, 1]);
    expect(await ledger.numbers('limit-per-matter')).to.deep.equal([12, 2, 6]);
    expect(await ledger.groups('parameters-documented', 'kind')).to.deep.equal({
      calendar: 1,
      duty: 1,
      matter: 0.5,
    });
    const may = { from: '2026-05-01', to: '2026-05-31' };
    expect(await ledger.numbers('vertical-organs-on-chain', may)).to.deep.equal([0, 1, 0]);
    const flow = content().flow.map((one) => ({ ...one, department: 'tax' }));
    const other = await FactLedger.open(
      matterFacts(matter(1, '2026-05-02', {}, { flow, verticalOrgan: true }), (id) =>
        registry.find((known) => known.id === id),
      ),
      '2026-06-25',
    );
    expect(await other.numbers('vertical-organs-on-chain')).to.deep.equal([1, 1, 1]);
    await other.close();
    expect(await ledger.numbers('single-signed-publications')).to.deep.equal([1, null, 1]);
    expect(await ledger.groups('departments', 'level')).to.deep.equal({ city: 1, county: 1 });
  });

  it('count cards by colour, and red ones that were explained in time', async () => {
    expect(await ledger.groups('cards', 'colour')).to.deep.equal({ red: 3, yellow: 1 });
    expect(await ledger.numbers('cards-explained')).to.deep.equal([1, 3, 0.3333]);
    expect(await ledger.groups('exceptions', 'kind')).to.deep.equal({ exempted: 1 });
    expect(await ledger.numbers('exceptions-two-signers')).to.deep.equal([1, 1, 1]);
  });

  it('hold supervision orders to their first reply', async () => {
    expect(await ledger.numbers('orders-on-time')).to.deep.equal([1, 3, 0.3333]);
    expect(await ledger.numbers('orders-on-time', { today: '2026-06-10' })).to.deep.equal([
      1, 2, 0.5,
    ]);
  });

  it('follow overlaps of duties from their discovery to their end', async () => {
    expect(await ledger.groups('overlaps-open', 'month', { from: '2026-04-01' })).to.deep.equal({
      '2026-04': 0,
      '2026-05': 2,
      '2026-06': 1,
    });
    expect(await ledger.groups('overlaps-closed', 'ruling')).to.deep.equal({
      ruled: 1,
      withdrawn: 1,
    });
  });

  it('hold reviews and rulings to their days', async () => {
    expect(await ledger.numbers('reviews-on-time')).to.deep.equal([1, 3, 0.3333]);
    expect(await ledger.figure('ruling-days')).to.include({ value: 6, p90: 6, denominator: 3 });
  });

  it('call it buck-passing only where a decision found who had sent it away responsible', async () => {
    expect(await ledger.groups('duty-decisions', 'department')).to.deep.equal({
      ...{ data: 1, finance: 2 },
    });
    expect(await ledger.groups('found-responsible', 'department')).to.deep.equal({
      ...{ data: 0, finance: 1 },
    });
  });

  it('count the departments that signed something, each once, and not those that are registered', async () => {
    const signed = (mspId: string, day: string, name: string) =>
      transactionFacts(
        part<DecodedTransaction>({
          ...{
            txId: `${mspId}${day}${name}`,
            at: on(day),
            creator: { mspId, user: 'u', role: null, section: null },
          },
          ...{ code: 0, chaincode: 'yici', function: functionName(name), endorsers: [] },
        }),
        'yici',
        { departmentOf: (id) => (id === 'strangers' ? undefined : id), signersSeen: new Set() },
      );
    const other = await FactLedger.open(
      [
        ...registry.flatMap(departmentFacts),
        ...signed('offices', '2026-06-02', 'case.accept'),
        ...signed('offices', '2026-06-03', 'case.accept'),
        ...signed('finance', '2026-06-03', 'case.opinion'),
        ...signed('strangers', '2026-06-03', 'case.submit'),
        ...signed('tax', '2026-05-30', 'case.opinion'),
      ],
      '2026-06-25',
    );
    expect(await other.numbers('departments-signing')).to.deep.equal([2, null, 2]);
    expect(await other.groups('departments-signing', 'command')).to.deep.equal({
      ...{ 'case.accept': 1, 'case.opinion': 1 },
    });
    const since = { from: '2026-05-01' };
    expect(await other.groups('departments-signing', 'month', since)).to.deep.equal({
      ...{ '2026-05': 1, '2026-06': 2 },
    });
    await other.close();
  });

  it('count the parts of one things, and how far apart they ended', async () => {
    expect(await ledger.numbers('matters-per-one-thing')).to.deep.equal([5, 2, 2.5]);
    expect(await ledger.figure('one-thing-spread')).to.include({ value: 3, denominator: 1 });
  });

  it('tell an attempt to ask for more from an applicant who hands in too much', async () => {
    expect(await ledger.groups('refused-by-rule', 'rule')).to.deep.equal({
      MATERIAL_UNKNOWN: 2,
      SECOND_NOTICE: 1,
    });
    expect(await ledger.numbers('extra-materials-refused')).to.deep.equal([1, null, 1]);
    expect(await ledger.groups('repeat-asks-refused', 'matter')).to.deep.equal({ T1: 1 });
  });
});
