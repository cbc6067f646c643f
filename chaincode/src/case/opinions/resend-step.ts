import { actorOf, requireOwner } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { openCase, recordAct, type CaseRule } from '../chain';
import { openStepOf } from '../responsibility/responsibility';

/**
 * The owner answers a returned step and sends it again. No due date changes.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN,
 *   WRONG_DEPARTMENT, STEP_NOT_RETURNED
 */
export const resendStep: CaseRule<'case.resendStep'> = (state, input, member) => {
  const { caseNo, stepId, document } = input;
  const before = openCase(state.case, caseNo, handlingStates);
  const step = openStepOf(before, stepId);
  requireOwner(before, member);
  if (step.returned === undefined || step.returned.resent !== undefined) {
    throw new ContractError('STEP_NOT_RETURNED', { stepId });
  }
  const { at } = member;
  const resent = { by: actorOf(member), at, document };
  const answered = { ...step, returned: { ...step.returned, resent } };
  return recordAct(before, actOf('case.resendStep', input, member), {
    ...before,
    steps: before.steps.map((known) => (known === step ? answered : known)),
  });
};
