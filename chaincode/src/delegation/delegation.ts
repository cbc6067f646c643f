import { authorize, type Allowed, type Member } from '../kernel/caller';
import { shanghaiDate } from '../kernel/days';
import { departureOf } from '../kernel/departures';
import { ContractError } from '../kernel/errors';
import { delegableRole } from '../kernel/roles';
import { namesOf } from '../kernel/words';
import { delegationEndWords, type DelegationRecord } from './records';

/**
 * The member who acts under a delegation (AB岗): with the absent official's role and both names. Only an official can
 * stand in, so that no supervisor, service account or administrator gains a power (R15).
 * @throws ContractError ROLE_REFUSED, DELEGATION_NOT_VALID
 */
export function actingUnder(
  command: Allowed,
  delegation: DelegationRecord | undefined,
  delegationId: string,
  member: Member,
): Member {
  if (!delegableRole.safeParse(member.role).success) {
    throw new ContractError('ROLE_REFUSED', { role: member.role, allowed: delegableRole.options });
  }
  const problem = problemOf(delegation, member);
  if (delegation === undefined || problem !== undefined) {
    throw new ContractError('DELEGATION_NOT_VALID', { delegationId, problem });
  }
  const acting = { ...member, role: delegation.role, for: delegation.from, under: delegationId };
  authorize(command, acting);
  return acting;
}

/** Why a delegation does not let this member act now; undefined when it does. */
export function problemOf(
  delegation: DelegationRecord | undefined,
  member: Pick<Member, 'department' | 'user' | 'at' | 'left'>,
): string | undefined {
  if (delegation === undefined) return 'unknown';
  if (delegation.department !== member.department) return 'otherDepartment';
  if (departureOf(member.left, { of: 'everything' }, shanghaiDate(member.at)) !== undefined) {
    return 'departmentEnded';
  }
  if (delegation.to !== member.user) return 'otherUser';
  if (delegation.ended !== undefined) return 'ended';
  if (!isAccepted(delegation)) return 'notAccepted';
  const today = shanghaiDate(member.at);
  if (today < delegation.fromDay) return 'notYet';
  return today > delegation.toDay ? 'expired' : undefined;
}

/** Both ends have signed. */
function isAccepted({ accepted = [] }: DelegationRecord): boolean {
  return namesOf(delegationEndWords).every((end) => accepted.some(({ as }) => as === end));
}

/** What a delegate got cannot be passed on, and is ended in one's own name. @throws ContractError DELEGATION_INVALID */
export function refuseDelegate(member: Member): void {
  if (member.under !== undefined) {
    throw new ContractError('DELEGATION_INVALID', { problem: 'subDelegation', for: member.for });
  }
}
