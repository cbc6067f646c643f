import {
  departmentId,
  versionStatuses,
  oneThingCaseRecord,
  oneThingCode,
  oneThingNo,
  oneThingRecord,
  partStatuses,
} from '@yici/domain/model';
import { z } from 'zod';
import { list, read, record } from '../definition.js';
import { offered, versionParam, words, statusFilter } from '../shapes.js';

/** A filed one thing with how the case of each part stands now. */
export const oneThingGraph = z.strictObject({
  record: oneThingCaseRecord,
  parts: z.array(
    z.strictObject({
      id: z.string(),
      after: z.array(z.string()),
      status: z.enum(partStatuses),
      taskCode: z.string(),
      matterName: words.nullable(),
      owner: z.string(),
      caseNo: z.string().nullable(),
      state: z.string().nullable(),
      /** The day by which whoever has to act next must. */
      dueOn: z.string().nullable(),
    }),
  ),
  /** Parts that `advance` would open. */
  ready: z.array(z.string()),
  /** Whether there is anything to write down or to open. */
  due: z.boolean(),
});
export type OneThingGraph = z.output<typeof oneThingGraph>;

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const template = { record: ['code'], departments: [] } as const;

export const oneThingReads = {
  'oneThings.list': list({
    path: '/v1/one-things',
    summary: {
      zh: '“一件事”清单（缺省为各自最新版本）',
      en: 'One things: the newest version of each, or with status=published the one in force',
    },
    query: {
      lead: offered(departmentId.optional(), '--lead <id>', { zh: '牵头部门', en: 'lead' }),
      status: statusFilter(z.enum(versionStatuses).optional()),
    },
    item: oneThingRecord,
    concerns: 'members',
    journal: template,
  }),
  'oneThings.get': record({
    path: '/v1/one-things/{code}',
    summary: {
      zh: '查询“一件事”（公布版本，否则最新版本）',
      en: 'A one thing: its newest published version, or its newest while none is published',
    },
    params: { code: oneThingCode },
    answer: oneThingRecord,
    ledger: 'oneThing.get',
    journal: template,
  }),
  'oneThings.versions': list({
    path: '/v1/one-things/{code}/versions',
    summary: { zh: '“一件事”各版本', en: 'All versions of a one thing, oldest first' },
    params: { code: oneThingCode },
    item: oneThingRecord,
    concerns: 'members',
    journal: template,
  }),
  'oneThings.version': record({
    path: '/v1/one-things/{code}/versions/{version}',
    summary: { zh: '“一件事”某一版本', en: 'One version of a one thing' },
    params: { code: oneThingCode, version: versionParam },
    answer: oneThingRecord,
    ledger: 'oneThing.get',
    journal: template,
  }),
  'oneThingCases.list': list({
    path: '/v1/one-thing-cases',
    summary: {
      zh: '本部门参与的“一件事”办件',
      en: 'Filed one things that your department takes part in, newest first; due=true: those to move on',
    },
    query: {
      code: offered(oneThingCode.optional(), '--code <code>', {
        zh: '“一件事”编码',
        en: 'code of the one thing',
      }),
      status: statusFilter(oneThingCaseRecord.shape.status.optional()),
      applicant: departmentId.optional(),
      due: offered(flag.optional(), '--due', {
        zh: '只列可以推进的',
        en: 'those that can be moved on',
      }),
    },
    item: oneThingCaseRecord,
    concerns: 'concerned',
    journal: { record: ['no'], departments: ['parties'] },
  }),
  'oneThingCases.get': read({
    path: '/v1/one-thing-cases/{no}',
    summary: {
      zh: '“一件事”办件的事项图',
      en: 'A filed one thing: its graph, with the state of each part’s case',
    },
    params: { no: oneThingNo },
    answer: oneThingGraph,
    concerns: 'concerned',
    journal: { about: 'oneThingCase' },
  }),
};
