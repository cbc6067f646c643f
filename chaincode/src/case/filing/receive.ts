import { actorOf, requireOwner } from '../../kernel/caller';
import { actOf } from '../../kernel/chain';
import { openCase, recordAct, type CaseRule } from '../chain';

/**
 * The owner acknowledges receipt. The clock has been running since submission. Who received it stays named as first asked
 * (首问负责).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export const receiveCase: CaseRule<'case.receive'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, ['SUBMITTED']);
  requireOwner(before, member);
  const { at } = member;
  return recordAct(before, actOf('case.receive', input, member), {
    ...before,
    state: 'RECEIVED',
    receivedAt: at,
    firstAsked: actorOf(member),
  });
};
