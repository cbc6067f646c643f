import type { DelegationCandidate, responsibilityReads } from '@yici/api';
import { delegableRoles } from '@yici/domain/model';
import { caseParties, maySee } from '../../access/access.js';
import { everyView } from '../../index-store/index-entry.js';
import type { AppDependencies } from '../context.js';
import { listNarrowed } from '../../index-store/lists.js';
import { recordLists } from '../../index-store/narrowed-lists.js';
import { recordOf, seenOf, seenRecordOf } from './record-reads.js';
import type { Handlers } from './read-route.js';
import { pageOfSorted } from '../../store/page.js';

export const responsibilityHandlers: Handlers<typeof responsibilityReads> = {
  'dutyRulings.list': seenOf(recordLists.rulings),
  'dutyRulings.get': seenRecordOf('dutyRuling', (viewer, { office, proposal, caseNo }, index) =>
    maySee(viewer, [
      office,
      ...(proposal === undefined ? [] : [proposal.decides]),
      ...caseParties(index, caseNo),
    ]),
  ),
  'delegations.list': ({ deps, query: { limit, cursor, department, ...filter } }) => {
    const view = department ?? everyView;
    return listNarrowed(deps.index, recordLists.delegations, view, filter, { limit, cursor });
  },
  'delegations.candidates': async ({ deps, caller, query: { role, ...page } }) => {
    const wanted = role === undefined ? delegableRoles : [role];
    const found = await Promise.all(wanted.map((one) => peopleOf(deps, caller.mspId, one)));
    return pageOfSorted(found.flat(), ({ role: held, user }) => `${held} ${user}`, page);
  },
  'delegations.get': recordOf('delegation'),
};

/** Who holds a role, as the index and the open sessions show; whether a certificate was revoked since is not looked up. */
async function peopleOf(
  { index, login }: AppDependencies,
  mspId: string,
  role: DelegationCandidate['role'],
): Promise<DelegationCandidate[]> {
  const signed = await index.signers(mspId, role);
  const here = login.sessions.callersOf(mspId).filter((caller) => caller.role === role);
  const users = new Set([...signed.keys(), ...here.map(({ user }) => user)]);
  return [...users].map((user) => ({ user, role, signedAt: signed.get(user)?.at ?? null }));
}
