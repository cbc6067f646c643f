import {
  appKeyRecord,
  calendarRecord,
  calendarVersionRecord,
  datasetId,
  datasetRecord,
  dataTopicRecord,
  datasetVersionRecord,
  departmentId,
  departmentRecord,
  matterRecord,
  matterStatuses,
  padded,
  taskCode,
  topicCode,
  type MatterHeadRecord,
  type MatterRecord,
} from '@yici/chaincode/model';
import { z } from 'zod';
import type { AppDependencies } from './context.js';
import { pointRead } from './point-read.js';
import { readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery, sourceQuery } from './read-shapes.js';

const yearParam = z.coerce.number().int().min(2000).max(2199);
const versionParam = z.coerce.number().int().min(1).max(999_999);

const departments: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/departments',
    summary: { zh: '部门列表', en: 'Departments' },
    params: noParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(departmentRecord),
    handle: ({ deps, query }) => deps.index.records('department', [], query),
  }),
  readRoute({
    path: '/v1/departments/{id}',
    summary: { zh: '查询部门', en: 'One department' },
    params: z.strictObject({ id: departmentId }),
    query: sourceQuery,
    response: departmentRecord,
    ledgerQuery: 'department.get',
    handle: ({ deps, params, query }) =>
      pointRead(deps, query.source, {
        kind: 'department',
        attributes: [params.id],
        query: 'department.get',
        input: params,
      }),
  }),
];

const appKeys: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/app-keys',
    summary: { zh: '国密签名密钥', en: 'SM2 keys of officials' },
    params: noParams,
    query: z.strictObject({ ...pageQuery, department: departmentId.optional() }),
    response: pageOfItems(appKeyRecord),
    handle: ({ deps, query: { department, ...page } }) =>
      deps.index.records('appKey', department === undefined ? [] : [department], page),
  }),
];

const calendars: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/calendars',
    summary: { zh: '工作日历', en: 'Working calendars by year' },
    params: noParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(calendarRecord),
    handle: ({ deps, query }) => deps.index.records('calendar', [], query),
  }),
  readRoute({
    path: '/v1/calendars/{year}',
    summary: {
      zh: '现行工作日历（尚无现行版本时为最新版本）',
      en: "A year's working calendar in force, or its newest while none is in force",
    },
    params: z.strictObject({ year: yearParam }),
    query: sourceQuery,
    response: calendarVersionRecord,
    ledgerQuery: 'calendar.get',
    handle: ({ deps, params: { year }, query }) => {
      const head = deps.index.record('calendar', String(year));
      const version = head?.inForce?.version ?? head?.latest ?? 0;
      return pointRead(deps, query.source, {
        kind: 'calendarVersion',
        attributes: [String(year), padded(version)],
        query: 'calendar.get',
        input: version === 0 ? { year } : { year, version },
      });
    },
  }),
  readRoute({
    path: '/v1/calendars/{year}/versions',
    summary: { zh: '工作日历各版本', en: "All versions of a year's calendar" },
    params: z.strictObject({ year: yearParam }),
    query: z.strictObject(pageQuery),
    response: pageOfItems(calendarVersionRecord),
    handle: ({ deps, params, query }) =>
      deps.index.records('calendarVersion', [String(params.year)], query),
  }),
];

const matters: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/matters',
    summary: {
      zh: '事项清单（缺省为各事项最新版本）',
      en: 'Matters: the newest version of each, or with status=published the one in force',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      owner: departmentId.optional(),
      status: z.enum(matterStatuses).optional(),
      /** `none`: matters that rest on no duty. */
      duty: z.enum(['none']).optional(),
    }),
    response: pageOfItems(matterRecord),
    handle: ({ deps, query }) => listMatters(deps, query),
  }),
  readRoute({
    path: '/v1/matters/{taskCode}',
    summary: {
      zh: '查询事项（公布版本，否则最新版本）',
      en: 'A matter: its newest published version, or its newest while none is published',
    },
    params: z.strictObject({ taskCode }),
    query: sourceQuery,
    response: matterRecord,
    ledgerQuery: 'matter.get',
    handle: ({ deps, params, query }) => {
      const head = deps.index.record('matterHead', params.taskCode);
      const version = head?.published ?? head?.latest ?? 0;
      return pointRead(deps, query.source, {
        kind: 'matter',
        attributes: [params.taskCode, padded(version)],
        query: 'matter.get',
        input: version === 0 ? params : { ...params, version },
      });
    },
  }),
  readRoute({
    path: '/v1/matters/{taskCode}/versions',
    summary: { zh: '事项各版本', en: 'All versions of a matter, oldest first' },
    params: z.strictObject({ taskCode }),
    query: z.strictObject(pageQuery),
    response: pageOfItems(matterRecord),
    handle: ({ deps, params, query }) => deps.index.records('matter', [params.taskCode], query),
  }),
  readRoute({
    path: '/v1/matters/{taskCode}/versions/{version}',
    summary: { zh: '事项某一版本', en: 'One version of a matter' },
    params: z.strictObject({ taskCode, version: versionParam }),
    query: sourceQuery,
    response: matterRecord,
    ledgerQuery: 'matter.get',
    handle: ({ deps, params, query }) =>
      pointRead(deps, query.source, {
        kind: 'matter',
        attributes: [params.taskCode, padded(params.version)],
        query: 'matter.get',
        input: params,
      }),
  }),
];

