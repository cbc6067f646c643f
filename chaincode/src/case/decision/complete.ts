import { requireOwner } from '../../kernel/caller';
import { actOf } from '../../kernel/chain';
import { openCase, recordAct, type CaseRule } from '../chain';

/**
 * The owner completes a decided case with its result document.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export const completeCase: CaseRule<'case.complete'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, ['DECIDED_GRANTED', 'DECIDED_REFUSED']);
  requireOwner(before, member);
  const { at } = member;
  return recordAct(before, actOf('case.complete', input, member), {
    ...before,
    state: 'COMPLETED',
    completedAt: at,
    result: input.result,
  });
};
