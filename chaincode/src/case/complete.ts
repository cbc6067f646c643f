import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { requireDepartment } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { openCase, recordAct } from './chain';
import type { CaseRecord } from './records';

/**
 * The owner completes a decided case with its result document.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export function completeCase(
  state: { readonly case: CaseRecord | undefined },
  input: CommandInput<'case.complete'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['DECIDED_GRANTED', 'DECIDED_REFUSED']);
  requireDepartment(member, before.owner);
  const { at } = nowFor(member);
  return recordAct(
    { ...before, state: 'COMPLETED', completedAt: at, result: input.result },
    before,
    {
      type: 'case.complete',
      member,
      at,
      input,
    },
  );
}
