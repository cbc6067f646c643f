import {
  delegationId,
  delegationRecord,
  departmentId,
  dutyRulingRecord,
  rulingId,
  userName,
} from '@yici/chaincode/model';
import { z } from 'zod';
import { caseParties, maySee, viewOf } from '../access/access.js';
import type { Page } from '../store/page.js';
import { listDelegations, listRulings } from '../index-store/responsibility-lists.js';
import { pointRead, recordNotFound } from './point-read.js';
import { readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery, sourceQuery } from './read-shapes.js';

const nothing: Page<never> = { items: [], next: null };

/** Duty rulings, for whom the case concerns; delegations, for every member: their names stand in the chains. */
export const responsibilityRoutes: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/duty-rulings',
    summary: {
      zh: '与本部门有关的职责裁定，最新在前',
      en: 'Duty rulings that concern your department, newest first; all for a supervisor',
    },
    params: noParams,
    query: z.strictObject({ ...pageQuery, status: dutyRulingRecord.shape.status.optional() }),
    response: pageOfItems(dutyRulingRecord),
    handle: ({ deps, viewer, query: { status, ...request } }) => {
      const view = viewOf(viewer);
      return view === undefined ? nothing : listRulings(deps.index, view, status, request);
    },
  }),
  readRoute({
    path: '/v1/duty-rulings/{rulingId}',
    summary: { zh: '查询职责裁定', en: 'One duty ruling' },
    params: z.strictObject({ rulingId }),
    query: sourceQuery,
    response: dutyRulingRecord,
    ledgerQuery: 'dutyRuling.get',
    handle: async ({ deps, viewer, params, query }) => {
      const found = await pointRead(deps, query.source, {
        kind: 'dutyRuling',
        attributes: [params.rulingId],
        query: 'dutyRuling.get',
        input: params,
      });
      const { office, caseNo } = dutyRulingRecord.parse(JSON.parse(found.text));
      if (maySee(viewer, [office, ...caseParties(deps.index, caseNo)])) return found;
      throw recordNotFound('dutyRuling', [params.rulingId]);
    },
  }),
  readRoute({
    path: '/v1/delegations',
    summary: {
      zh: '代岗委托（AB岗），最新在前',
      en: 'Who stands in for whom, the latest first',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      department: departmentId.optional(),
      from: userName.optional(),
      to: userName.optional(),
    }),
    response: pageOfItems(delegationRecord),
    handle: ({ deps, query: { limit, cursor, ...filter } }) =>
      listDelegations(deps.index, filter, { limit, cursor }),
  }),
  readRoute({
    path: '/v1/delegations/{delegationId}',
    summary: { zh: '查询代岗委托', en: 'One delegation' },
    params: z.strictObject({ delegationId }),
    query: sourceQuery,
    response: delegationRecord,
    ledgerQuery: 'delegation.get',
    handle: ({ deps, params, query }) =>
      pointRead(deps, query.source, {
        kind: 'delegation',
        attributes: [params.delegationId],
        query: 'delegation.get',
        input: params,
      }),
  }),
];
