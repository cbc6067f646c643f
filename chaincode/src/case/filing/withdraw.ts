import { requireDepartment } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf } from '../../kernel/chain';
import { openCase, recordAct, type CaseRule } from '../chain';
import { hasMissedLimit } from '../clocks/ended-clocks';

/**
 * The applicant withdraws before the decision. That is no way out for who was late: a withdrawal after a missed limit says
 * so, and the clocks it ends are kept.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export const withdrawCase: CaseRule<'case.withdraw'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, [
    'SUBMITTED',
    'RECEIVED',
    'SUPPLEMENT_NOTIFIED',
    ...handlingStates,
  ]);
  requireDepartment(member, before.applicant);
  return recordAct(before, actOf('case.withdraw', input, member), {
    ...before,
    flags: hasMissedLimit(before, member.at)
      ? [...before.flags, { code: 'withdrawnAfterLimit', seq: before.nextSeq }]
      : before.flags,
    state: 'WITHDRAWN',
  });
};
