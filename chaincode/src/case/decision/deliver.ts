import { actorOf, requireOwner } from '../../kernel/caller';
import { actOf, nowFor } from '../../kernel/chain';
import { openCase, recordAct, type CaseRule } from '../chain';
import { sealedOf } from '../result/sealed';

/**
 * The owner delivers the result to the applicant, which closes the case (R14).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, VOUCHER_REQUIRED
 */
export const deliverCase: CaseRule<'case.deliver'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, ['COMPLETED']);
  requireOwner(before, member);
  const { at } = member;
  const delivery = { by: actorOf(member), ...sealedOf(before.result, input, nowFor(member)) };
  const delivered = { deliveredAt: at, deliveryForm: input.form, delivery };
  return recordAct(before, actOf('case.deliver', input, member), {
    ...before,
    state: 'DELIVERED',
    ...delivered,
  });
};
