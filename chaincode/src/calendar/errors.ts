import { cite } from '../kernel/citation';
import { licensing, holidays, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about calendars refuse. */
export const errors = {
  CALENDAR_MISSING: {
    zh: '缺少该年度的工作日历，不能计算期限。',
    en: 'A limit reaches a year whose working calendar is not in force.',
    basis: [cite(holidays), cite(licensing, 82)],
  },
  CALENDAR_INVALID: {
    zh: '工作日历自相矛盾。',
    en: 'The working calendar contradicts itself.',
    basis: [cite(holidays, 6)],
  },
} satisfies ContractErrorMeanings;
