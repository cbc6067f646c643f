import { absent, actorOf, eventOf, type Rule } from '../kernel/caller';
import { dayNumber, shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { acceptedBy } from './accept';
import { refuseDelegate } from './delegation';
import type { DelegationRecord } from './records';

/** Longest period of one delegation, in calendar days. A house rule: a longer absence is a new grant. */
export const longestDelegationDays = 184;

/**
 * A/B post (AB岗): a head lets an official stand in for an absent one of the same department, from a day to a day. The
 * head is not the delegate, and a delegate grants nothing on. It counts once both ends have signed, see accept.ts; a head
 * who hands on the own post has signed for it here.
 * @throws ContractError ALREADY_EXISTS, DELEGATION_INVALID, MAKER_IS_CHECKER, VALIDITY_INVALID
 */
export const grantDelegation: Rule<
  'delegation.grant',
  { readonly existing: DelegationRecord | undefined },
  DelegationRecord
> = (state, input, member) => {
  const { delegationId, from, to, fromDay, toDay } = input;
  absent(state.existing, { delegationId });
  refuseDelegate(member);
  if (from === to) throw new ContractError('DELEGATION_INVALID', { problem: 'toItself', to });
  if (member.user === to) {
    const couldAct = { department: member.department, role: 'head', notOneOf: [to] };
    throw new ContractError('MAKER_IS_CHECKER', { user: to, couldAct });
  }
  const today = shanghaiDate(member.at);
  const days = dayNumber(toDay) - dayNumber(fromDay) + 1;
  if (fromDay < today || days < 1 || days > longestDelegationDays) {
    throw new ContractError('VALIDITY_INVALID', {
      fromDay,
      toDay,
      today,
      most: longestDelegationDays,
    });
  }
  return {
    main: {
      kind: 'delegation',
      v: 1,
      department: member.department,
      ...input,
      grantedBy: actorOf(member),
      grantedAt: member.at,
      accepted: from === member.user ? [acceptedBy('absent', input, member)] : [],
    },
    also: [],
    event: { ...eventOf('delegation.grant', member, member.at), delegationId },
  };
};
