import { stillRuns } from '../../calendar/passed';
import { actOf } from '../../kernel/chain';
import { refusedOn } from '../../kernel/errors';
import { openCase, recordAct, type CaseRule } from '../chain';
import type { TimedState } from './special-procedure';

/**
 * A notice not answered in time: the application counts as withdrawn (Zhejiang regulation art 11). Any member may
 * record it.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, SUPPLEMENT_NOT_OVERDUE
 */
export const deemWithdrawn: CaseRule<'case.deemWithdrawn', TimedState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, ['SUPPLEMENT_NOTIFIED']);
  const dueOn = before.notices.at(-1)?.dueOn ?? '';
  const early = stillRuns(dueOn, member, state.calendar);
  if (early !== undefined) throw refusedOn('SUPPLEMENT_NOT_OVERDUE', 'notice', { dueOn, ...early });
  return recordAct(before, actOf('case.deemWithdrawn', input, member), {
    ...before,
    state: 'DEEMED_WITHDRAWN',
  });
};
