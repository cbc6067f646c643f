import { departmentId } from '@yici/chaincode/model';
import { z } from 'zod';
import { readLineSchema } from '../reads/read-journal.js';
import { readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery } from './read-shapes.js';

/** What supervisors read, for the departments whose records they were. */
export const readsRoute: AnyReadRoute = readRoute({
  path: '/v1/reads',
  summary: {
    zh: '督查查阅记录：本部门记录被查阅的情况（督查可见全部）；只是本网关的记录',
    en: 'What supervisors read of your department, newest first; all for a supervisor. This gateway’s own record only',
  },
  params: noParams,
  query: z.strictObject({
    ...pageQuery,
    department: departmentId.optional().describe('For supervisors: reads of this department.'),
    user: z.string().min(1).max(128).optional().describe('Reads by this supervisor.'),
    record: z.string().min(1).max(200).optional().describe('Reads that showed this record.'),
  }),
  response: pageOfItems(readLineSchema),
  handle: ({ deps, viewer, query: { department, user, record, ...request } }) => {
    const chain = viewer.seesAll ? department : viewer.department;
    if (chain === null) return { items: [], next: null };
    return deps.reads.list(chain, { user, record }, request);
  },
});
