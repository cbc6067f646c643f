import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { requireDepartment } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { openCase, recordAct } from './chain';
import type { CaseRecord } from './records';

/**
 * The owner delivers the result to the applicant, which closes the case (R14).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export function deliverCase(
  state: { readonly case: CaseRecord | undefined },
  input: CommandInput<'case.deliver'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['COMPLETED']);
  requireDepartment(member, before.owner);
  const { at } = nowFor(member);
  const delivered = { deliveredAt: at, deliveryForm: input.form };
  return recordAct({ ...before, state: 'DELIVERED', ...delivered }, before, {
    type: 'case.deliver',
    member,
    at,
    input,
  });
}
