import {
  caseClockKinds,
  caseEventRecord,
  caseNo,
  caseRecord,
  caseStates,
  date,
  departmentId,
  namesOf,
  taskCode,
  timestamp,
  type Vocabulary,
} from '@yici/domain/model';
import { z } from 'zod';
import { list, read, record } from '../definition.js';
import { caseRowSchema, doneItemSchema, inboxItemSchema } from '../rows.js';
import { actor, offered, words } from '../shapes.js';
import { documentView } from './documents.js';

const openedBy = z.strictObject({ by: actor, at: z.iso.datetime() });

/** Each from the least to the greatest, with a minus from the greatest to the least. */
export const caseSortWords = {
  '-submittedAt': { zh: '申报时间由晚到早', en: 'filed last first' },
  submittedAt: { zh: '申报时间由早到晚', en: 'filed first first' },
  dueOn: { zh: '到期由早到晚', en: 'due first first' },
  '-dueOn': { zh: '到期由晚到早', en: 'due last first' },
  caseNo: { zh: '编号由小到大', en: 'by number' },
  '-caseNo': { zh: '编号由大到小', en: 'by number, the greatest first' },
} as const satisfies Vocabulary;
const caseSorts = namesOf(caseSortWords);
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

/** How a material is met, or from where a required one is still to come. */
export const materialKindWords = {
  document: { zh: '文件', en: 'document' },
  attestation: { zh: '数源部门存证', en: 'attestation' },
  commitment: { zh: '告知承诺书', en: 'commitment' },
  substitute: { zh: '替代证明', en: 'substitute' },
  bySharing: { zh: '待共享取得', en: 'to come by sharing' },
  toHandIn: { zh: '待提交', en: 'to be handed in' },
} as const satisfies Vocabulary;

/** A material of a case, and the document that meets it where it lies at this gateway and the viewer may read it. */
const caseMaterial = z.strictObject({
  code: z.string(),
  name: words.nullable().describe('As its matter calls it.'),
  required: z.boolean(),
  kind: z.enum(namesOf(materialKindWords)),
  department: departmentId.describe('Who handed it in, or is to.'),
  at: timestamp.nullable().describe('Null of what is still to come.'),
  attestationId: z.string().optional(),
  digest: z.string().optional().describe('SHA-256 of salt and content, as the ledger has it.'),
  document: documentView.nullable(),
  opened: openedBy
    .nullable()
    .describe('Who of the viewer’s department read it first, at this gateway.'),
});
export type CaseMaterial = z.output<typeof caseMaterial>;

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
      state: offered(z.enum(caseStates).optional(), '--state <state>', { zh: '状态', en: 'state' }),
      department: offered(departmentId.optional(), '--department <id>', {
        zh: '当事部门',
        en: 'a party',
      }),
      applicant: offered(departmentId.optional(), '--applicant <id>', {
        zh: '申报部门',
        en: 'applicant',
      }),
      owner: offered(departmentId.optional(), '--owner <id>', { zh: '实施主体', en: 'owner' }),
      taskCode: offered(taskCode.optional(), '--task-code <code>', {
        zh: '事项的实施编码',
        en: 'task code',
      }),
      dueFrom: offered(date.optional(), '--due-from <date>', {
        zh: '到期日起，例如 2026-03-01',
        en: 'due from this day on, as 2026-03-01',
      }),
      dueTo: offered(date.optional(), '--due-to <date>', {
        zh: '到期日止，例如 2026-03-31',
        en: 'due up to this day, as 2026-03-31',
      }),
      sort: offered(
        z
          .enum(caseSorts)
          .optional()
          .describe(
            '-submittedAt, or dueOn with a due day. By dueOn: the cases on which somebody must act by a day.',
          ),
        '--sort <order>',
        {
          zh: '排序；按到期的，只列有办理期限的',
          en: 'order, from the greatest with a minus; dueOn: those with a day to act by',
        },
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
    summary: { zh: '办件全部办理记录', en: "A case's events in order" },
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
  'cases.materials': read({
    path: '/v1/cases/{caseNo}/materials',
    summary: {
      zh: '办件的申请材料：存放的文件，本部门是否查阅过；尚缺的必需材料',
      en: 'The materials of a case, with their documents at this gateway, and whether your department has opened them; and the required ones that are still to come',
    },
    params,
    answer: z.strictObject({ caseNo, items: z.array(caseMaterial) }),
    concerns: 'concerned',
    journal,
  }),
  'cases.export': read({
    path: '/v1/cases/{caseNo}/export',
    summary: {
      zh: '导出办件：GB/T 39046-2020 字段（JSON、XML），或者带校验值和办理记录的压缩包',
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
    query: {
      mine: offered(
        z
          .enum(['true'])
          .optional()
          .describe('Only what the caller can do: by role, and not what it made itself.'),
        '--mine',
        { zh: '只列本人可以办理的', en: 'only what you can do yourself' },
      ),
      section: offered(
        z
          .enum(['true'])
          .optional()
          .describe(
            'Only what officials of the caller’s section can do, of those who have signed or are logged in here.',
          ),
        '--section',
        { zh: '只列本科室人员可以办理的', en: 'only what your section can do' },
      ),
    },
    item: inboxItemSchema,
    concerns: 'concerned',
    journal: { record: ['cardId', 'orderId', 'shareId', 'caseNo'], departments: ['department'] },
  }),
  'inbox.done': list({
    path: '/v1/inbox/done',
    summary: {
      zh: '已办：本部门或者本人办过的事，最新在前',
      en: 'What your department, or you, have done, newest first',
    },
    query: {
      mine: offered(z.enum(['true']).optional().describe('Only what the caller did.'), '--mine', {
        zh: '只列本人办过的',
        en: 'only what you did yourself',
      }),
    },
    item: doneItemSchema,
    concerns: 'concerned',
    journal: { record: ['txId'], departments: ['department'] },
  }),
};
