import { departmentId, journalAnchorRecord } from '@yici/chaincode/model';
import { z } from 'zod';
import {
  anchorLineSchema,
  journalKinds,
  journalLineSchema,
  readLineSchema,
} from '../audit/lines.js';
import { GatewayError } from '../errors.js';
import { readRoute, type AnyReadRoute, type ReadContext } from './read-route.js';
import { noParams, pageOfItems, pageQuery } from './read-shapes.js';

const user = z.string().min(1).max(128);

/** The gateway's audit journal, and its anchors on the ledger. */
export const journalRoutes: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/reads',
    summary: {
      zh: '督查查阅记录：本部门记录被查阅的情况（督查可见全部）；只是本网关的记录',
      en: 'What supervisors read of your department, newest first; all for a supervisor. This gateway’s own record only',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      department: departmentId.optional().describe('For supervisors: reads of this department.'),
      user: user.optional().describe('Reads by this supervisor.'),
      record: z.string().min(1).max(200).optional().describe('Reads that showed this record.'),
    }),
    response: pageOfItems(readLineSchema),
    handle: ({ deps, viewer, query: { department, user: by, record, ...request } }) => {
      const chain = viewer.seesAll ? department : viewer.department;
      if (chain === null) return { items: [], next: null };
      return deps.audit.reads(chain, { user: by, record }, request);
    },
  }),
  readRoute({
    path: '/v1/journal',
    summary: {
      zh: '本网关审计日志，最新在前（给定起始行号则由旧到新）；限本部门管理员与督查',
      en: 'This gateway’s audit journal, newest first, or oldest first from a number on: for its department’s administrator and supervisors',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      from: z.coerce.number().int().min(0).optional().describe('Oldest first, from this number.'),
      kind: z.enum(journalKinds).optional(),
      user: user.optional().describe('Lines about what this user did.'),
    }),
    response: pageOfItems(journalLineSchema),
    handle: async (context) => {
      assertMaySeeJournal(context);
      const { limit, cursor, ...filter } = context.query;
      await context.deps.refusals.flush();
      return context.deps.audit.list(filter, { limit, cursor });
    },
  }),
  readRoute({
    path: '/v1/journal/heads',
    summary: {
      zh: '本网关锚定的日志行：各部门查阅链当时的最新一行，供核对，最新在前',
      en: 'The lines of this gateway’s journal that are anchored, with the newest of every department’s chain of reads; newest first',
    },
    params: noParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(anchorLineSchema),
    handle: ({ deps, query }) => deps.audit.anchors(query),
  }),
  readRoute({
    path: '/v1/journal-anchors',
    summary: {
      zh: '账本上的审计日志锚定（各网关每天一条）',
      en: 'What the ledger has of the gateways’ audit journals: one anchor a gateway and day; for every member',
    },
    params: noParams,
    query: z.strictObject({ ...pageQuery, department: departmentId.optional() }),
    response: pageOfItems(journalAnchorRecord),
    handle: ({ deps, query: { department, ...page } }) =>
      deps.index.records('journalAnchor', department === undefined ? [] : [department], page),
  }),
];

/** @throws GatewayError ROLE_REFUSED but for an administrator of the gateway's own department, and supervisors */
function assertMaySeeJournal({ caller, viewer, deps }: ReadContext<unknown, unknown>): void {
  const { admin, role, mspId } = caller;
  if (viewer.seesAll || ((admin || role === 'admin') && mspId === deps.mspId)) return;
  const message =
    'The audit journal is for an administrator of the gateway’s department and for supervisors.';
  throw new GatewayError('ROLE_REFUSED', message, { details: { role } });
}
