import {
  attestationId,
  attestationRecord,
  attestationVerdict,
  caseClockKinds,
  caseClocks,
  caseEventRecord,
  caseNo,
  caseRecord,
  caseStates,
  datasetId,
  date,
  departmentId,
  taskCode,
  timestamp,
  useRecord,
  type AttestationRecord,
} from '@yici/chaincode/model';
import { z } from 'zod';
import { caseParties, maySee, maySeeAttestation, viewOf, type Viewer } from '../access/access.js';
import {
  attestationMatches,
  caseSorts,
  listAttestations,
  listCases,
  type AttestationFilter,
} from '../index-store/lists.js';
import type { Page, PageRequest } from '../store/page.js';
import { inboxItemSchema, listInbox } from '../index-store/inbox-list.js';
import { caseRowSchema } from '../index-store/rows.js';
import type { AppDependencies } from './context.js';
import { pointRead, recordNotFound } from './point-read.js';
import { JsonText, readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery, sourceQuery } from './read-shapes.js';

const caseParams = z.strictObject({ caseNo });
const caseClocksView = z.strictObject({
  caseNo,
  items: z.array(
    z.strictObject({
      what: z.enum(caseClockKinds),
      step: z.string().optional().describe('Of an opinion; the number of a special procedure.'),
      department: departmentId.describe('Who must act.'),
      startedOn: date,
      dueOn: date.describe('The last day in time; stopped days that were announced are in it.'),
      limitDays: z.int().describe('Working days, an extension included, stopped days not.'),
      paused: z.boolean().describe('A special procedure holds it.'),
    }),
  ),
});
const attestationParams = z.strictObject({ attestationId });
const nothing: Page<never> = { items: [], next: null };

const cases: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/cases',
    summary: {
      zh: '本部门参与的办件',
      en: 'Cases that your department takes part in; all for a supervisor',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(caseStates).optional(),
      department: departmentId.optional(),
      applicant: departmentId.optional(),
      owner: departmentId.optional(),
      taskCode: taskCode.optional(),
      dueFrom: date.optional(),
      dueTo: date.optional(),
      sort: z
        .enum(caseSorts)
        .optional()
        .describe(
          '-submittedAt, or dueOn with a due day. By dueOn: the cases on which somebody must act by a day.',
        ),
    }),
    response: pageOfItems(caseRowSchema),
    handle: ({ deps, viewer, query }) => {
      const view = viewOf(viewer);
      if (view === undefined) return nothing;
      const { limit, cursor, sort, ...filter } = query;
      return listCases(deps.index, view, filter, sort, { limit, cursor });
    },
  }),
  readRoute({
    path: '/v1/cases/{caseNo}',
    summary: { zh: '查询办件', en: 'One case' },
    params: caseParams,
    query: sourceQuery,
    response: caseRecord,
    ledgerQuery: 'case.get',
    handle: ({ deps, viewer, params, query }) =>
      readCase(deps, viewer, params.caseNo, query.source),
  }),
  readRoute({
    path: '/v1/cases/{caseNo}/events',
    summary: { zh: '办件全部事件', en: "A case's events in order" },
    params: caseParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(caseEventRecord),
    handle: ({ deps, viewer, params, query }) => {
      assertSees(deps, viewer, params.caseNo);
      return deps.index.records('caseEvent', [params.caseNo], query);
    },
  }),
  readRoute({
    path: '/v1/cases/{caseNo}/clocks',
    summary: {
      zh: '办件正在计时的各项期限',
      en: 'The clocks that run in a case; with a day, as that day has them',
    },
    params: caseParams,
    query: z.strictObject({ on: date.optional() }),
    response: caseClocksView,
    handle: ({ deps, viewer, params, query }) => {
      assertSees(deps, viewer, params.caseNo);
      const record = deps.index.record('case', params.caseNo);
      if (record === undefined) throw recordNotFound('case', [params.caseNo]);
      return { caseNo: params.caseNo, items: caseClocks(record, query.on) };
    },
  }),
  readRoute({
    path: '/v1/inbox',
    summary: {
      zh: '待办：等待本部门办理的事',
      en: 'What waits for your department, soonest due first',
    },
    params: noParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(inboxItemSchema),
    handle: ({ deps, viewer, query }) =>
      viewer.department === null ? nothing : listInbox(deps.index, viewer.department, query),
  }),
];

const partiesOnly = z.object({ parties: z.array(z.string()) });

