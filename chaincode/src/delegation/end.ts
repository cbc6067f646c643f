import type { Rule } from '../kernel/caller';
import { actorOf, eventOf, found, requireDepartment } from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { refuseDelegate } from './delegation';
import type { DelegationRecord } from './records';

/**
 * A head, the official who is back, or the delegate ends a delegation before its time.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, DELEGATION_INVALID, ROLE_REFUSED, WRONG_STATE
 */
export const endDelegation: Rule<
  'delegation.end',
  { readonly delegation: DelegationRecord | undefined },
  DelegationRecord
> = (state, input, member) => {
  const { delegationId, reasonCode } = input;
  const before = found(state.delegation, { delegationId });
  requireDepartment(member, before.department);
  refuseDelegate(member);
  if (member.role !== 'head' && ![before.from, before.to].includes(member.user)) {
    throw new ContractError('ROLE_REFUSED', { role: member.role, allowed: ['head'] });
  }
  if (before.ended !== undefined) {
    throw new ContractError('WRONG_STATE', { delegationId, state: 'ended' });
  }
  const at = later(member.at, before.grantedAt);
  const why = reasonCode === undefined ? {} : { reasonCode };
  return {
    main: { ...before, ended: { by: actorOf(member), at, ...why } },
    also: [],
    event: { ...eventOf('delegation.end', member, at), delegationId },
  };
};
