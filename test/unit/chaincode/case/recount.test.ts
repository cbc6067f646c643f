import type { CaseRecord } from '@yici/domain/model';
import { caseClocks } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  calendars,
  caseNo,
  expectRefusal,
  foundEverything,
  morning,
  receivedCase,
  submission,
  taskCode,
} from '../support/story.js';
import {
  acceptedCase,
  declare,
  declaringNotice as notice,
  grantedPromise,
  hearing,
  march,
  promisedCaseNo,
} from '../support/timed.js';

/** The calendar of 2026 with more days off and worked weekends. */
const changed = (off: string[], worked: string[] = []) => ({
  offDays: [...calendars[2026].offDays, ...off],
  makeUpDays: [...calendars[2026].makeUpDays, ...worked],
});

describe('a holiday announced after a limit began to run', () => {
  let ledger: RuleLedger;
  const recount = async (at = march(5), year = 2026) =>
    (await ledger.run('case.recount', { caseNo, year }, by('finance.clerk1', at))) as CaseRecord;
  const dues = (record: CaseRecord) => caseClocks(record).map(({ dueOn }) => dueOn);

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('moves due dates only by a recorded act: who, on which notice, what before and after', async () => {
    await acceptedCase(ledger);
    await declare(ledger, 2026, changed(['2026-03-10'], ['2026-03-08']), march(4));
    expect(ledger.get('case', caseNo)?.dueOn).to.equal('2026-03-12');
    const record = await recount();
    expect(record).to.include({ dueOn: '2026-03-13', statutoryDueOn: '2026-04-01' });
    expect(record.recounts).to.deep.equal([
      {
        ...{ year: 2026, from: 1, to: 2, notice, at: march(5) },
        by: { department: 'finance', role: 'clerk', user: 'finance.clerk1' },
        moved: [
          { what: 'finish', before: '2026-03-12', after: '2026-03-13' },
          { what: 'statutory', before: '2026-03-31', after: '2026-04-01' },
        ],
      },
    ]);
    expect(record.calendars).to.deep.equal([
      { year: 2026, version: 1, later: { version: 2, daysOff: ['2026-03-10'] } },
    ]);
    await expectRefusal(ledger, 'RECOUNT_NOTHING', () => recount());
  });

  it('goes on counting with them: a special procedure, an early end, another correction', async () => {
    await acceptedCase(ledger);
    await declare(ledger, 2026, changed(['2026-03-10']), march(4));
    await recount();
    const clerk = by('offices.clerk1', march(5));
    await ledger.run('case.startSpecialProcedure', hearing(caseNo, 2), clerk);
    expect(ledger.get('case', caseNo)?.dueOn).to.equal('2026-03-17');
    await ledger.run('case.endSpecialProcedure', { caseNo, no: 1 }, clerk);
    expect(ledger.get('case', caseNo)?.dueOn).to.equal('2026-03-13');
    await declare(ledger, 2026, changed(['2026-03-10', '2026-03-11']), march(6));
    const again = await recount(march(6));
    expect(again).to.include({ dueOn: '2026-03-16' });
    expect(again.calendars[0]?.later).to.deep.equal({
      version: 3,
      daysOff: ['2026-03-10', '2026-03-11'],
    });
  });

  it('never makes a limit shorter: worked weekends, and days off taken back, do not count', async () => {
    await acceptedCase(ledger);
    await declare(ledger, 2026, changed([], ['2026-03-07', '2026-03-08']), march(4));
    await expectRefusal(ledger, 'RECOUNT_NOTHING', () => recount());
    expect(ledger.get('case', caseNo)?.dueOn).to.equal('2026-03-12');
  });

  it('makes nothing timely that was missed: days before its confirmation are none of it', async () => {
    await acceptedCase(ledger);
    await declare(ledger, 2026, changed(['2026-03-10', '2026-03-11']), march(16));
    await expectRefusal(ledger, 'RECOUNT_NOTHING', () => recount(march(16)));
  });

  it('moves the reply, and what follows the decision, as well', async () => {
    await receivedCase(ledger);
    await declare(ledger, 2026, changed(['2026-03-06']), march(3));
    expect(dues(await recount(march(4)))).to.deep.equal(['2026-03-10']);
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await grantedPromise(ledger);
    await declare(ledger, 2026, changed(['2026-03-10']), march(6));
    const record = (await ledger.run(
      'case.recount',
      { caseNo: promisedCaseNo, year: 2026 },
      by('offices.clerk1', march(6)),
    )) as CaseRecord;
    const moved = record.recounts?.[0]?.moved.map(({ what }) => what);
    expect(moved).to.deep.equal(['finish', 'statutory', 'deliver', 'inspect']);
  });

  it('needs a calendar in force, and a case that counted with that year', async () => {
    await acceptedCase(ledger);
    await expectRefusal(ledger, 'CALENDAR_MISSING', () => recount(march(5), 2027));
    await expectRefusal(ledger, 'RECOUNT_NOTHING', () => recount(march(5), 2025));
    await ledger.run('case.withdraw', { caseNo, reasonCode: 'other' }, by('hrss.clerk1', march(5)));
    await expectRefusal(ledger, 'CASE_CLOSED', () => recount());
  });
});

