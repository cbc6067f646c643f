import { lateActs, type CaseRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { registerDuties } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  morning,
  reason,
  receivedCase,
  submission,
} from '../support/story.js';

const limit = (value: number) => ({ value, unit: 'workingDay' }) as const;
const items = [{ code: 'quote', deficiency: 'unclear' as const }];

describe('the five working days of an answer at the door', () => {
  let ledger: RuleLedger;
  const clerk = (date: string) => by('offices.clerk1', morning(date));
  const applicant = (date: string) => by('hrss.clerk1', morning(date));
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('refuses notice, tolerant acceptance and refusal for the materials after the fifth working day (R4)', async () => {
    await receivedCase(ledger, ['application']);
    const late = clerk('2026-03-10');
    const attempts = [
      () => ledger.run('case.supplementNotice', { caseNo, items, limit: limit(5) }, late),
      () =>
        ledger.run('case.tolerantAccept', { caseNo, tolerated: ['quote'], limit: limit(3) }, late),
      () =>
        ledger.run('case.refuse', { caseNo, reason: { ...reason, code: 'stillIncomplete' } }, late),
    ];
    for (const attempt of attempts) {
      const details = await expectRefusal(ledger, 'NOTICE_TOO_LATE', attempt);
      expect(details).to.include({ replyBy: '2026-03-09', today: '2026-03-10' });
    }
  });

  it('still says after the fifth day that it is not competent or nothing is required, and is marked late', async () => {
    const notMine = { ...reason, code: 'notCompetent', competentOrgan: '财政局' } as const;
    const elsewhere = { caseNo, reason: notMine, clauseOf: 'finance', dutyCode: 'FINANCE-01' };
    const unneeded = { caseNo, reason: { ...reason, code: 'notRequired' } } as const;
    await registerDuties(ledger);
    await receivedCase(ledger, ['application']);
    for (const refusal of [elsewhere, unneeded]) {
      const other = ledger.copy();
      const refused = (await other.run('case.refuse', refusal, clerk('2026-03-10'))) as CaseRecord;
      expect(refused.flags).to.deep.include({ code: 'lateRefusal', seq: 2 });
      expect(refused.refusalAct?.promptness).to.equal('late');
      const late = lateActs(refused).map(({ clock, actedOn }) => [clock.what, actedOn]);
      expect(late).to.deep.equal([['reply', '2026-03-10']]);
    }
    // Silence made nobody competent either.
    await ledger.run(
      'case.deemAccepted',
      { caseNo },
      by('finance.service1', morning('2026-03-10')),
    );
    await expectRefusal(ledger, 'NOTICE_TOO_LATE', () =>
      ledger.run(
        'case.refuse',
        { caseNo, reason: { ...reason, code: 'stillIncomplete' } },
        clerk('2026-03-11'),
      ),
    );
    const gone = (await ledger.run('case.refuse', elsewhere, clerk('2026-03-11'))) as CaseRecord;
    expect(gone).to.include({ state: 'NOT_ACCEPTED', nationalNumber: 5 });
  });

  it('is recorded as given on the spot, within the five days, or late', async () => {
    await receivedCase(ledger);
    for (const [date, promptness] of [
      ['2026-03-02', 'onTheSpot'],
      ['2026-03-09', 'withinFiveDays'],
      ['2026-03-10', 'late'],
    ] as const) {
      const other = ledger.copy();
      const record = (await other.run('case.accept', { caseNo }, clerk(date))) as CaseRecord;
      expect(record.acceptance).to.include({ promptness });
    }
    const record = (await ledger.run(
      'case.supplementNotice',
      { caseNo, items, limit: limit(5) },
      clerk('2026-03-03'),
    )) as CaseRecord;
    expect(record.notices[0]).to.include({ promptness: 'withinFiveDays' });
  });

  it('lets any member record acceptance by silence, from the day of receipt, and not before its time (R4)', async () => {
    await receivedCase(ledger, ['application']);
    await expectRefusal(ledger, 'DEEMED_ACCEPTANCE_NOT_DUE', () =>
      ledger.run('case.deemAccepted', { caseNo }, by('finance.service1', morning('2026-03-09'))),
    );
    const record = (await ledger.run(
      'case.deemAccepted',
      { caseNo },
      by('finance.service1', morning('2026-03-10')),
    )) as CaseRecord;
    expect(record.acceptance).to.deep.include({ how: 'deemed', on: '2026-03-02' });
    expect(record.dueOn).to.equal('2026-03-11');
    expect(record.tolerated).to.deep.equal({
      codes: ['quote'],
      limit: limit(5),
      dueOn: '2026-03-17',
    });
    expect(record.steps[0]?.startedAt).to.equal(morning('2026-03-10'));
    const materials = [{ code: 'quote', document: digestOf('quote') }];
    await ledger.run('case.supplement', { caseNo, materials }, applicant('2026-03-11'));
  });

  it('deems a case accepted that its owner never even received', async () => {
    await ledger.run('case.submit', submission(), applicant('2026-03-02'));
    const record = await ledger.run('case.deemAccepted', { caseNo }, applicant('2026-03-10'));
    expect(record).to.include({ state: 'ACCEPTED' });
  });
});
