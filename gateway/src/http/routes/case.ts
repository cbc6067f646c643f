import type { caseReads } from '@yici/api';
import { caseClocks } from '@yici/domain/model';
import { z } from 'zod';
import { caseParties, maySee, viewOf, type Viewer } from '../../access/access.js';
import { listDone } from '../../index-store/done-list.js';
import { listInbox } from '../../index-store/inbox-list.js';
import { listCases } from '../../index-store/lists.js';
import { materialsOf } from './case-materials.js';
import type { AppDependencies } from '../context.js';
import { exportCase } from './export.js';
import { recordNotFound } from '../../errors.js';
import { colleaguesOf } from '../../reads/colleagues.js';
import { inboxWith } from '../../signoff/inbox.js';
import { nothing, recordOf, recordsOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

const partiesOnly = z.object({ parties: z.array(z.string()) });

export const caseHandlers: Handlers<typeof caseReads> = {
  'cases.list': ({ deps, viewer, query }) => {
    const view = viewOf(viewer);
    if (view === undefined) return nothing;
    const { limit, cursor, sort, ...filter } = query;
    return listCases(deps.index, view, filter, sort, { limit, cursor });
  },
  // Access is checked with the record that is shown, whether from the index or from the ledger.
  'cases.get': async (context) => {
    const found = await recordOf('case')(context);
    const { parties } = partiesOnly.parse(JSON.parse(found.text));
    if (!maySee(context.viewer, parties)) throw recordNotFound('case', [context.params.caseNo]);
    return found;
  },
  'cases.events': recordsOf('caseEvent', ({ deps, viewer, params }) =>
    assertSees(deps, viewer, String(params['caseNo'])),
  ),
  'cases.clocks': ({ deps, viewer, params: { caseNo }, query }) => {
    assertSees(deps, viewer, caseNo);
    const record = deps.index.record('case', caseNo);
    if (record === undefined) throw recordNotFound('case', [caseNo]);
    return { caseNo, items: caseClocks(record, query.on) };
  },
  'cases.materials': async ({ deps, viewer, params: { caseNo } }) => ({
    caseNo,
    items: await materialsOf(deps, viewer, caseNo),
  }),
  'cases.export': exportCase,
  'inbox.list': async ({ deps, viewer, caller, query: { mine, section, ...request } }) => {
    const { department } = viewer;
    if (department === null) return nothing;
    const { index, login, signoffs, now } = deps;
    const persons = async () => {
      if (mine !== undefined) return { persons: [caller] };
      if (section === undefined) return {};
      const loggedIn = login.sessions.callersOf(caller.mspId);
      return { persons: await colleaguesOf(index, loggedIn, caller) };
    };
    const view = { department, at: now().toISOString(), ...(await persons()) };
    const seen = await signoffs.seen(caller, department);
    const waiting = seen.flatMap(({ line, waits }) => (waits ? [line] : []));
    return inboxWith(waiting, index, request, (rest) => listInbox(index, view, rest));
  },
  'inbox.done': ({ deps, viewer, caller, query: { mine, ...request } }) => {
    const { department } = viewer;
    if (department === null) return nothing;
    const user = mine === undefined ? undefined : caller.user;
    return listDone(deps.index, { department, user }, request);
  },
};

function assertSees(deps: AppDependencies, viewer: Viewer, number: string): void {
  const known = deps.index.has('case', number);
  if (!known || !maySee(viewer, caseParties(deps.index, number))) {
    throw recordNotFound('case', [number]);
  }
}