describe('a limit that reaches into a year whose calendar is not declared yet', () => {
  const own = { caseNo: `${taskCode}-20261221-0001` };
  const december = (day: number) => morning(`2026-12-${day.toString()}`);
  let ledger: RuleLedger;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await ledger.run('case.submit', { ...submission(), ...own }, by('hrss.clerk1', december(21)));
    await ledger.run('case.receive', own, by('offices.clerk1', december(21)));
    await ledger.run('case.accept', own, by('offices.clerk1', december(22)));
  });

  it('is counted by the plain week and marked, and stops nobody in autumn', () => {
    const record = ledger.get('case', own.caseNo)!;
    expect(record).to.include({ dueOn: '2026-12-31', statutoryDueOn: '2027-01-19' });
    expect(record.calendars).to.deep.equal([
      { year: 2026, version: 1 },
      { year: 2027, version: 0 },
    ]);
  });

  it('is fixed by a recorded act once the calendar is declared', async () => {
    const days = { offDays: ['2027-01-01'], makeUpDays: ['2027-01-09'] };
    await declare(ledger, 2027, days, december(28));
    const act = { ...own, year: 2027 };
    const record = (await ledger.run(
      'case.recount',
      act,
      by('offices.service1', december(28)),
    )) as CaseRecord;
    expect(record).to.include({ dueOn: '2026-12-31', statutoryDueOn: '2027-01-20' });
    expect(record.recounts?.[0]).to.deep.include({
      ...{ year: 2027, from: 0, to: 1 },
      moved: [{ what: 'statutory', before: '2027-01-19', after: '2027-01-20' }],
    });
    await expectRefusal(ledger, 'RECOUNT_NOTHING', () =>
      ledger.run('case.recount', act, by('offices.clerk1', december(28))),
    );
  });

  it('takes of a correction of that calendar no day before its confirmation', async () => {
    const days = { offDays: ['2027-01-01'], makeUpDays: [] };
    await declare(ledger, 2027, days, december(28));
    const act = { ...own, year: 2027 };
    await ledger.run('case.recount', act, by('offices.clerk1', december(28)));
    const late = morning('2027-01-25');
    await declare(ledger, 2027, { ...days, offDays: ['2027-01-01', '2027-01-15'] }, late);
    await expectRefusal(ledger, 'RECOUNT_NOTHING', () =>
      ledger.run('case.recount', act, by('offices.clerk1', late)),
    );
  });

  it('still needs the calendar of the year in which it is acted', async () => {
    const late = { ...submission(), caseNo: `${taskCode}-20270104-0001` };
    await expectRefusal(ledger, 'CALENDAR_MISSING', () =>
      ledger.run('case.submit', late, by('hrss.clerk1', morning('2027-01-04'))),
    );
  });
});
