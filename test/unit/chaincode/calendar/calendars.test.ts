import { canonicalDigest, isWeekend, shiftDate } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  calendars,
  department,
  documentOf,
  expectRefusal,
  foundRegistry,
  importCalendar,
} from '../support/story.js';

describe('working calendars', () => {
  let ledger: RuleLedger;
  const { offDays, makeUpDays } = calendars[2026];
  const days = { offDays: [...offDays], makeUpDays: [...makeUpDays] };
  const notice = documentOf('国办发明电〔2025〕7号');
  const content = { year: 2026, days, notice };
  const contentDigest = canonicalDigest(content);

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundRegistry(ledger);
  });

  it('are proposed by the lead authority and come into force by another department’s head', async () => {
    await ledger.run('calendar.import', content, by('data.clerk1'));
    expect(ledger.get('calendar', '2026')?.inForce).to.equal(undefined);
    await ledger.run(
      'calendar.confirm',
      { year: 2026, version: 1, contentDigest },
      by('hrss.head1'),
    );
    expect(ledger.get('calendar', '2026')?.inForce?.version).to.equal(1);
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run(
        'calendar.confirm',
        { year: 2026, version: 1, contentDigest },
        by('finance.head1'),
      ),
    );
  });

  it('are refused from another department, by the proposer’s own head, and under another digest', async () => {
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('calendar.import', content, by('hrss.clerk1')),
    );
    await ledger.run('calendar.import', content, by('data.clerk1'));
    const confirm = { year: 2026, version: 1, contentDigest };
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run('calendar.confirm', confirm, by('data.head1')),
    );
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('calendar.confirm', confirm, by('hrss.clerk1')),
    );
    await expectRefusal(ledger, 'DIGEST_MISMATCH', () =>
      ledger.run(
        'calendar.confirm',
        { ...confirm, contentDigest: '0'.repeat(64) },
        by('hrss.head1'),
      ),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('calendar.confirm', { ...confirm, version: 2 }, by('hrss.head1')),
    );
  });

  it('are refused when no lead authority is in force', async () => {
    const empty = new RuleLedger();
    await empty.run('department.register', department('data'), by('data.admin'));
    await expectRefusal(empty, 'FUNCTION_VACANT', () =>
      empty.run('calendar.import', content, by('data.clerk1')),
    );
  });

  it('are refused when they contradict themselves', async () => {
    const wrong: [problem: string, days: typeof days][] = [
      ['otherYear', { ...days, offDays: ['2027-01-01'] }],
      ['makeUpOnWeekday', { ...days, makeUpDays: ['2026-03-04'] }],
      ['listedTwice', { ...days, makeUpDays: ['2026-02-15'] }],
      ['listedTwice', { ...days, offDays: [...days.offDays, '2026-05-01'] }],
    ];
    for (const [problem, broken] of wrong) {
      const details = await expectRefusal(ledger, 'CALENDAR_INVALID', () =>
        ledger.run('calendar.import', { ...content, days: broken }, by('data.clerk1')),
      );
      expect(details['problem']).to.equal(problem);
    }
  });

  it('are refused with more days off, or more worked weekends, than a national arrangement can have', async () => {
    const every = (wanted: boolean) =>
      Array.from({ length: 365 }, (_, day) => shiftDate('2026-01-01', day)).filter(
        (date) => isWeekend(date) === wanted,
      );
    const weekdays = every(false);
    const wrong: [problem: string, days: typeof days][] = [
      ['tooManyDaysOff', { offDays: [...weekdays, ...every(true)], makeUpDays: [] }],
      ['tooManyDaysOff', { offDays: weekdays.slice(0, 18), makeUpDays: [] }],
      ['tooManyDaysOff', { ...days, offDays: [...days.offDays, ...weekdays.slice(40, 45)] }],
      ['tooManyMakeUpDays', { offDays: weekdays.slice(0, 1), makeUpDays: every(true).slice(0, 6) }],
    ];
    for (const [problem, broken] of wrong) {
      const details = await expectRefusal(ledger, 'CALENDAR_INVALID', () =>
        ledger.run('calendar.import', { ...content, days: broken }, by('data.clerk1')),
      );
      expect(details['problem']).to.equal(problem);
    }
    const most = { offDays: weekdays.slice(0, 17), makeUpDays: [] };
    await ledger.run('calendar.import', { ...content, days: most }, by('data.clerk1'));
    for (const year of [2025, 2026] as const) {
      const real = {
        offDays: [...calendars[year].offDays],
        makeUpDays: [...calendars[year].makeUpDays],
      };
      await ledger.run('calendar.import', { year, days: real, notice }, by('data.clerk1'));
    }
  });

  it('are corrected by a next version; an older one cannot come back', async () => {
    await importCalendar(ledger, 2026);
    await ledger.run('calendar.import', content, by('data.clerk1'));
    await ledger.run('calendar.import', content, by('data.clerk1'));
    await ledger.run(
      'calendar.confirm',
      { year: 2026, version: 3, contentDigest },
      by('hrss.head1'),
    );
    expect(ledger.get('calendarVersion', '2026', '000001')?.status).to.equal('superseded');
    expect(ledger.get('calendar', '2026')?.inForce?.version).to.equal(3);
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('calendar.confirm', { year: 2026, version: 2, contentDigest }, by('hrss.head1')),
    );
  });
});
