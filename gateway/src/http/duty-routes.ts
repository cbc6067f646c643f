import {
  date,
  departmentId,
  dutyCode,
  dutyOverlapRecord,
  dutyRecord,
  dutyVersionRecord,
  matterOfDutyRecord,
  padded,
  reviewRecord,
  speedUp,
  taskCode,
  topicCode,
} from '@yici/chaincode/model';
import { z } from 'zod';
import { listReviews } from '../index-store/catalogue-lists.js';
import type { AppDependencies } from './context.js';
import { pointRead } from './point-read.js';
import { readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery, sourceQuery } from './read-shapes.js';

const dutyParams = z.strictObject({ department: departmentId, code: dutyCode });

const duties: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/duties',
    summary: { zh: '职责清单', en: 'Duties' },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      department: departmentId.optional(),
      topic: topicCode.optional(),
    }),
    response: pageOfItems(dutyRecord),
    handle: ({ deps, query }) =>
      deps.index.records(
        'duty',
        query.department === undefined ? [] : [query.department],
        query,
        ({ topic }) => [undefined, topic].includes(query.topic),
      ),
  }),
  readRoute({
    path: '/v1/duties/{department}/{code}',
    summary: { zh: '查询职责条目', en: 'One duty as it stands' },
    params: dutyParams,
    query: sourceQuery,
    response: dutyRecord,
    ledgerQuery: 'duty.get',
    handle: ({ deps, params, query }) =>
      pointRead(deps, query.source, {
        kind: 'duty',
        attributes: [params.department, params.code],
        query: 'duty.get',
        input: params,
      }),
  }),
  readRoute({
    path: '/v1/duties/{department}/{code}/versions',
    summary: { zh: '职责条目各版本', en: 'All versions of a duty, oldest first' },
    params: dutyParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(dutyVersionRecord),
    handle: ({ deps, params, query }) =>
      deps.index.records('dutyVersion', [params.department, params.code], query),
  }),
  readRoute({
    path: '/v1/duties/{department}/{code}/matters',
    summary: { zh: '以该职责为依据的事项', en: 'Matters that rest on a duty' },
    params: dutyParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(matterOfDutyRecord),
    handle: ({ deps, params, query }) =>
      deps.index.records('matterOfDuty', [params.department, params.code], query),
  }),
  readRoute({
    path: '/v1/duty-overlaps',
    summary: {
      zh: '职责交叉（发现、裁定、消除）',
      en: 'Topics that several departments claim: found, ruled on, withdrawn',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      topic: topicCode.optional(),
      status: dutyOverlapRecord.shape.status.optional(),
      department: departmentId.optional(),
    }),
    response: pageOfItems(dutyOverlapRecord),
    handle: ({ deps, query: { topic, status, department, ...page } }) =>
      deps.index.records('dutyOverlap', topic === undefined ? [] : [topic], page, (overlap) => {
        const concerned = overlap.claims.map((claim) => claim.department);
        return (
          [undefined, overlap.status].includes(status) &&
          (department === undefined || concerned.includes(department))
        );
      }),
  }),
];

const reviews: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/reviews',
    summary: {
      zh: '须复核的事项（职责已变更）',
      en: 'Matters that need a review because their duty changed, soonest due first',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      status: reviewRecord.shape.status.default('open'),
      department: departmentId.optional(),
      dueTo: date.optional(),
    }),
    response: pageOfItems(reviewRecord),
    handle: ({ deps, query: { limit, cursor, ...filter } }) =>
      listReviews(deps.index, filter, { limit, cursor }),
  }),
  readRoute({
    path: '/v1/matters/{taskCode}/reviews',
    summary: { zh: '事项的复核记录', en: 'All reviews of a matter, oldest first' },
    params: z.strictObject({ taskCode }),
    query: z.strictObject(pageQuery),
    response: pageOfItems(reviewRecord),
    handle: ({ deps, params, query }) => deps.index.records('review', [params.taskCode], query),
  }),
];

const speedUpRow = z.strictObject({
  taskCode,
  version: z.number().int(),
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  owner: z.string(),
  /** Working days before the reform, and promised now. */
  previous: z.number().int(),
  promised: z.number().int(),
  /** (previous - promised) / previous, to four decimals. */
  rate: z.number(),
});

const measures: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/speed-up',
    summary: {
      zh: '已公布事项的提速率',
      en: 'The speed-up rate of published matters that state the limit before the reform',
    },
    params: noParams,
    query: z.strictObject({ ...pageQuery, owner: departmentId.optional() }),
    response: pageOfItems(speedUpRow),
    handle: async ({ deps, query: { owner, ...page } }) => {
      const heads = await deps.index.records(
        'matterHead',
        [],
        page,
        (head) =>
          [undefined, head.owner].includes(owner) &&
          rowOf(deps, head.taskCode, head.published).length > 0,
      );
      const items = heads.items.flatMap((head) => rowOf(deps, head.taskCode, head.published));
      return { items, next: heads.next };
    },
  }),
];

function rowOf(
  deps: AppDependencies,
  code: string,
  published: number | undefined,
): z.output<typeof speedUpRow>[] {
  const matter =
    published === undefined ? undefined : deps.index.record('matter', code, padded(published));
  const found = matter?.status === 'published' ? speedUp(matter.content) : undefined;
  if (matter === undefined || found === undefined) return [];
  const { owner, version, content } = matter;
  const { previous, promised, rate } = found;
  return [{ taskCode: code, version, name: content.name, owner, previous, promised, rate }];
}

/** Duties and what follows from them: versions, overlaps, reviews; and the speed-up rate. */
export const dutyRoutes: readonly AnyReadRoute[] = [...duties, ...reviews, ...measures];
