import { cite } from '../kernel/citation';
import { licensing, holidays, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about calendars refuse. */
export const errors = {
  CALENDAR_MISSING: {
    zh: '缺少该年度的工作日历，不能计算期限，请政务数据共享主管部门提交、另一部门确认。',
    en: 'A limit reaches a year whose working calendar is not in force: the lead authority proposes it, another department confirms.',
    basis: [cite(holidays), cite(licensing, 82)],
  },
  CALENDAR_INVALID: {
    zh: '工作日历自相矛盾，或者放假、补班的天数超出国家统一安排可能的范围，请与放假通知核对后重新提交。',
    en: 'The working calendar contradicts itself, or has more days off or worked weekends than a national arrangement can have: compare it with the notice.',
    basis: [cite(holidays, 2, 6, 7)],
  },
} satisfies ContractErrorMeanings;
