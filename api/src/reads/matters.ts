import {
  date,
  departmentId,
  matterRecord,
  versionStatuses,
  reviewRecord,
  taskCode,
} from '@yici/domain/model';
import { z } from 'zod';
import { list, record } from '../definition.js';
import { offered, versionParam, words, statusFilter } from '../shapes.js';

const speedUpRow = z.strictObject({
  taskCode,
  version: z.number().int(),
  name: words,
  owner: z.string(),
  /** Working days before the reform, and promised now. */
  previous: z.number().int(),
  promised: z.number().int(),
  /** (previous - promised) / previous, to four decimals. */
  rate: z.number(),
});
export type SpeedUpRow = z.output<typeof speedUpRow>;

export const matterReads = {
  'matters.list': list({
    path: '/v1/matters',
    summary: {
      zh: '事项清单（缺省为各事项最新版本）',
      en: 'Matters: the newest version of each, or with status=published the one in force',
    },
    query: {
      owner: offered(departmentId.optional(), '--owner <id>', { zh: '实施主体', en: 'owner' }),
      status: statusFilter(z.enum(versionStatuses).optional()),
      /** `none`: matters that rest on no duty. */
      duty: offered(z.enum(['none']).optional(), '--duty <which>', {
        zh: '“三定”职责条目',
        en: 'duty they rest on',
      }),
    },
    item: matterRecord,
    concerns: 'members',
  }),
  'matters.get': record({
    path: '/v1/matters/{taskCode}',
    summary: {
      zh: '查询事项（公布版本，否则最新版本）',
      en: 'A matter: its newest published version, or its newest while none is published',
    },
    params: { taskCode },
    answer: matterRecord,
    ledger: 'matter.get',
  }),
  'matters.versions': list({
    path: '/v1/matters/{taskCode}/versions',
    summary: { zh: '事项各版本', en: 'All versions of a matter, oldest first' },
    params: { taskCode },
    item: matterRecord,
    concerns: 'members',
  }),
  'matters.version': record({
    path: '/v1/matters/{taskCode}/versions/{version}',
    summary: { zh: '事项某一版本', en: 'One version of a matter' },
    params: { taskCode, version: versionParam },
    answer: matterRecord,
    ledger: 'matter.get',
  }),
  'matters.reviews': list({
    path: '/v1/matters/{taskCode}/reviews',
    summary: { zh: '事项的复核记录', en: 'All reviews of a matter, oldest first' },
    params: { taskCode },
    item: reviewRecord,
    concerns: 'members',
  }),
  'reviews.list': list({
    path: '/v1/reviews',
    summary: {
      zh: '须复核的事项（职责已变更）',
      en: 'Matters that need a review because their duty changed, soonest due first',
    },
    query: {
      status: statusFilter(reviewRecord.shape.status.default('open')),
      department: offered(departmentId.optional(), '--department <id>', {
        zh: '实施主体或者会签部门',
        en: 'owner or cosigner',
      }),
      dueTo: offered(date.optional(), '--due-to <date>', {
        zh: '到期日止，例如 2026-03-31',
        en: 'due up to this day, as 2026-03-31',
      }),
    },
    item: reviewRecord,
    concerns: 'members',
  }),
  'speedUp.list': list({
    path: '/v1/speed-up',
    summary: {
      zh: '已公布事项的提速率',
      en: 'The speed-up rate of published matters that state the limit before the reform',
    },
    query: { owner: departmentId.optional() },
    item: speedUpRow,
    concerns: 'members',
  }),
};
