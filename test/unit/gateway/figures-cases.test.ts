import type { CaseRecord, DepartmentRecord } from '@yici/domain/model';
import { caseFacts, hoursBetween, percentile } from '@yici/gateway/testing';
import { expect } from 'chai';
import {
  by,
  content,
  days,
  decided,
  department,
  digest,
  filedCase,
  head,
  held,
  on,
  step,
} from './support/history.js';
import { FactLedger } from './support/ledger-of-facts.js';

const clause = { department: 'finance', code: 'F-1', version: 1 };
const declined = (from: string, to: string, day: string) => ({
  subject: { kind: 'case' as const },
  ...{ from, to, clause, offeredBy: by, offeredAt: on(day), answerBy: day },
  ...{ status: 'declined' as const, answeredBy: by, answeredAt: on(day) },
});

/** Granted in three days: two steps side by side, what could be shared was. */
const smooth = filedCase('0001', '2026-06-01', 'DELIVERED', {
  steps: [
    step('finance', {
      startedAt: on('2026-06-01'),
      dueOn: '2026-06-04',
      answeredAt: on('2026-06-02'),
    }),
    step('establishment', {
      ...{ startedAt: on('2026-06-01'), dueOn: '2026-06-02', answeredAt: on('2026-06-03') },
    }),
  ],
  decision: decided('2026-06-04'),
  completedAt: on('2026-06-04'),
  deliveryForm: 'web',
  dueOn: '2026-06-10',
});
/** A notice, three days of a hearing, headcount on a document, twice thrown back, a day late. */
const rough = filedCase('0002', '2026-06-01', 'COMPLETED', {
  materials: [held('application'), held('headcount')],
  notices: [{ items: [], at: on('2026-06-01'), limit: days(5), dueOn: '2026-06-08' }],
  pauses: [
    {
      ...{ no: 1, procedure: 'hearing', law: '行政许可法', clause: '第四十六条', limit: days(3) },
      ...{ notice: digest, startedBy: by, startedAt: on('2026-06-02') },
      ...{ from: '2026-06-02', to: '2026-06-05', plannedTo: '2026-06-05' },
    },
  ],
  steps: [
    step('finance', {
      startedAt: on('2026-06-02'),
      dueOn: '2026-06-10',
      answeredAt: on('2026-06-08'),
    }),
  ],
  handovers: [
    declined('offices', 'finance', '2026-06-03'),
    declined('offices', 'data', '2026-06-04'),
  ],
  bounces: 2,
  extension: {
    ...{ limit: days(2), reasonCode: 'survey', grounds: digest },
    ...{ requestedBy: by, requestedAt: on('2026-06-08') },
    approval: { by: head, at: on('2026-06-09'), notice: digest },
  },
  decision: decided('2026-06-12'),
  completedAt: on('2026-06-12'),
  dueOn: '2026-06-11',
});
/** A village's case that nobody finished: its limit ran out. */
const forgotten = filedCase('0003', '2026-06-01', 'IN_REVIEW', {
  applicant: 'village',
  parties: ['offices', 'village'],
  acceptance: { how: 'deemed', by, at: on('2026-06-09'), on: '2026-06-01' },
  steps: [
    step('establishment', {
      ...{ status: 'open', startedAt: on('2026-06-01'), dueOn: '2026-06-04' },
      lapse: { kind: 'escalate', by, at: on('2026-06-05') },
    }),
  ],
  dueOn: '2026-06-05',
});
const withinLimit = filedCase('0004', '2026-06-20', 'IN_REVIEW', { dueOn: '2026-06-30' });
const withdrawn = filedCase('0005', '2026-06-02', 'WITHDRAWN', { dueOn: '2026-06-04' });
/** Completed in May on its last day, by consent out of silence, handed out at a window; corrected since. */
const atWindow = filedCase('0006', '2026-05-20', 'DELIVERED', {
  steps: [
    step('finance', {
      ...{ startedAt: on('2026-05-20'), dueOn: '2026-05-25', answeredAt: on('2026-05-27') },
      lapse: { kind: 'defaultAgree', policyDocument: '文件', by, at: on('2026-05-27') },
    }),
  ],
  decision: decided('2026-05-30'),
  completedAt: on('2026-05-30'),
  deliveryForm: 'window',
  dueOn: '2026-05-30',
  flags: [{ code: 'correction', seq: 9 }],
});
/** Granted in time; the decision was revoked. */
const revoked = filedCase('0007', '2026-06-03', 'DECISION_REVOKED', {
  decision: decided('2026-06-06'),
  completedAt: on('2026-06-06'),
  dueOn: '2026-06-08',
});
const history = [smooth, rough, forgotten, withinLimit, withdrawn, atWindow, revoked];

const registry: Readonly<Record<string, DepartmentRecord>> = {
  data: department('data', { systemId: 'data-platform' }),
  offices: department('offices', { systemId: 'offices-oa' }),
  finance: department('finance'),
  establishment: department('establishment'),
  village: department('village', { level: 'village', regionCode: '331121105201' }),
};

