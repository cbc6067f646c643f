import { auditRecord, auditRunVerdicts, departmentId, sha256Hex } from '@yici/chaincode/model';
import { z } from 'zod';
import { listAudits } from '../index-store/supervision-lists.js';
import { pointRead } from './point-read.js';
import { readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery, sourceQuery } from './read-shapes.js';

/** Audit runs, for every member: departments see that they are supervised, and what it came to. */
export const auditRoutes: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/audits',
    summary: {
      zh: '核验记录（督查机构核验全部账本的结果），最新在前',
      en: 'What verifications of the whole ledger came to, newest first; for every member',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      verdict: z.enum(auditRunVerdicts).optional(),
      department: departmentId.optional().describe('The office that ran it.'),
    }),
    response: pageOfItems(auditRecord),
    handle: ({ deps, query: { limit, cursor, ...filter } }) =>
      listAudits(deps.index, filter, { limit, cursor }),
  }),
  readRoute({
    path: '/v1/audits/{report}',
    summary: { zh: '查询核验记录', en: 'One audit run, by the SHA-256 of its report' },
    params: z.strictObject({ report: sha256Hex }),
    query: sourceQuery,
    response: auditRecord,
    ledgerQuery: 'audit.get',
    handle: ({ deps, params, query }) =>
      pointRead(deps, query.source, {
        kind: 'audit',
        attributes: [params.report],
        query: 'audit.get',
        input: params,
      }),
  }),
];
