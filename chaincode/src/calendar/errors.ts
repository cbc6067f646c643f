import { cite } from '../kernel/citation';
import { licensing, holidays, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about calendars refuse. */
export const errors = {
  CALENDAR_MISSING: {
    zh: '缺少 {year} 年的工作日历，不能计算期限。',
    en: 'A limit reaches {year}, whose working calendar is not in force.',
    next: {
      zh: '请政务数据共享主管部门提交、另一部门确认。',
      en: 'The lead authority proposes it, another department confirms.',
    },
    acts: ['calendar.import', 'calendar.confirm'],
    basis: [cite(holidays), cite(licensing, 82)],
  },
  CALENDAR_INVALID: {
    zh: '{year} 年工作日历存在冲突，或者放假、补班的天数超出国家统一安排可能的范围。',
    en: 'The working calendar of {year} contradicts itself, or has more days off or worked weekends than a national arrangement can have.',
    causes: {
      otherYear: { zh: '{date} 不在 {year} 年内。', en: '{date} is not in {year}.' },
      listedTwice: {
        zh: '{date} 重复列出（同一日既为休息日又为上班日等）。',
        en: '{date} is listed twice.',
      },
      makeUpOnWeekday: {
        zh: '{date} 不是周末，不能列为补班日。',
        en: '{date} is no weekend: it is not made up for.',
      },
      tooManyDaysOff: {
        zh: '{year} 年在工作日放假 {weekdaysOff} 天，超出国家统一安排可能的范围。',
        en: '{year} has {weekdaysOff} weekdays off, more than a national arrangement can have.',
      },
      tooManyMakeUpDays: {
        zh: '{year} 年周末补班 {worked} 天，超出国家统一安排可能的范围。',
        en: '{year} has {worked} worked weekend days, more than a national arrangement can have.',
      },
    },
    next: {
      zh: '请与放假通知核对后重新提交。',
      en: 'Compare it with the notice and send it again.',
    },
    acts: ['calendar.import'],
    basis: [cite(holidays, 2, 6, 7)],
  },
} satisfies ContractErrorMeanings;
