import { z } from 'zod';
import { datasetRecord } from '../dataset/records';
import { departmentRecord } from '../department/records';
import { dutyRecord } from '../duty/records';
import { command, heads, officials, query, timekeepers } from '../kernel/operation';
import {
  datasetId,
  departmentId,
  dutyCode,
  page,
  pageOf,
  reformId,
  taskCode,
} from '../kernel/scalars';
import { matterHeadRecord } from '../matter/records';
import { reformContent, reformRecord } from './records';

const reforms = { plural: 'reforms', key: 'reformId' } as const;
/** What follows from a reorganisation is settled by its decision: whoever notices that it is due may record it. */
const following = { roles: timekeepers, finishes: true } as const;

export const commands = {
  'reform.register': command({
    of: reforms,
    creates: true,
    input: reformContent,
    output: reformRecord,
    roles: officials,
    summary: {
      zh: '编办登记机构改革决定',
      en: 'The Establishment Office registers a reorganisation that was decided',
    },
    leadsTo: 'confirmReform',
  }),
  'reform.confirm': command({
    of: reforms,
    input: z.strictObject({ reformId }),
    output: reformRecord,
    roles: heads,
    summary: {
      zh: '本级人民政府或者各接收部门确认机构改革决定',
      en: 'The government, or every receiving department, confirms a reorganisation',
    },
  }),
  'reform.takeName': command({
    ...following,
    of: { plural: 'departments', key: 'department' },
    input: z.strictObject({ department: departmentId }),
    output: departmentRecord,
    summary: {
      zh: '部门按已生效的机构改革决定更名',
      en: 'A department takes the name that a reorganisation gives it',
    },
  }),
  'reform.moveMatter': command({
    ...following,
    of: { plural: 'matters', key: 'taskCode' },
    input: z.strictObject({ taskCode }),
    output: matterHeadRecord,
    summary: {
      zh: '事项按已生效的机构改革决定划转',
      en: 'A matter goes to the owner that a reorganisation gives it',
    },
  }),
  'reform.moveDuty': command({
    ...following,
    of: { plural: 'duties', key: 'code' },
    input: z.strictObject({ department: departmentId, code: dutyCode }),
    output: dutyRecord,
    summary: {
      zh: '职责条目按已生效的机构改革决定划转',
      en: 'A duty clause goes to the department that a reorganisation gives it',
    },
  }),
  'reform.moveDataset': command({
    ...following,
    of: { plural: 'datasets', key: 'datasetId' },
    input: z.strictObject({ datasetId }),
    output: datasetRecord,
    summary: {
      zh: '政务数据目录项按已生效的机构改革决定划转',
      en: 'A data set goes to the source department that a reorganisation gives it',
    },
  }),
} as const;

export const queries = {
  'reform.get': query({
    audience: 'members',
    input: z.strictObject({ reformId }),
    output: reformRecord,
    summary: { zh: '查询机构改革决定', en: 'One reorganisation' },
  }),
  'reform.list': query({
    audience: 'members',
    input: z.strictObject({ ...page }),
    output: pageOf(reformRecord),
    summary: { zh: '机构改革决定', en: 'Reorganisations' },
  }),
} as const;
