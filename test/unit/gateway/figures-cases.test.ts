import type { CaseRecord } from '@yici/domain/model';
import { hoursBetween, percentile } from '@yici/gateway/testing';
import { expect } from 'chai';
import { smooth, rough, withdrawn, history, factsOf } from './support/cases-of-june.js';
import { content, held, on } from './support/history.js';
import { FactLedger } from './support/ledger-of-facts.js';

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

  it('count trips from acts at a counter, whatever the guide says of them', async () => {
    const onPaper = { ...smooth, materials: [...smooth.materials, held('map')] };
    const fetched = (day: string): CaseRecord => ({
      ...{ ...onPaper, deliveryForm: 'window', deliveredAt: on(day) },
    });
    for (const [record, trips] of [
      [smooth, 0],
      [onPaper, 1],
      [fetched('2026-06-01'), 1],
      [fetched('2026-06-09'), 2],
    ] as const) {
      for (const visits of [0, 9]) {
        const other = await FactLedger.open(factsOf(record, content({ visits })), '2026-06-25');
        expect(await other.numbers('trips-per-case')).to.deep.equal([trips, 1, trips]);
        await other.close();
      }
    }
  });

  it('measure how long cases took, by the version of their matter, beside what was promised', async () => {
    // 3 days each for two of them, 11 less three of a hearing for the other.
    expect(await ledger.figure('handling-days')).to.include({ value: 3, p90: 8, denominator: 3 });
    expect(await ledger.numbers('promised-per-case')).to.deep.equal([21, 3, 7]);
    const faster = { ...smooth, ...{ caseNo: 'T1-20260601-0010', matterVersion: 2 } };
    const facts = [...factsOf(rough), ...factsOf({ ...faster, limits: { promised: 4 } })];
    const other = await FactLedger.open(facts, '2026-06-25');
    expect(await other.groups('handling-days', 'version')).to.deep.equal({ 1: 8, 2: 3 });
    expect(await other.groups('promised-per-case', 'version')).to.deep.equal({ 1: 7, 2: 4 });
    await other.close();
  });

  it('count an open case as missed once its limit is over, and not before', async () => {
    expect(await ledger.numbers('on-time-rate')).to.deep.equal([2, 4, 0.5]);
    expect(await ledger.numbers('overdue-open')).to.deep.equal([1, null, 1]);
    const onItsLastDay = { today: '2026-06-05' };
    expect(await ledger.numbers('overdue-open', onItsLastDay)).to.deep.equal([0, null, 0]);
    const later = { today: '2026-07-01' };
    expect(await ledger.numbers('on-time-rate', later)).to.deep.equal([2, 5, 0.4]);
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
    // 24 and 72 hours at finance (144 less three days); at the Establishment Office 48, and 567 of what goes on: from nine
    // in the morning of 1 June to the end of the 24th.
    expect(await ledger.figure('step-dwell')).to.include({ value: 48, p90: 567, denominator: 4 });
    expect(await ledger.groups('step-dwell', 'department')).to.deep.equal({
      establishment: 48,
      finance: 24,
    });
    expect(await ledger.groups('step-dwell', 'step', { department: 'finance' })).to.deep.equal({
      'T1/finance': 24,
    });
  });

  it('let what has not ended dwell to the end of the period that is asked for, now as ever after', async () => {
    const open = { department: 'establishment', from: '2026-06-04', to: '2026-06-10' };
    for (const today of ['2026-06-25', '2026-08-01']) {
      const found = await ledger.figure('step-dwell', { ...open, today });
      expect(found, today).to.include({ value: 231, denominator: 1 });
    }
    expect(await ledger.groups('step-dwell', 'how', open)).to.deep.equal({ escalate: 231 });
    const onItsFirstDay = { department: 'establishment', today: '2026-06-01' };
    expect(await ledger.groups('step-dwell', 'how', onItsFirstDay)).to.deep.equal({ agree: 48 });
    const months = { department: 'establishment', to: '2026-07-31', today: '2026-08-01' };
    expect(await ledger.groups('step-dwell', 'month', months)).to.deep.equal({
      ...{ '2026-06': 48, '2026-07': 1455 },
    });
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