const factsOf = (record: CaseRecord, matter = content()) =>
  caseFacts(record, { matter, department: (id) => registry[id] });

describe('figures of cases', () => {
  let ledger: FactLedger;

  before(async () => {
    ledger = await FactLedger.open(
      history.flatMap((record) => factsOf(record)),
      '2026-06-25',
    );
  });

  after(() => ledger.close());

  it('count as once what needed no notice, at most one trip, and stands', async () => {
    expect(await ledger.numbers('once-rate')).to.deep.equal([1, 3, 0.3333]);
    const may = { from: '2026-05-01', to: '2026-05-31' };
    expect(await ledger.numbers('once-rate', may)).to.deep.equal([1, 1, 1]);
    const both = { from: '2026-05-01' };
    expect(await ledger.groups('once-rate', 'month', both)).to.deep.equal({
      '2026-05': 1,
      '2026-06': 0.3333,
    });
  });

  it('count as zero-run what needed no trip, no paper, and shared what could be shared', async () => {
    expect(await ledger.numbers('zero-run-rate')).to.deep.equal([1, 3, 0.3333]);
    const may = { from: '2026-05-01', to: '2026-05-31' };
    expect(await ledger.numbers('zero-run-rate', may), 'at a window').to.deep.equal([0, 1, 0]);
    expect(await ledger.numbers('trips-per-case', may)).to.deep.equal([1, 1, 1]);
    const onPaper = { ...smooth, materials: [...smooth.materials, held('map')] };
    const other = await FactLedger.open(factsOf(onPaper), '2026-06-25');
    expect(await other.numbers('zero-run-rate'), 'a map on paper').to.deep.equal([0, 1, 0]);
    await other.close();
  });

  it('count an open case as missed once its limit is over, and not before; one withdrawn in time never', async () => {
    expect(await ledger.numbers('on-time-rate')).to.deep.equal([2, 4, 0.5]);
    expect(await ledger.numbers('overdue-open')).to.deep.equal([1, null, 1]);
    const onItsLastDay = { today: '2026-06-05' };
    expect(await ledger.numbers('overdue-open', onItsLastDay)).to.deep.equal([0, null, 0]);
    const later = { today: '2026-07-01' };
    expect(await ledger.numbers('on-time-rate', later)).to.deep.equal([2, 5, 0.4]);
  });

  it('count a case as missed that was withdrawn after its limit, on the day of its end', async () => {
    const late = {
      ...{ what: 'finish' as const, department: 'offices' },
      ...{ startedOn: '2026-06-02', dueOn: '2026-06-04' },
      ...{ limitDays: 2, endedAt: on('2026-06-09'), late: true },
    };
    const persuaded = { ...withdrawn, endedClocks: [late] };
    const other = await FactLedger.open(factsOf(persuaded), '2026-06-25');
    expect(await other.numbers('on-time-rate')).to.deep.equal([0, 1, 0]);
    expect(await other.numbers('overdue-open')).to.deep.equal([0, null, 0]);
    await other.close();
  });

  it('hold an on-the-spot item to its instant', async () => {
    const record = { ...smooth, dueOn: '2026-06-04' };
    const spot = (dueAt: string) =>
      FactLedger.open(factsOf({ ...record, dueAt: `2026-06-04T${dueAt}.000Z` }), '2026-06-25');
    for (const [dueAt, kept] of [
      ['01:00:00', 1],
      ['00:59:59', 0],
    ] as const) {
      const other = await spot(dueAt);
      expect(await other.numbers('on-time-rate'), dueAt).to.deep.equal([kept, 1, kept]);
      await other.close();
    }
  });

  it('keep the last day of a limit as in time', async () => {
    const may = { from: '2026-05-01', to: '2026-05-31' };
    expect(await ledger.numbers('on-time-rate', may)).to.deep.equal([1, 1, 1]);
  });

  it('have no value where there is nothing to divide by', async () => {
    const april = { from: '2026-04-01', to: '2026-04-30' };
    for (const id of ['once-rate', 'on-time-rate', 'all-signed', 'bounces-per-case']) {
      expect(await ledger.numbers(id, april), id).to.deep.equal([0, 0, null]);
    }
    expect(await ledger.figure('step-dwell', april)).to.include({
      value: null,
      p90: null,
      facts: 0,
    });
  });

  it('tell a department’s own signature from its silence', async () => {
    expect(await ledger.numbers('all-signed')).to.deep.equal([2, 2, 1]);
    const may = { from: '2026-05-01', to: '2026-05-31' };
    expect(await ledger.numbers('all-signed', may)).to.deep.equal([0, 1, 0]);
  });

  it('give dwell times by department and step, without the days of a special procedure', async () => {
    // 24 and 72 hours at finance (144 less three days), 48 at the Establishment Office.
    expect(await ledger.figure('step-dwell')).to.include({ value: 48, p90: 72, denominator: 3 });
    expect(await ledger.groups('step-dwell', 'department')).to.deep.equal({
      establishment: 48,
      finance: 24,
    });
    expect(await ledger.groups('step-dwell', 'step', { department: 'finance' })).to.deep.equal({
      'T1/finance': 24,
    });
    expect(await ledger.numbers('steps-late')).to.deep.equal([1, 3, 0.3333]);
  });

  it('count bounces under who declined, and per case', async () => {
    expect(await ledger.groups('bounces', 'department')).to.deep.equal({ data: 1, finance: 1 });
    expect(await ledger.numbers('bounces-per-case')).to.deep.equal([2, 6, 0.3333]);
    expect(await ledger.numbers('cases-bounced-again')).to.deep.equal([1, null, 1]);
  });

  it('count materials saved, fields typed and documents handed in', async () => {
    expect(await ledger.numbers('materials-saved')).to.deep.equal([2, null, 2]);
    expect(await ledger.numbers('materials-shared-rate')).to.deep.equal([2, 6, 0.3333]);
    expect(await ledger.numbers('fields-per-case')).to.deep.equal([12, 6, 2]);
    expect(await ledger.numbers('documents-per-case')).to.deep.equal([7, 6, 1.1667]);
  });

  it('tell grass-roots and upward cases by the levels of the departments', async () => {
    expect(await ledger.numbers('grass-roots-cases')).to.deep.equal([1, 6, 0.1667]);
    expect(await ledger.numbers('grass-roots-on-time')).to.deep.equal([0, 1, 0]);
    expect(await ledger.numbers('upward-on-time')).to.deep.equal([0, 1, 0]);
  });

  it('count the five crossings of those who say what they are', async () => {
    expect(await ledger.numbers('cross-level')).to.deep.equal([1, 6, 0.1667]);
    expect(await ledger.numbers('cross-region')).to.deep.equal([1, 6, 0.1667]);
    expect(await ledger.numbers('cross-department')).to.deep.equal([6, 6, 1]);
    expect(await ledger.numbers('cross-system')).to.deep.equal([5, 6, 0.8333]);
    expect(await ledger.numbers('cross-business'), 'nobody says').to.deep.equal([0, 0, null]);
    const lines = content({ businessLine: 'premises' });
    const [first, ...rest] = lines.flow;
    const flow = [{ ...first!, businessLine: 'funds' }, ...rest];
    const crossing = factsOf(smooth, { ...lines, flow });
    const other = await FactLedger.open([...crossing, ...factsOf(withdrawn, lines)], '2026-06-25');
    expect(await other.numbers('cross-business')).to.deep.equal([1, 2, 0.5]);
    await other.close();
  });

  it('count lapses, deemed acceptances and exceptions with their two signers', async () => {
    expect(await ledger.groups('steps-lapsed', 'outcome')).to.deep.equal({ escalate: 1 });
    expect(await ledger.numbers('deemed-acceptances')).to.deep.equal([1, null, 1]);
    expect(await ledger.groups('exceptions', 'reason')).to.deep.equal({ survey: 1 });
    expect(await ledger.numbers('exceptions-two-signers')).to.deep.equal([1, 1, 1]);
  });

  it('compare the whole with the sum of its steps, and tell those side by side', async () => {
    expect(await ledger.numbers('parallel-rate')).to.deep.equal([2, 3, 0.6667]);
    // 72 of the smooth case; 264 less three days of the rough one. Steps: 24 + 48 and 72.
    expect(await ledger.numbers('elapsed-to-steps')).to.deep.equal([264, 144, 1.8333]);
  });

  it('list the cases behind them to those who may see them, and say how many are not shown', async () => {
    const all = await ledger.behind('on-time-rate', 'offices');
    expect([all.ids.length, all.total, all.notShown]).to.deep.equal([4, 4, 0]);
    const missed = await ledger.behind('on-time-rate', 'finance', 'no');
    // There are two: whoever may not see both is not told so.
    expect(missed).to.deep.equal({ ids: [rough.caseNo], total: 1, notShown: 0 });
  });
});

describe('elapsed hours', () => {
  it('leave out the days after a pause’s first up to its last, each once', () => {
    const pauses = [
      { from: '2026-06-02', to: '2026-06-05' },
      { from: '2026-06-03', to: '2026-06-04' },
    ];
    expect(hoursBetween(on('2026-06-02'), on('2026-06-08'), pauses)).to.equal(72);
    expect(hoursBetween(on('2026-06-06'), on('2026-06-08'), pauses), 'over').to.equal(48);
    expect(hoursBetween(on('2026-06-01'), on('2026-06-04'), pauses), 'within').to.equal(39);
  });
});

describe('percentiles', () => {
  it('are the nearest rank', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect([percentile(values, 50), percentile(values, 90)]).to.deep.equal([5, 9]);
    expect([percentile([7], 50), percentile([7], 90), percentile([], 90)]).to.deep.equal([
      7,
      7,
      null,
    ]);
  });
});
