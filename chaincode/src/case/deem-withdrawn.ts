import { stillRuns } from '../calendar/passed';
import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openCase, recordAct } from './chain';
import type { CaseRecord } from './records';
import type { TimedState } from './special-procedure';

/**
 * A notice not answered in time: the application counts as withdrawn (Zhejiang regulation art 11). Any member may
 * record it.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, SUPPLEMENT_NOT_OVERDUE
 */
export function deemWithdrawn(
  state: TimedState,
  input: CommandInput<'case.deemWithdrawn'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['SUPPLEMENT_NOTIFIED']);
  const { at } = nowFor(member);
  const dueOn = before.notices.at(-1)?.dueOn ?? '';
  const early = stillRuns(dueOn, member, state.calendar);
  if (early !== undefined) throw new ContractError('SUPPLEMENT_NOT_OVERDUE', { dueOn, ...early });
  return recordAct({ ...before, state: 'DEEMED_WITHDRAWN' }, before, {
    type: 'case.deemWithdrawn',
    member,
    at,
    input,
  });
}
