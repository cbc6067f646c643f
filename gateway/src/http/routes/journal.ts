import type { journalReads } from '@yici/api';
import { GatewayError } from '../../errors.js';
import type { Caller } from '../../callers/caller.js';
import type { Viewer } from '../../access/access.js';
import { given, nothing } from './record-reads.js';
import type { Handlers } from './read-route.js';

export const journalHandlers: Handlers<typeof journalReads> = {
  'reads.list': ({ deps, viewer, query: { department, user, record, ...request } }) => {
    const chain = viewer.seesAll ? department : viewer.department;
    return chain === null ? nothing : deps.audit.reads(chain, { user, record }, request);
  },
  'journal.list': async ({ deps, caller, viewer, query: { limit, cursor, ...filter } }) => {
    assertMaySeeJournal(deps.mspId, caller, viewer);
    await deps.refusals.flush();
    return deps.audit.list(filter, { limit, cursor });
  },
  'journal.heads': ({ deps, query }) => deps.audit.anchors(query),
  'journalAnchors.list': ({ deps, query: { department, ...page } }) =>
    deps.index.records('journalAnchor', given(department), page),
};

/** @throws GatewayError ROLE_REFUSED unless the caller is a supervisor or an administrator of the gateway's department */
function assertMaySeeJournal(own: string, { admin, role, mspId }: Caller, viewer: Viewer): void {
  if (viewer.seesAll || ((admin || role === 'admin') && mspId === own)) return;
  const message =
    'The audit journal is for an administrator of the gateway’s department and for supervisors.';
  throw new GatewayError('ROLE_REFUSED', message, { details: { role } });
}
