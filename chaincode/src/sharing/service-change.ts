import { actorOf, requireDepartment, requireHolder } from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openShare, recordShareAct, type ShareRule } from './chain';

/**
 * The provider proposes to end or to change the service from a day on, which it cannot do by itself (Order 809 art 27(3)).
 * Where the requester does not agree it is a dispute (art 28).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, VALIDITY_INVALID
 */
export const proposeChange: ShareRule<'sharing.proposeChange'> = (state, input, member) => {
  const { shareId, ...proposed } = input;
  const before = openShare(state.share, shareId, ['GRANTED', 'SUSPENDED']);
  requireHolder(member, before.provider, { of: 'dataset', id: before.datasetId });
  const { at, today } = nowFor(member);
  if (proposed.from < today) {
    throw new ContractError('VALIDITY_INVALID', { from: proposed.from, today });
  }
  // The deliveries that the chain has yet to take up come before this act.
  const taken = (state.grant?.deliveries.length ?? 0) - before.deliveries;
  return recordShareAct(state, actOf('sharing.proposeChange', input, member), {
    ...before,
    serviceChange: { ...proposed, by: actorOf(member), at, seq: before.nextSeq + taken },
  });
};

/**
 * The requester's head agrees to what was proposed, by the number of its event; by this act it is filed with the lead
 * authority, which sees it (备案, art 27(3)).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, NOTHING_TO_CONSENT
 */
export const agreeChange: ShareRule<'sharing.agreeChange'> = (state, input, member) => {
  const { shareId, seq } = input;
  const before = openShare(state.share, shareId, ['GRANTED', 'SUSPENDED']);
  requireDepartment(member, before.requester);
  const { serviceChange: proposed, lead } = before;
  const waiting = proposed?.agreed === undefined ? proposed?.seq : undefined;
  if (proposed === undefined || waiting !== seq) {
    throw new ContractError('NOTHING_TO_CONSENT', { seq, waiting });
  }
  const agreed = { by: actorOf(member), at: member.at, filedWith: lead };
  return recordShareAct(state, actOf('sharing.agreeChange', input, member), {
    ...before,
    serviceChange: { ...proposed, agreed },
  });
};
