import { createWorkingDayCounter } from '../../calendar/working-days';
import type { CommandInput } from '../../kernel/commands';
import { actorOf, found, requireOwner, requireOtherPerson, type Member } from '../../kernel/caller';
import { actOf, nowFor, type Now } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { openCase, recordAct, type CaseBody, type CaseRule } from '../chain';
import { withDueDates } from '../clocks/limits';
import type { CaseRecord } from '../records';
import type { TimedState } from './special-procedure';

/**
 * After a review that set the decision aside, or once the owner revoked it, a head of the owner who did not decide opens the
 * case for a new decision. It has a clock of its own: the matter's limits, counted from now. What was decided before stays
 * on the case. A grant is revoked first.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, LIMIT_REACHED,
 *   CALENDAR_MISSING
 */
export const reopenCase: CaseRule<'case.reopen', TimedState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, [
    'DECIDED_REFUSED',
    'COMPLETED',
    'DELIVERED',
    'ARCHIVED',
    'DECISION_REVOKED',
  ]);
  requireOwner(before, member);
  const { caseNo, state: from, reopenings = [] } = before;
  const decision = found(before.decision, { caseNo });
  if (decision.outcome === 'granted' && from !== 'DECISION_REVOKED') {
    throw new ContractError('WRONG_STATE', {
      ...{ caseNo, state: from, allowed: ['DECISION_REVOKED'] },
    });
  }
  requireOtherPerson(decision.by, member);
  if (reopenings.length === mostReopenings) {
    throw new ContractError('LIMIT_REACHED', { held: 'reopenings', most: mostReopenings, caseNo });
  }
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const body = withDueDates(
    { ...reopened(before, input, member, now), state: 'IN_REVIEW' },
    counter,
  );
  return recordAct(before, actOf('case.reopen', input, member), body);
};

const mostReopenings = 5;

/** Its limits count from today; what ended the first handling is kept with the reopening, until another takes its place. */
function reopened(
  { revocation, kept, coDecision, extension, delivery, ...before }: CaseRecord,
  { ground, document }: CommandInput<'case.reopen'>,
  member: Member,
  { today, at }: Now,
): CaseBody {
  const { decision, acceptance, reopenings = [] } = before;
  const reopening = {
    ...{ ground, document, by: actorOf(member), at },
    ...(decision && { decision }),
    ...(revocation && { revocation }),
    ...(kept && { kept }),
    ...(coDecision && { coDecision }),
    ...(extension && { extension }),
    ...(delivery && { delivery }),
  };
  return {
    ...before,
    ...(acceptance && { acceptance: { ...acceptance, on: today } }),
    reopenings: [...reopenings, reopening],
  };
}
