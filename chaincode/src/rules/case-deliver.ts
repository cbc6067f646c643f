import type { CaseRecord, CommandInput } from '../model';
import type { Member, Outcome } from './caller';
import { requireDepartment } from './caller';
import { nowFor, openCase, recordAct } from './case-chain';

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
