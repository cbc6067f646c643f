import type { ContractErrorMeaning } from '../kernel/laws';
import { licensing, holidays } from '../kernel/laws';

/** What the rules about calendars refuse. */
export const calendarErrors = {
  CALENDAR_MISSING: {
    zh: '缺少该年度的工作日历，不能计算期限。',
    en: 'A limit reaches a year whose working calendar is not in force.',
    article: `${holidays}; ${licensing} art 82`,
  },
  CALENDAR_INVALID: {
    zh: '工作日历自相矛盾。',
    en: 'The working calendar contradicts itself.',
    article: `${holidays} art 6`,
  },
} as const satisfies Readonly<Record<string, ContractErrorMeaning>>;

type CalendarErrors = typeof calendarErrors;
declare module '../kernel/errors' {
  interface ContractErrors extends CalendarErrors {}
}
