import { actorOf, requireDepartment } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { requireReason } from '../../kernel/reason';
import { openCase, recordAct, type CaseRule } from '../chain';
import { requireNotDisowned } from '../responsibility/not-mine';
import { openStepOf } from '../responsibility/responsibility';
import { requireNotForwarded } from '../steps';

/**
 * 退件: a step's department gives the file back to the owner, once and with reasons (GB/T 39046-2020 table 7, 业务动作
 * 退回). It stays responsible for the step and the step's clock runs on: returning wins nobody time. Lack of duty is no
 * ground: that is a hand-over by a clause (R12, State Council Order 486 art 10).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN,
 *   WRONG_DEPARTMENT, OPINION_FORWARDED, ALREADY_RETURNED, REASON_REQUIRED, TRANSFER_REQUIRED
 */
export const returnStep: CaseRule<'case.returnStep'> = (state, input, member) => {
  const { caseNo, stepId } = input;
  const before = openCase(state.case, caseNo, handlingStates);
  const step = openStepOf(before, stepId);
  requireDepartment(member, step.department);
  requireNotForwarded(step);
  if (step.returned !== undefined) {
    throw new ContractError('ALREADY_RETURNED', { stepId, returnedAt: step.returned.at });
  }
  const { code: reasonCode, text } = requireReason(input.reason, { remedy: false, basis: 'house' });
  requireNotDisowned(input.reason, { caseNo, stepId });
  const { at } = member;
  const returned = { by: actorOf(member), at, reasonCode, text };
  return recordAct(before, actOf('case.returnStep', input, member), {
    ...before,
    steps: before.steps.map((known) => (known === step ? { ...step, returned } : known)),
    flags: [...before.flags, { code: 'returned', seq: before.nextSeq }],
  });
};
