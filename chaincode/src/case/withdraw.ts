import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { requireDepartment } from '../kernel/caller';
import { handlingStates } from '../kernel/case-states';
import { nowFor } from '../kernel/chain';
import { openCase, recordAct } from './chain';
import type { CaseRecord } from './records';

/**
 * The applicant withdraws before the decision.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export function withdrawCase(
  state: { readonly case: CaseRecord | undefined },
  input: CommandInput<'case.withdraw'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, [
    'SUBMITTED',
    'RECEIVED',
    'SUPPLEMENT_NOTIFIED',
    ...handlingStates,
  ]);
  requireDepartment(member, before.applicant);
  const { at } = nowFor(member);
  return recordAct({ ...before, state: 'WITHDRAWN' }, before, {
    type: 'case.withdraw',
    member,
    at,
    input,
  });
}
