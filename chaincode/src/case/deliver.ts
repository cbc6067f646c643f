import { requireOwner } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { openCase, recordAct, type CaseRule } from './chain';

/**
 * The owner delivers the result to the applicant, which closes the case (R14).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export const deliverCase: CaseRule<'case.deliver'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, ['COMPLETED']);
  requireOwner(before, member);
  const { at } = member;
  const delivered = { deliveredAt: at, deliveryForm: input.form };
  return recordAct(before, actOf('case.deliver', input, member), {
    ...before,
    state: 'DELIVERED',
    ...delivered,
  });
};
