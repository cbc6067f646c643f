import {
  caseClockKinds,
  caseEventRecord,
  caseNo,
  caseRecord,
  caseStates,
  date,
  departmentId,
  taskCode,
  timestamp,
} from '@yici/domain/model';
import { z } from 'zod';
import { list, read, record } from '../definition.js';
import { caseRowSchema, inboxItemSchema } from '../rows.js';
import { offered } from '../shapes.js';

export const caseSorts = [
  '-submittedAt',
  'submittedAt',
  'dueOn',
  '-dueOn',
  'caseNo',
  '-caseNo',
] as const;
export type CaseSort = (typeof caseSorts)[number];

/** Formats of an export, with their media types. */
export const exportTypes = {
  json: 'application/json',
  xml: 'application/xml',
  zip: 'application/zip',
} as const;

const clocks = z.strictObject({
  caseNo,
  items: z.array(
    z.strictObject({
      what: z.enum(caseClockKinds),
      step: z.string().optional().describe('Of an opinion; the number of a special procedure.'),
      department: departmentId.describe('Who must act.'),
      startedOn: date,
      dueOn: date.describe('The last day in time; stopped days that were announced are in it.'),
      dueAt: timestamp
        .exactOptional()
        .describe('Of an on-the-spot item: the instant at which it ends.'),
      limitDays: z.int().describe('Working days, an extension included, stopped days not.'),
      paused: z.boolean().describe('A special procedure holds it.'),
    }),
  ),
});

const params = { caseNo };
const journal = { about: 'case' } as const;

/** What only those may read whom it concerns: cases, all that is about one, and one's own inbox. */
export const caseReads = {
  'cases.list': list({
    path: '/v1/cases',
    summary: {
      zh: '本部门参与的办件',
      en: 'Cases that your department takes part in; all for a supervisor',
    },
    query: {
      state: offered(z.enum(caseStates).optional(), '--state <state>', '状态 e.g. IN_REVIEW'),
      department: offered(departmentId.optional(), '--department <id>', '当事部门 a party'),
      applicant: offered(departmentId.optional(), '--applicant <id>', '申报部门'),
      owner: offered(departmentId.optional(), '--owner <id>', '牵头部门'),
      taskCode: offered(taskCode.optional(), '--task-code <code>', '实施编码'),
      dueFrom: offered(date.optional(), '--due-from <date>', '到期日起 YYYY-MM-DD'),
      dueTo: offered(date.optional(), '--due-to <date>', '到期日止 YYYY-MM-DD'),
      sort: offered(
        z
          .enum(caseSorts)
          .optional()
          .describe(
            '-submittedAt, or dueOn with a due day. By dueOn: the cases on which somebody must act by a day.',
          ),
        '--sort <order>',
        '-submittedAt, submittedAt; dueOn, -dueOn 有办理期限的 those with a day to act by; caseNo, -caseNo',
      ),
    },
    item: caseRowSchema,
    concerns: 'concerned',
    journal: { record: ['caseNo'], departments: ['parties'] },
  }),
  'cases.get': record({
    path: '/v1/cases/{caseNo}',
    summary: { zh: '查询办件', en: 'One case' },
    params,
    answer: caseRecord,
    ledger: 'case.get',
    journal,
  }),
  'cases.events': list({
    path: '/v1/cases/{caseNo}/events',
    summary: { zh: '办件全部事件', en: "A case's events in order" },
    params,
    item: caseEventRecord,
    concerns: 'concerned',
    journal,
  }),
  'cases.clocks': read({
    path: '/v1/cases/{caseNo}/clocks',
    summary: {
      zh: '办件正在计时的各项期限',
      en: 'The clocks that run in a case; with a day, as that day has them',
    },
    params,
    query: { on: date.optional() },
    answer: clocks,
    concerns: 'concerned',
    journal,
  }),
  'cases.export': read({
    path: '/v1/cases/{caseNo}/export',
    summary: {
      zh: '导出办件：GB/T 39046-2020 字段（JSON、XML），或者带摘要和事件链的压缩包',
      en: 'A case in the fields of GB/T 39046-2020 as JSON or XML, or as a zip with its chain and digests',
    },
    params,
    query: { format: z.enum(['json', 'xml', 'zip']).default('json') },
    answer: z.looseObject({}),
    produces: { types: Object.values(exportTypes), what: 'A file.' },
    concerns: 'concerned',
    journal,
  }),
  'inbox.list': list({
    path: '/v1/inbox',
    summary: {
      zh: '待办：等待本部门办理的事',
      en: 'What waits for your department, soonest due first',
    },
    item: inboxItemSchema,
    concerns: 'concerned',
    journal: { record: ['cardId', 'orderId', 'shareId', 'caseNo'], departments: ['department'] },
  }),
};
