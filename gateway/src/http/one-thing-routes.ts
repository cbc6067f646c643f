import {
  departmentId,
  matterStatuses,
  oneThingCaseRecord,
  oneThingCode,
  oneThingNo,
  oneThingRecord,
  padded,
  partStatuses,
  readyParts,
  type CaseRecord,
  type OneThingCaseRecord,
  type OneThingHeadRecord,
  type OneThingPart,
  type OneThingRecord,
} from '@yici/chaincode/model';
import { z } from 'zod';
import { maySee, viewOf } from '../access/access.js';
import { partsNow } from '../commands/numbers.js';
import { listOneThingCases } from '../index-store/catalogue-lists.js';
import { caseRow } from '../index-store/rows.js';
import type { AppDependencies } from './context.js';
import { pointRead, recordNotFound } from './point-read.js';
import { readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery, sourceQuery } from './read-shapes.js';

const versionParam = z.coerce.number().int().min(1).max(999_999);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const templates: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/one-things',
    summary: {
      zh: '“一件事”清单（缺省为各自最新版本）',
      en: 'One things: the newest version of each, or with status=published the one in force',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      lead: departmentId.optional(),
      status: z.enum(matterStatuses).optional(),
    }),
    response: pageOfItems(oneThingRecord),
    handle: ({ deps, query }) => listOneThings(deps, query),
  }),
  readRoute({
    path: '/v1/one-things/{code}',
    summary: {
      zh: '查询“一件事”（公布版本，否则最新版本）',
      en: 'A one thing: its newest published version, or its newest while none is published',
    },
    params: z.strictObject({ code: oneThingCode }),
    query: sourceQuery,
    response: oneThingRecord,
    ledgerQuery: 'oneThing.get',
    handle: ({ deps, params, query }) => {
      const head = deps.index.record('oneThingHead', params.code);
      const version = head?.published ?? head?.latest ?? 0;
      return pointRead(deps, query.source, {
        kind: 'oneThing',
        attributes: [params.code, padded(version)],
        query: 'oneThing.get',
        input: version === 0 ? params : { ...params, version },
      });
    },
  }),
  readRoute({
    path: '/v1/one-things/{code}/versions',
    summary: { zh: '“一件事”各版本', en: 'All versions of a one thing, oldest first' },
    params: z.strictObject({ code: oneThingCode }),
    query: z.strictObject(pageQuery),
    response: pageOfItems(oneThingRecord),
    handle: ({ deps, params, query }) => deps.index.records('oneThing', [params.code], query),
  }),
  readRoute({
    path: '/v1/one-things/{code}/versions/{version}',
    summary: { zh: '“一件事”某一版本', en: 'One version of a one thing' },
    params: z.strictObject({ code: oneThingCode, version: versionParam }),
    query: sourceQuery,
    response: oneThingRecord,
    ledgerQuery: 'oneThing.get',
    handle: ({ deps, params, query }) =>
      pointRead(deps, query.source, {
        kind: 'oneThing',
        attributes: [params.code, padded(params.version)],
        query: 'oneThing.get',
        input: params,
      }),
  }),
];

interface TemplateQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly lead?: string | undefined;
  readonly status?: OneThingRecord['status'] | undefined;
}

async function listOneThings(deps: AppDependencies, query: TemplateQuery) {
  const found = (head: OneThingHeadRecord) => {
    const version = query.status === 'published' ? head.published : head.latest;
    return version === undefined
      ? undefined
      : deps.index.record('oneThing', head.code, padded(version));
  };
  const wanted = (head: OneThingHeadRecord) =>
    [undefined, head.lead].includes(query.lead) &&
    (query.status === undefined || found(head)?.status === query.status);
  const heads = await deps.index.records('oneThingHead', [], query, wanted);
  return { items: heads.items.flatMap((head) => found(head) ?? []), next: heads.next };
}

/** A filed one thing with how the case of each part stands now. */
export const oneThingGraph = z.strictObject({
  record: oneThingCaseRecord,
  parts: z.array(
    z.strictObject({
      id: z.string(),
      after: z.array(z.string()),
      status: z.enum(partStatuses),
      taskCode: z.string(),
      matterName: z.strictObject({ zh: z.string(), en: z.string() }).nullable(),
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

const nothing = { items: [], next: null };

const filed: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/one-thing-cases',
    summary: {
      zh: '本部门参与的“一件事”办件',
      en: 'Filed one things that your department takes part in, newest first; due=true: those to move on',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      code: oneThingCode.optional(),
      status: oneThingCaseRecord.shape.status.optional(),
      applicant: departmentId.optional(),
      due: flag.optional(),
    }),
    response: pageOfItems(oneThingCaseRecord),
    handle: ({ deps, viewer, query: { limit, cursor, due, ...filter } }) => {
      const view = viewOf(viewer);
      if (view === undefined) return nothing;
      const page = { limit, cursor };
      return listOneThingCases(deps.index, view, { ...filter, due }, page);
    },
  }),
  readRoute({
    path: '/v1/one-thing-cases/{no}',
    summary: {
      zh: '“一件事”办件的事项图',
      en: 'A filed one thing: its graph, with the state of each part’s case',
    },
    params: z.strictObject({ no: oneThingNo }),
    query: z.strictObject({}),
    response: oneThingGraph,
    handle: ({ deps, viewer, params }) => {
      const record = deps.index.record('oneThingCase', params.no);
      if (record === undefined || !maySee(viewer, record.parties)) {
        throw recordNotFound('oneThingCase', [params.no]);
      }
      return graphOf(deps, record);
    },
  }),
];

function graphOf(
  deps: AppDependencies,
  record: OneThingCaseRecord,
): z.output<typeof oneThingGraph> {
  const { parts, cases } = partsNow(deps.index, record.parts);
  const ready = readyParts(parts);
  const news = parts.some(({ status }, index) => status !== record.parts[index]?.status);
  // The status is the ledger's; what a case has come to since then shows in its state, in `ready` and in `due`.
  const rows = record.parts.map((part) => partRow(deps, part, cases.get(part.id)));
  return { record, parts: rows, ready, due: news || ready.length > 0 };
}

function partRow(
  { index }: AppDependencies,
  { id, after, status, taskCode, matterVersion, caseNo }: OneThingPart,
  filedCase: CaseRecord | undefined,
): z.output<typeof oneThingGraph>['parts'][number] {
  const matter = index.record('matter', taskCode, padded(matterVersion));
  const { state, dueOn } = filedCase ? caseRow(filedCase, null) : { state: null, dueOn: null };
  const common = { id, after, status, taskCode, state, dueOn, caseNo: caseNo ?? null };
  return matter === undefined
    ? { ...common, matterName: null, owner: '' }
    : { ...common, matterName: matter.content.name, owner: matter.owner };
}

/** One things: templates for everybody, what was filed for those whom it concerns. */
export const oneThingRoutes: readonly AnyReadRoute[] = [...templates, ...filed];
