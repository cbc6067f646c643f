import { createWorkingDayCounter, dateOfDay, dayNumber } from '@yici/domain/rules';
import { ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { calendars } from '../support/story.js';

const counter = () =>
  createWorkingDayCounter((year) => {
    const days = year === 2025 || year === 2026 ? calendars[year] : undefined;
    return days === undefined
      ? undefined
      : { version: 1, days: { offDays: [...days.offDays], makeUpDays: [...days.makeUpDays] } };
  });

describe('working days', () => {
  // DOMAIN.md section 7, by chinese-days 1.5.7; the 1st, 3rd and 6th were checked by hand against the notices.
  const vectors: [start: string, count: number, end: string][] = [
    ['2025-09-25', 10, '2025-10-15'],
    ['2026-02-13', 5, '2026-02-27'],
    ['2026-04-30', 5, '2026-05-11'],
    ['2026-06-17', 3, '2026-06-23'],
    ['2025-12-31', 1, '2026-01-04'],
    ['2026-09-18', 10, '2026-10-09'],
    ['2026-09-18', 20, '2026-10-22'],
    ['2026-10-03', 1, '2026-10-08'],
  ];
  for (const [start, count, end] of vectors) {
    it(`${count} from ${start} end on ${end}`, () => {
      expect(counter().add(start, count)).to.equal(end);
    });
  }

  it('a limit of no days ends on its own day', () => {
    expect(counter().add('2026-10-03', 0)).to.equal('2026-10-03');
  });

  it('a count that reaches a year without a calendar is refused and says which year', () => {
    try {
      counter().add('2026-12-31', 1);
      expect.fail('counted without a calendar');
    } catch (error) {
      expect(error).to.be.instanceOf(ContractError);
      expect(error).to.include({ code: 'CALENDAR_MISSING' });
      expect((error as ContractError).details).to.deep.equal({ year: 2027 });
    }
  });

  it('remembers the calendars it used, by year', () => {
    const used = counter();
    used.add('2025-12-31', 1);
    expect(used.used()).to.deep.equal([{ year: 2026, version: 1 }]);
    used.add('2025-12-30', 1);
    expect(used.used().map(({ year }) => year)).to.deep.equal([2025, 2026]);
  });

  it('ends on a working day, and as many working days lie between as were counted', () => {
    const first = dayNumber('2025-01-01');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 1, max: 60 }),
        (offset, count) => {
          const days = counter();
          const start = dateOfDay(first + offset);
          const end = days.add(start, count);
          expect(days.isWorkingDay(end)).to.equal(true);
          let between = 0;
          for (let day = dayNumber(start) + 1; day <= dayNumber(end); day += 1) {
            if (days.isWorkingDay(dateOfDay(day))) between += 1;
          }
          expect(between).to.equal(count);
        },
      ),
    );
  });
});
