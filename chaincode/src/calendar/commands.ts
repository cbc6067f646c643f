import { z } from 'zod';
import { command, heads, officials, query } from '../kernel/operation';
import { documentRef, sha256Hex, version, year } from '../kernel/scalars';
import { calendarDays, calendarVersionRecord } from './records';

const calendars = { plural: 'calendars', key: 'year' } as const;

export const importCalendarInput = z.strictObject({
  year,
  days: calendarDays,
  notice: documentRef,
});
export const confirmCalendarInput = z.strictObject({ year, version, contentDigest: sha256Hex });

export const commands = {
  'calendar.import': command({
    of: calendars,
    creates: true,
    input: importCalendarInput,
    output: calendarVersionRecord,
    roles: officials,
    summary: {
      zh: '政务数据共享主管部门提交年度工作日历',
      en: "The lead authority proposes a year's working calendar",
    },
    leadsTo: 'confirmCalendar',
  }),
  'calendar.confirm': command({
    of: calendars,
    input: confirmCalendarInput,
    output: calendarVersionRecord,
    roles: heads,
    summary: {
      zh: '另一部门确认工作日历，使其生效',
      en: 'Another department confirms a working calendar, which puts it in force',
    },
  }),
} as const;

export const queries = {
  'calendar.get': query({
    audience: 'members',
    input: z.strictObject({ year, version: version.exactOptional() }),
    output: calendarVersionRecord,
    summary: {
      zh: '查询工作日历（缺省为现行版本）',
      en: "A year's working calendar, by default the version in force",
    },
  }),
} as const;
