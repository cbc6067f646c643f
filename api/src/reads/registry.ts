import {
  appKeyRecord,
  calendarRecord,
  calendarVersionRecord,
  departmentId,
  departmentRecord,
  reformId,
  reformRecord,
} from '@yici/domain/model';
import { list, record } from '../definition.js';
import { offered, yearParam } from '../shapes.js';

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