/** Access is judged on the very record that is shown, wherever it came from. */
async function readCase(
  deps: AppDependencies,
  viewer: Viewer,
  number: string,
  source: 'index' | 'ledger',
): Promise<JsonText> {
  const found = await pointRead(deps, source, {
    kind: 'case',
    attributes: [number],
    query: 'case.get',
    input: { caseNo: number },
  });
  const { parties } = partiesOnly.parse(JSON.parse(found.text));
  if (!maySee(viewer, parties)) throw recordNotFound('case', [number]);
  return found;
}

function assertSees(deps: AppDependencies, viewer: Viewer, number: string): void {
  const known = deps.index.recordText('case', number) !== undefined;
  if (!known || !maySee(viewer, caseParties(deps.index, number))) {
    throw recordNotFound('case', [number]);
  }
}

const attestations: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/attestations',
    summary: {
      zh: '本部门签发或者申请的存证；或者一个办件的存证',
      en: 'Attestations your department issued or asked for, newest first; or those of a case',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      caseNo: caseNo.optional(),
      datasetId: datasetId.optional(),
      status: attestationRecord.shape.status.optional(),
      issuer: departmentId.optional(),
      requester: departmentId.optional(),
    }),
    response: pageOfItems(attestationRecord),
    handle: ({ deps, viewer, query: { limit, cursor, ...filter } }) =>
      filter.caseNo === undefined
        ? ownAttestations(deps, viewer, filter, { limit, cursor })
        : attestationsOfCase(deps, viewer, filter.caseNo, filter, { limit, cursor }),
  }),
  readRoute({
    path: '/v1/attestations/{attestationId}',
    summary: { zh: '查询存证', en: 'One attestation' },
    params: attestationParams,
    query: sourceQuery,
    response: attestationRecord,
    ledgerQuery: 'attestation.get',
    handle: async ({ deps, viewer, params, query }) => {
      const found = await pointRead(deps, query.source, {
        kind: 'attestation',
        attributes: [params.attestationId],
        query: 'attestation.get',
        input: params,
      });
      const record = attestationRecord.parse(JSON.parse(found.text));
      if (maySeeAttestation(viewer, deps.index, record)) return found;
      throw recordNotFound('attestation', [params.attestationId]);
    },
  }),
  readRoute({
    path: '/v1/attestations/{attestationId}/verdict',
    summary: {
      zh: '核验存证在某一时刻的效力',
      en: 'Whether an attestation is valid now, or was at an instant; the peer answers',
    },
    params: attestationParams,
    query: z.strictObject({ at: timestamp.optional() }),
    response: attestationVerdict,
    handle: async ({ deps, viewer, params, query: { at } }) => {
      const record = deps.index.record('attestation', params.attestationId);
      if (record === undefined || !maySeeAttestation(viewer, deps.index, record)) {
        throw recordNotFound('attestation', [params.attestationId]);
      }
      const input = { ...params, ...(at === undefined ? {} : { at }) };
      return new JsonText(await deps.ledger.query('attestation.verify', input));
    },
  }),
  readRoute({
    path: '/v1/attestations/{attestationId}/uses',
    summary: {
      zh: '存证的使用记录（提供部门、需求部门、数据主管部门、督查）',
      en: 'Recorded uses: for provider, requester, lead authority and supervisors (Order 809 art 29)',
    },
    params: attestationParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(useRecord),
    handle: ({ deps, viewer, params, query }) => {
      const record = deps.index.record('attestation', params.attestationId);
      const concerned =
        record && (viewer.leads || maySee(viewer, [record.issuer, record.requester]));
      if (concerned !== true) throw recordNotFound('attestation', [params.attestationId]);
      return deps.index.records('use', [params.attestationId], query);
    },
  }),
];

function ownAttestations(
  deps: AppDependencies,
  viewer: Viewer,
  filter: AttestationFilter,
  request: PageRequest,
): Promise<Page<AttestationRecord>> | Page<never> {
  const view = viewOf(viewer);
  return view === undefined ? nothing : listAttestations(deps.index, view, filter, request);
}

async function attestationsOfCase(
  deps: AppDependencies,
  viewer: Viewer,
  number: string,
  filter: AttestationFilter,
  request: PageRequest,
) {
  const read = (id: string) => deps.index.record('attestation', id);
  const page = await deps.index.records('attestationOfCase', [number], request, (link) => {
    const record = read(link.attestationId);
    return (
      record !== undefined &&
      attestationMatches(record, filter) &&
      maySeeAttestation(viewer, deps.index, record)
    );
  });
  return { items: page.items.flatMap((link) => read(link.attestationId) ?? []), next: page.next };
}

/** What only those may read whom it concerns: cases, their events, attestations, and one's own inbox. */
export const caseRoutes: readonly AnyReadRoute[] = [...cases, ...attestations];
