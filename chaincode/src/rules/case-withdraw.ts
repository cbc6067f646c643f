import type { CaseRecord, CommandInput } from '../model';
import { handlingStates } from '../model';
import type { Member, Outcome } from './caller';
import { requireDepartment } from './caller';
import { nowFor, openCase, recordAct } from './case-chain';

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
