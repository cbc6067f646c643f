import {
  actorOf,
  eventOf,
  found,
  requireDepartment,
  type Member,
  type Rule,
} from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { refuseDelegate } from './delegation';
import type { DelegationEnd, DelegationRecord } from './records';

type Accepted = NonNullable<DelegationRecord['accepted']>[number];

/**
 * One end of a delegation signs: the absent official in the role that is handed on, or the delegate. The certificate shows
 * that this person is enrolled in the department and has that role; the ledger keeps no list of people.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, DELEGATION_INVALID, WRONG_STATE, ALREADY_CONFIRMED
 */
export const acceptDelegation: Rule<
  'delegation.accept',
  { readonly delegation: DelegationRecord | undefined },
  DelegationRecord
> = (state, { delegationId }, member) => {
  const before = found(state.delegation, { delegationId });
  requireDepartment(member, before.department);
  refuseDelegate(member);
  if (before.ended !== undefined) {
    throw new ContractError('WRONG_STATE', { delegationId, state: 'ended' });
  }
  const as = endOf(before, member);
  const accepted = before.accepted ?? [];
  if (accepted.some((known) => known.as === as)) {
    throw new ContractError('ALREADY_CONFIRMED', { delegationId, as });
  }
  return {
    main: { ...before, accepted: [...accepted, acceptedBy(as, before, member)] },
    also: [],
    event: {
      ...eventOf('delegation.accept', member, later(member.at, before.grantedAt)),
      delegationId,
    },
  };
};

function endOf({ delegationId, from, to }: DelegationRecord, { user }: Member): DelegationEnd {
  if (user === from) return 'absent';
  if (user === to) return 'delegate';
  throw new ContractError('DELEGATION_INVALID', { problem: 'neitherEnd', delegationId, from, to });
}

/** @throws ContractError DELEGATION_INVALID where the absent official does not hold the role that is handed on */
export function acceptedBy(
  as: DelegationEnd,
  { role }: Pick<DelegationRecord, 'role'>,
  member: Member,
): Accepted {
  if (as === 'absent' && member.role !== role) {
    throw new ContractError('DELEGATION_INVALID', { problem: 'roleNotHeld', role: member.role });
  }
  return { as, by: actorOf(member), at: member.at };
}
