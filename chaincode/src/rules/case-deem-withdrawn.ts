import type { CaseRecord, CommandInput } from '../model';
import { ContractError } from '../model';
import type { Member, Outcome } from './caller';
import { nowFor, openCase, recordAct } from './case-chain';

/**
 * A notice not answered in time: the application counts as withdrawn (Zhejiang regulation art 11). Any member may
 * record it.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, SUPPLEMENT_NOT_OVERDUE
 */
export function deemWithdrawn(
  state: { readonly case: CaseRecord | undefined },
  input: CommandInput<'case.deemWithdrawn'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['SUPPLEMENT_NOTIFIED']);
  const { at, today } = nowFor(before, member);
  const dueOn = before.notices.at(-1)?.dueOn ?? '';
  if (today <= dueOn) throw new ContractError('SUPPLEMENT_NOT_OVERDUE', { dueOn, today });
  return recordAct({ ...before, state: 'DEEMED_WITHDRAWN' }, before, {
    type: 'case.deemWithdrawn',
    member,
    at,
    input,
  });
}
