import type { CaseRecord } from '@yici/domain/model';
import { expect } from 'chai';
import {
  voucher,
  declined,
  finishClock,
  smooth,
  rough,
  forgotten,
  withinLimit,
  withdrawn,
  atWindow,
  history,
  factsOf,
} from './support/cases-of-june.js';
import { by, decided, digest, head, on } from './support/history.js';
import { FactLedger } from './support/ledger-of-facts.js';

describe('figures of what became of cases', () => {
  let ledger: FactLedger;

  before(async () => {
    ledger = await FactLedger.open(
      history.flatMap((record) => factsOf(record)),
      '2026-06-25',
    );
  });

  after(() => ledger.close());

  it('count a withdrawn case on the day of its end: as kept before its limit, as missed after it', async () => {
    const early = { ...withdrawn, endedClocks: [finishClock('offices', '2026-06-03', false)] };
    const late = {
      ...{ ...withdrawn, caseNo: 'T1-20260602-0009' },
      endedClocks: [finishClock('offices', '2026-06-09', true)],
    };
    const other = await FactLedger.open([...factsOf(early), ...factsOf(late)], '2026-06-25');
    expect(await other.numbers('on-time-rate')).to.deep.equal([1, 2, 0.5]);
    expect(await other.groups('on-time-rate', 'how')).to.deep.equal({ WITHDRAWN: 0.5 });
    expect(await other.numbers('on-time-rate', { to: '2026-06-04' })).to.deep.equal([1, 1, 1]);
    expect(await other.numbers('overdue-open')).to.deep.equal([0, null, 0]);
    await other.close();
  });

  it('leave a missed limit with who missed it, and let a hand-over in time count for nobody', async () => {
    const handedOver = (late: boolean): CaseRecord => ({
      ...smooth,
      owner: 'finance',
      acceptance: { ...smooth.acceptance!, on: '2026-06-02' },
      endedClocks: [
        finishClock('offices', '2026-06-05', late),
        finishClock('finance', '2026-06-09', true),
      ],
    });
    for (const [late, department] of [
      [true, 'offices'],
      [false, 'finance'],
    ] as const) {
      const other = await FactLedger.open(factsOf(handedOver(late)), '2026-06-25');
      expect(await other.groups('on-time-rate', 'department')).to.deep.equal({ [department]: 0 });
      await other.close();
    }
  });

  it('keep what was missed before a case was opened for a new decision', async () => {
    const again: CaseRecord = {
      ...{ ...smooth, state: 'IN_REVIEW', dueOn: '2026-06-30' },
      acceptance: { ...smooth.acceptance!, on: '2026-06-20' },
      endedClocks: [finishClock('offices', '2026-06-09', true)],
    };
    const other = await FactLedger.open(factsOf(again), '2026-06-25');
    expect(await other.groups('on-time-rate', 'how')).to.deep.equal({ reopened: 0 });
    expect(await other.groups('on-time-rate', 'how', { today: '2026-07-01' })).to.deep.equal({
      ...{ open: 0, reopened: 0 },
    });
    await other.close();
  });

  it('end a step with its case, and count as late what has not ended by its day', async () => {
    expect(await ledger.numbers('steps-late')).to.deep.equal([2, 4, 0.5]);
    const clock = {
      ...finishClock('establishment', '2026-06-03', false),
      what: 'opinion' as const,
    };
    const gone: CaseRecord = {
      ...{ ...withdrawn, steps: [{ ...forgotten.steps[0]!, status: 'open' }] },
      endedClocks: [{ ...clock, step: 'establishment' }],
    };
    const other = await FactLedger.open(factsOf(gone), '2026-06-25');
    expect(await other.figure('step-dwell')).to.include({ value: 48, denominator: 1 });
    expect(await other.numbers('steps-late')).to.deep.equal([0, 1, 0]);
    await other.close();
  });

  it('count every way of saying that something is not one’s duty, under who said so', async () => {
    expect(await ledger.groups('bounces', 'department')).to.deep.equal({ data: 1, finance: 1 });
    expect(await ledger.numbers('bounces-per-case')).to.deep.equal([2, 6, 0.3333]);
    expect(await ledger.numbers('cases-bounced-again')).to.deep.equal([1, null, 1]);
    const handedOn: CaseRecord = {
      ...forgotten,
      handovers: [
        { ...declined('offices', 'finance', '2026-06-03'), status: 'accepted' },
        { ...declined('finance', 'data', '2026-06-04'), status: 'offered' },
      ],
    };
    const sentAway: CaseRecord = {
      ...{ ...withdrawn, state: 'NOT_ACCEPTED' },
      refusal: { code: 'notCompetent', text: digest },
      refusalAct: { by, at: on('2026-06-03'), promptness: 'withinFiveDays', voucher },
    };
    const facts = [...factsOf(handedOn), ...factsOf(sentAway)];
    const other = await FactLedger.open(facts, '2026-06-25');
    expect(await other.groups('bounces', 'kind')).to.deep.equal({ atTheDoor: 1, handedOn: 1 });
    expect(await other.groups('bounces', 'department')).to.deep.equal({ finance: 1, offices: 1 });
    await other.close();
  });

  it('count lapses, deemed acceptances and exceptions with their two signers', async () => {
    expect(await ledger.groups('steps-lapsed', 'outcome')).to.deep.equal({ escalate: 1 });
    expect(await ledger.numbers('deemed-acceptances')).to.deep.equal([1, null, 1]);
    expect(await ledger.groups('exceptions', 'reason')).to.deep.equal({ siteSurvey: 1 });
    expect(await ledger.numbers('exceptions-two-signers')).to.deep.equal([1, 1, 1]);
  });

  it('count what makes a handling longer or ends it otherwise, by department', async () => {
    const held: CaseRecord = { ...rough, stoppedDays: 3 };
    const notice = rough.notices[0]!;
    const newFact = { ground: 'expiredSince' as const, note: '过期', document: digest };
    const asked: CaseRecord = {
      ...{ ...smooth, notices: [notice, { ...notice, by: head, newFact, at: on('2026-06-03') }] },
    };
    const persuaded: CaseRecord = {
      ...{ ...withdrawn, flags: [{ code: 'withdrawnAfterLimit', seq: 3 }] },
      endedClocks: [finishClock('offices', '2026-06-09', true)],
    };
    const again: CaseRecord = {
      ...withinLimit,
      refiles: { caseNo: persuaded.caseNo, how: 'WITHDRAWN', endedOn: '2026-06-09', late: true },
    };
    const records = [held, asked, persuaded, again, atWindow];
    const other = await FactLedger.open(
      records.flatMap((one) => factsOf(one)),
      '2026-06-25',
    );
    expect(await other.groups('stopped-days', 'department')).to.deep.equal({ offices: 3 });
    expect(await other.groups('second-notices', 'reason')).to.deep.equal({ expiredSince: 1 });
    expect(await other.groups('extensions', 'reason')).to.deep.equal({ siteSurvey: 1 });
    expect(await other.groups('withdrawals-after-limit', 'month')).to.deep.equal({ '2026-06': 1 });
    expect(await other.numbers('refilings')).to.deep.equal([1, null, 1]);
    expect(await other.numbers('refilings-after-lateness')).to.deep.equal([1, null, 1]);
    await other.close();
    for (const id of ['stopped-days', 'second-notices', 'withdrawals-after-limit', 'refilings']) {
      expect(await ledger.numbers(id), id).to.deep.equal([0, null, 0]);
    }
  });

  it('count refusals by their ground and where they were given, a former decision too', async () => {
    const reason = (code: 'notRequired' | 'conditionsNotMet' | 'stillIncomplete') => ({
      ...{ code, text: digest },
    });
    const atTheDoor: CaseRecord = {
      ...{ ...withdrawn, state: 'NOT_ACCEPTED', refusal: reason('notRequired') },
      refusalAct: { by, at: on('2026-06-03'), promptness: 'withinFiveDays', voucher },
    };
    const refused = {
      ...decided('2026-06-04'),
      ...{ outcome: 'refused' as const, reason: reason('conditionsNotMet') },
    };
    const reopening = { ground: 'judgment' as const, document: digest, by: head };
    const twice: CaseRecord = {
      ...{ ...smooth, decision: refused },
      reopenings: [{ ...reopening, at: on('2026-06-10'), decision: refused }],
    };
    const revokedAcceptance: CaseRecord = {
      ...{ ...forgotten, state: 'ACCEPTANCE_REVOKED' },
      revocation: {
        ...{ of: 'acceptance', reason: reason('stillIncomplete'), document: digest, by: head },
        at: on('2026-06-12'),
      },
    };
    const records = [atTheDoor, twice, revokedAcceptance, rough];
    const other = await FactLedger.open(
      records.flatMap((one) => factsOf(one)),
      '2026-06-25',
    );
    expect(await other.groups('refusals', 'reason')).to.deep.equal({
      ...{ conditionsNotMet: 1, notRequired: 1, stillIncomplete: 1 },
    });
    expect(await other.groups('refusals', 'kind')).to.deep.equal({
      ...{ atTheDoor: 1, decision: 1, revocation: 1 },
    });
    await other.close();
  });
});
