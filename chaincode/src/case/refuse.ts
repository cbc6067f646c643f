import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { requireDepartment } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { requireReason } from '../kernel/reason';
import { requireReplyInTime } from './acceptance';
import { openCase, recordAct } from './chain';
import type { CaseRecord } from './records';

/**
 * The owner refuses a case at the door: not required (不受理), not competent, or still incomplete after the one-time
 * notice (不予受理). R4 closes this way after five working days; R5 asks for reason and remedy.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NOTICE_TOO_LATE, REASON_REQUIRED,
 *   NOTICE_REQUIRED
 */
export function refuseCase(
  state: { readonly case: CaseRecord | undefined },
  input: CommandInput<'case.refuse'>,
  member: Member,
): Outcome<CaseRecord> {
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
  return recordAct({ ...before, state: 'NOT_ACCEPTED', refusal }, before, {
    type: 'case.refuse',
    member,
    at: now.at,
    input,
  });
}