interface MatterQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly owner?: string | undefined;
  readonly status?: MatterRecord['status'] | undefined;
  readonly duty?: 'none' | undefined;
}

/** Heads are scanned, since each names the version that is meant; the versions are point reads. */
async function listMatters(deps: AppDependencies, query: MatterQuery) {
  const found = (head: MatterHeadRecord) => {
    const version = query.status === 'published' ? head.published : head.latest;
    return version === undefined
      ? undefined
      : deps.index.record('matter', head.taskCode, padded(version));
  };
  const wanted = (head: MatterHeadRecord) => {
    if (query.owner !== undefined && head.owner !== query.owner) return false;
    const matter = found(head);
    if (query.duty === 'none' && matter?.content.dutyCode !== undefined) return false;
    return query.status === undefined || matter?.status === query.status;
  };
  const heads = await deps.index.records('matterHead', [], query, wanted);
  return { items: heads.items.flatMap((head) => found(head) ?? []), next: heads.next };
}

const datasets: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/datasets',
    summary: { zh: '数据集目录', en: 'Data sets' },
    params: noParams,
    query: z.strictObject({ ...pageQuery, department: departmentId.optional() }),
    response: pageOfItems(datasetRecord),
    handle: ({ deps, query }) =>
      deps.index.records('dataset', [], query, ({ sourceDepartment }) =>
        [undefined, sourceDepartment].includes(query.department),
      ),
  }),
  readRoute({
    path: '/v1/datasets/{datasetId}',
    summary: { zh: '查询数据集', en: 'One data set' },
    params: z.strictObject({ datasetId }),
    query: sourceQuery,
    response: datasetRecord,
    ledgerQuery: 'dataset.get',
    handle: ({ deps, params, query }) =>
      pointRead(deps, query.source, {
        kind: 'dataset',
        attributes: [params.datasetId],
        query: 'dataset.get',
        input: params,
      }),
  }),
  readRoute({
    path: '/v1/datasets/{datasetId}/versions',
    summary: { zh: '目录项的各个版本', en: "A data set's versions" },
    params: z.strictObject({ datasetId }),
    query: z.strictObject(pageQuery),
    response: pageOfItems(datasetVersionRecord),
    handle: ({ deps, params, query }) =>
      deps.index.records('datasetVersion', [params.datasetId], query),
  }),
  readRoute({
    path: '/v1/data-topics',
    summary: {
      zh: '数据主题：由谁收集，数源部门是谁',
      en: 'What data are about: who collects them, and which department is their named source',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      topic: topicCode.optional(),
      status: dataTopicRecord.shape.status.optional(),
      department: departmentId.optional(),
    }),
    response: pageOfItems(dataTopicRecord),
    handle: ({ deps, query: { topic, status, department, ...page } }) =>
      deps.index.records('dataTopic', topic === undefined ? [] : [topic], page, (known) => {
        const concerned = known.claims.map((claim) => claim.department);
        return (
          [undefined, known.status].includes(status) &&
          (department === undefined || concerned.includes(department))
        );
      }),
  }),
];

/** What every member may read: departments, calendars, matters, data sets. */
export const catalogueRoutes: readonly AnyReadRoute[] = [
  ...departments,
  ...calendars,
  ...matters,
  ...datasets,
  ...appKeys,
];
