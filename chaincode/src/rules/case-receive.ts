import type { CaseRecord, CommandInput } from '../model';
import type { Member, Outcome } from './caller';
import { requireDepartment } from './caller';
import { nowFor, openCase, recordAct } from './case-chain';

/**
 * The owner acknowledges receipt. The clock has been running since submission.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export function receiveCase(
  state: { readonly case: CaseRecord | undefined },
  input: CommandInput<'case.receive'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['SUBMITTED']);
  requireDepartment(member, before.owner);
  const { at } = nowFor(before, member);
  return recordAct({ ...before, state: 'RECEIVED', receivedAt: at }, before, {
    type: 'case.receive',
    member,
    at,
    input,
  });
}
