import {
  appKeyRecord,
  calendarRecord,
  calendarVersionRecord,
  date,
  departmentFunction,
  departmentId,
  departmentRecord,
  mspId,
  reformId,
  reformRecord,
} from '@yici/domain/model';
import { z } from 'zod';
import { list, read, record } from '../definition.js';
import { inboxItemSchema } from '../rows.js';
import { offered, yearParam } from '../shapes.js';

/** What is left of a department that ends, before it can leave the channel. */
export const retirement = z.strictObject({
  department: departmentId,
  mspId,
  decision: z
    .strictObject({ reformId, to: departmentId, effectiveOn: date, inForceFrom: date.nullable() })
    .nullable()
    .describe('The newest reorganisation by which all of it goes to another.'),
  due: z
    .array(z.strictObject({ command: z.string(), input: z.record(z.string(), z.string()) }))
    .describe('Acts that follow from reorganisations; there are more after a thousand.'),
  open: z.array(inboxItemSchema).describe('What waits for the department itself.'),
  functions: z.array(departmentFunction).describe('What it holds until another claims it.'),
});
export type Retirement = z.output<typeof retirement>;

export const registryReads = {
  'departments.list': list({
    path: '/v1/departments',
    summary: { zh: '部门列表', en: 'Departments' },
    item: departmentRecord,
    concerns: 'members',
  }),
  'departments.get': record({
    path: '/v1/departments/{id}',
    summary: { zh: '查询部门', en: 'One department' },
    params: { id: departmentId },
    answer: departmentRecord,
    ledger: 'department.get',
  }),
  /** It names cases: shown to the department, its successor and whoever may see what is behind the figures. */
  'departments.retirement': read({
    path: '/v1/departments/{id}/retirement',
    summary: {
      zh: '部门撤销的进度：待承继、待办结、尚有职能',
      en: 'What is left of a department that ends: to be passed on, to be finished, its functions',
    },
    params: { id: departmentId },
    answer: retirement,
    concerns: 'concerned',
    journal: { record: ['department'], departments: ['department'] },
  }),
  'reforms.list': list({
    path: '/v1/reforms',
    summary: { zh: '机构改革决定', en: 'Reorganisations' },
    item: reformRecord,
    concerns: 'members',
  }),
  'reforms.get': record({
    path: '/v1/reforms/{reformId}',
    summary: { zh: '查询机构改革决定', en: 'One reorganisation' },
    params: { reformId },
    answer: reformRecord,
    ledger: 'reform.get',
  }),
  'appKeys.list': list({
    path: '/v1/app-keys',
    summary: { zh: '商用密码（SM2）签名密钥', en: 'SM2 keys of officials' },
    query: {
      department: offered(departmentId.optional(), '--department <id>', {
        zh: '部门',
        en: 'of one department',
      }),
    },
    item: appKeyRecord,
    concerns: 'members',
  }),
  'calendars.list': list({
    path: '/v1/calendars',
    summary: { zh: '工作日历', en: 'Working calendars by year' },
    item: calendarRecord,
    concerns: 'members',
  }),
  'calendars.get': record({
    path: '/v1/calendars/{year}',
    summary: {
      zh: '现行工作日历（尚无现行版本时为最新版本）',
      en: "A year's working calendar in force, or its newest while none is in force",
    },
    params: { year: yearParam },
    answer: calendarVersionRecord,
    ledger: 'calendar.get',
  }),
  'calendars.versions': list({
    path: '/v1/calendars/{year}/versions',
    summary: { zh: '工作日历各版本', en: "All versions of a year's calendar" },
    params: { year: yearParam },
    item: calendarVersionRecord,
    concerns: 'members',
  }),
};
