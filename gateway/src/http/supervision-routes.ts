import {
  cardColours,
  cardRecord,
  cardWaits,
  caseNo,
  datasetId,
  departmentId,
  evaluationRecord,
  orderRecord,
  rulingId,
  shareId,
  urgeRecord,
} from '@yici/chaincode/model';
import { z } from 'zod';
import { viewOf } from '../access/access.js';
import type { Page } from '../store/page.js';
import {
  listCards,
  listEvaluations,
  listOrders,
  listUrges,
} from '../index-store/supervision-lists.js';
import { readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery } from './read-shapes.js';

const nothing: Page<never> = { items: [], next: null };

/** What supervision has said and been told: for the parties concerned, and all of it for supervisors. */
export const supervisionRoutes: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/cards',
    summary: { zh: '黄牌、红牌', en: 'Warning cards, newest first' },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      caseNo: caseNo.optional(),
      shareId: shareId.optional(),
      rulingId: rulingId.optional(),
      datasetId: datasetId.optional(),
      department: departmentId.optional(),
      colour: z.enum(cardColours).optional(),
      waits: z
        .enum(cardWaits)
        .optional()
        .describe('What a card waits for: its explanation, or the ruling on an appeal.'),
    }),
    response: pageOfItems(cardRecord),
    handle: ({ deps, viewer, query: { limit, cursor, ...filter } }) => {
      const view = viewOf(viewer);
      return view === undefined ? nothing : listCards(deps.index, view, filter, { limit, cursor });
    },
  }),
  readRoute({
    path: '/v1/orders',
    summary: { zh: '督办', en: 'Supervision orders, newest first' },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      department: departmentId.optional(),
      status: orderRecord.shape.status.optional(),
    }),
    response: pageOfItems(orderRecord),
    handle: ({ deps, viewer, query: { limit, cursor, ...filter } }) => {
      const view = viewOf(viewer);
      return view === undefined ? nothing : listOrders(deps.index, view, filter, { limit, cursor });
    },
  }),
  readRoute({
    path: '/v1/evaluations',
    summary: { zh: '好差评', en: 'Evaluations, newest first' },
    params: noParams,
    query: z.strictObject({ ...pageQuery, owner: departmentId.optional() }),
    response: pageOfItems(evaluationRecord),
    handle: ({ deps, viewer, query: { limit, cursor, ...filter } }) => {
      const view = viewOf(viewer);
      const page = { limit, cursor };
      return view === undefined ? nothing : listEvaluations(deps.index, view, filter, page);
    },
  }),
  readRoute({
    path: '/v1/urges',
    summary: { zh: '催办', en: 'Reminders, newest first' },
    params: noParams,
    query: z.strictObject({ ...pageQuery, caseNo: caseNo.optional() }),
    response: pageOfItems(urgeRecord),
    handle: ({ deps, viewer, query: { limit, cursor, ...filter } }) => {
      const view = viewOf(viewer);
      return view === undefined ? nothing : listUrges(deps.index, view, filter, { limit, cursor });
    },
  }),
];
