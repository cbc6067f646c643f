import { actorOf, requireDepartment } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { requireReason } from '../../kernel/reason';
import { openCase, recordAct, type CaseRule } from '../chain';
import { outstandingSteps, stepsAgainst } from '../steps';

/**
 * A head of the department that decides with the owner, on what the owner applied for at itself, gives its decision once
 * every opinion is there. The owner's own follows; it grants nothing that this one refuses.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, NOT_A_PARTY, WRONG_DEPARTMENT, OPINIONS_OUTSTANDING,
 *   ALREADY_CONFIRMED, REASON_REQUIRED
 */
export const coDecideCase: CaseRule<'case.coDecide'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  const { caseNo, coDecider, coDecision } = before;
  if (coDecider === undefined) {
    throw new ContractError('NOT_A_PARTY', { caseNo, department: member.department });
  }
  requireDepartment(member, coDecider);
  if (coDecision !== undefined) throw new ContractError('ALREADY_CONFIRMED', { caseNo });
  const steps = outstandingSteps(before);
  if (steps.length > 0) throw stepsAgainst('OPINIONS_OUTSTANDING', steps);
  const { outcome, document, reason } = input;
  if (outcome === 'refused') requireReason(reason, { remedy: false, basis: 'house' });
  const { at } = member;
  const given = reason === undefined ? {} : { reason };
  return recordAct(before, actOf('case.coDecide', input, member), {
    ...before,
    coDecision: { outcome, document, ...given, by: actorOf(member), at },
  });
};
