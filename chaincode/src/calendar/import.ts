import type { CommandInput } from '../kernel/commands';
import type { FunctionHolderRecord } from '../department/records';
import type { Rule } from '../kernel/caller';
import { actorOf, eventOf, holderOf, requireDepartment } from '../kernel/caller';
import { canonicalDigest } from '../kernel/canonical';
import { isWeekend, yearOf } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { declaredOnceDays, nationalHolidayDays } from '../kernel/legal-limits';
import type { CalendarRecord, CalendarVersionRecord } from './records';

export interface ImportCalendarState {
  readonly leadAuthority: FunctionHolderRecord | undefined;
  readonly calendar: CalendarRecord | undefined;
}

/**
 * The lead authority proposes the State Council's arrangement of one year; a correction is the next version. Days of a
 * neighbouring year that the same notice moves belong into that year's calendar.
 * @throws ContractError FUNCTION_VACANT, WRONG_DEPARTMENT, CALENDAR_INVALID
 */
export const importCalendar: Rule<'calendar.import', ImportCalendarState, CalendarVersionRecord> = (
  state,
  input,
  member,
) => {
  requireDepartment(member, holderOf('leadAuthority', state.leadAuthority).department);
  checkDays(input);
  const version = (state.calendar?.latest ?? 0) + 1;
  const { year, days, notice } = input;
  const main: CalendarVersionRecord = {
    kind: 'calendarVersion',
    v: 1,
    year,
    version,
    status: 'proposed',
    days,
    notice,
    contentDigest: canonicalDigest({ year, days, notice }),
    proposedBy: actorOf(member),
    proposedAt: member.at,
  };
  return {
    main,
    also: [{ kind: 'calendar', v: 1, year, ...state.calendar, latest: version }],
    event: { ...eventOf('calendar.import', member, member.at), year, version },
  };
};

function checkDays({ year, days }: CommandInput<'calendar.import'>): void {
  const refuse = (problem: string, date: string) => {
    throw new ContractError('CALENDAR_INVALID', { year, problem, date });
  };
  const seen = new Set<string>();
  for (const date of [...days.offDays, ...days.makeUpDays]) {
    if (yearOf(date) !== year) refuse('otherYear', date);
    if (seen.has(date)) refuse('listedTwice', date);
    seen.add(date);
  }
  for (const date of days.makeUpDays) if (!isWeekend(date)) refuse('makeUpOnWeekday', date);
  checkNumbers({ year, days });
}

/**
 * Weekdays off are the holidays of all citizens, and those that weekend days are worked for; a weekend day is worked only
 * for one. Without these bounds two departments could stop all clocks for a year, or have limits run through weekends.
 */
function checkNumbers({
  year,
  days,
}: Pick<CommandInput<'calendar.import'>, 'year' | 'days'>): void {
  const weekdaysOff = days.offDays.filter((date) => !isWeekend(date)).length;
  const worked = days.makeUpDays.length;
  if (weekdaysOff > nationalHolidayDays + worked + declaredOnceDays) {
    throw new ContractError('CALENDAR_INVALID', { year, problem: 'tooManyDaysOff', weekdaysOff });
  }
  if (worked > weekdaysOff + declaredOnceDays) {
    throw new ContractError('CALENDAR_INVALID', { year, problem: 'tooManyMakeUpDays', worked });
  }
}
