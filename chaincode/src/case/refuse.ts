import { requireDepartment } from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { requireReason } from '../kernel/reason';
import { requireReplyInTime } from './acceptance';
import { openCase, recordAct, type CaseRule } from './chain';
import type { CaseRecord } from './records';
import { sentElsewhere, type NotCompetentState } from './referral';

export interface RefuseState extends NotCompetentState {
  readonly case: CaseRecord | undefined;
}

/**
 * The owner refuses a case at the door: not required (不受理), not competent, or still incomplete after the one-time
 * notice (不予受理). R4 closes this way after five working days; R5 asks for reason and remedy.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NOTICE_TOO_LATE, REASON_REQUIRED,
 *   NOTICE_REQUIRED, and those of {@link sentElsewhere}
 */
export const refuseCase: CaseRule<'case.refuse', RefuseState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, ['RECEIVED']);
  requireDepartment(member, before.owner);
  const now = nowFor(member);
  requireReplyInTime(before, now);
  const refusal = requireReason(input.reason, {
    remedy: true,
    codes: ['notRequired', 'notCompetent', 'stillIncomplete'],
  });
  if (refusal.code === 'stillIncomplete' && before.notices.length === 0) {
    throw new ContractError('NOTICE_REQUIRED', { caseNo: input.caseNo });
  }
  const { body, also } =
    refusal.code === 'notCompetent'
      ? sentElsewhere(before, input, state, now)
      : { body: before, also: [] };
  const outcome = recordAct(before, actOf('case.refuse', input, member), {
    ...body,
    state: 'NOT_ACCEPTED',
    refusal,
  });
  return { ...outcome, also: [...outcome.also, ...also] };
};
