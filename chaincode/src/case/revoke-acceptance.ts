import { stillRuns } from '../calendar/passed';
import { actorOf, requireDepartment, requireOtherPerson } from '../kernel/caller';
import { handlingStates } from '../kernel/case-states';
import { actOf } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { requireReason } from '../kernel/reason';
import { openCase, recordAct, type CaseRule } from './chain';
import type { TimedState } from './special-procedure';

/**
 * What was tolerated as missing did not come in time: a head of the owner, who is not the one that accepted, revokes the
 * acceptance with reasons and remedy, which closes the case (Zhejiang regulation art 11). An acceptance by the owner's
 * silence cannot be taken back this way: its gap is the owner's own.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NOTHING_TOLERATED, SUPPLEMENT_NOT_OVERDUE,
 *   MAKER_IS_CHECKER, REASON_REQUIRED
 */
export const revokeAcceptance: CaseRule<'case.revokeAcceptance', TimedState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  requireDepartment(member, before.owner);
  const { acceptance, tolerated, caseNo } = before;
  if (acceptance?.how !== 'tolerant' || tolerated === undefined) {
    throw new ContractError('NOTHING_TOLERATED', { caseNo });
  }
  const { at } = member;
  const { dueOn, codes } = tolerated;
  const early = stillRuns(dueOn, member, state.calendar);
  if (early !== undefined) {
    throw new ContractError('SUPPLEMENT_NOT_OVERDUE', { dueOn, ...early, codes });
  }
  requireOtherPerson(acceptance.by, member);
  const reason = requireReason(input.reason, { remedy: true, codes: ['supplementOverdue'] });
  const { document } = input;
  const revocation = { of: 'acceptance', reason, document, by: actorOf(member), at } as const;
  return recordAct(before, actOf('case.revokeAcceptance', input, member), {
    ...before,
    revocation,
    state: 'ACCEPTANCE_REVOKED',
  });
};
