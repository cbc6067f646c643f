import { delegationEndWords, namesOf, type DelegationRecord } from '@yici/domain/model';
import { about, inboxEntries } from './inbox-entry.js';
import type { IndexEntry } from './index-entry.js';

/** A delegation waits for the signatures of its two ends; until both are there it lets nobody act. */
export function delegationInbox(record: DelegationRecord): IndexEntry[] {
  const { delegationId, department, accepted = [], ended, grantedAt: since, toDay: due } = record;
  const { from, to } = record;
  const missing = namesOf(delegationEndWords).filter(
    (end) => !accepted.some(({ as }) => as === end),
  );
  if (ended !== undefined || missing.length === 0) return [];
  const task = { department, todo: 'acceptDelegation', step: delegationId } as const;
  const persons = missing.map((end) => (end === 'absent' ? from : to));
  const rest = { since, due, state: missing.join('+'), persons };
  return inboxEntries(delegationId, [
    { ...task, ...rest, about: about('delegations', delegationId) },
  ]);
}
