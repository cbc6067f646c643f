import { createWorkingDayCounter } from '../../calendar/working-days';
import { actorOf, requireOwner, requireOtherPerson } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf, nowFor, type Now } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { extensionWorkingDays, jointExtensionWorkingDays } from '../../kernel/legal-limits';
import { openCase, recordAct, type CaseRule } from '../chain';
import { handlingState, withDueDates } from '../clocks/limits';
import type { CaseRecord } from '../records';
import type { TimedState } from './special-procedure';

/**
 * R8: an official of the owner asks for more of the statutory time while there is some left. Until it is approved another
 * request takes its place. At most ten working days, or fifteen when other departments take part (Administrative Licensing
 * Law art 42).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, EXTENSION_ONCE, EXTENSION_UNFOUNDED,
 *   EXTENSION_TOO_LONG, EXTENSION_TOO_LATE
 */
export const requestExtension: CaseRule<'case.requestExtension'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  requireOwner(before, member);
  const { limit, reasonCode, grounds } = input;
  requireFirst(before);
  const joint = isJoint(before);
  const most = joint ? jointExtensionWorkingDays : extensionWorkingDays;
  if (limit.value > most) {
    throw new ContractError('EXTENSION_TOO_LONG', { asked: limit.value, most, joint });
  }
  const now = nowFor(member);
  requireTimeLeft(before, now);
  const extension = {
    limit,
    reasonCode,
    grounds,
    requestedBy: actorOf(member),
    requestedAt: now.at,
  };
  return recordAct(before, actOf('case.requestExtension', input, member), {
    ...before,
    extension,
    state: handlingState(before, now.today),
  });
};

/**
 * R8: a head of the owner who is not the one that asked approves it, once, and the applicant is told the reason. That of
 * joint handling always cites the approval by the head of the government (Administrative Licensing Law art 42(2)). The
 * statutory limit moves; a promise of less time is kept or missed (Zhejiang regulation art 12), and a step keeps its own.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, EXTENSION_NOT_REQUESTED, EXTENSION_ONCE,
 *   MAKER_IS_CHECKER, GOVERNMENT_APPROVAL_MISSING, EXTENSION_UNFOUNDED, EXTENSION_TOO_LATE, CALENDAR_MISSING
 */
export const approveExtension: CaseRule<'case.approveExtension', TimedState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  requireOwner(before, member);
  const asked = before.extension;
  if (asked === undefined) throw new ContractError('EXTENSION_NOT_REQUESTED');
  requireFirst(before);
  requireOtherPerson(asked.requestedBy, member);
  const { notice, government } = input;
  if (isJoint(before) && government === undefined) {
    throw new ContractError('GOVERNMENT_APPROVAL_MISSING', { asked: asked.limit.value });
  }
  const now = nowFor(member);
  requireTimeLeft(before, now);
  const approval = {
    by: actorOf(member),
    at: now.at,
    notice,
    ...(government === undefined ? {} : { government }),
    of: 'statutory',
  } as const;
  const counter = createWorkingDayCounter(state.calendar);
  const body = withDueDates({ ...before, extension: { ...asked, approval } }, counter);
  return recordAct(before, actOf('case.approveExtension', input, member), {
    ...body,
    state: handlingState(body, now.today),
  });
};

function requireFirst({ extension }: CaseRecord): void {
  const approved = extension?.approval;
  if (approved !== undefined)
    throw new ContractError('EXTENSION_ONCE', { approvedAt: approved.at });
}

/** Other departments than the owner take part (统一办理、联合办理、集中办理). */
function isJoint({ steps, owner }: CaseRecord): boolean {
  return steps.some(({ department }) => department !== owner);
}

/** There is a statutory limit to extend, and what is overdue cannot be made timely afterwards. */
function requireTimeLeft({ caseNo, statutoryDueOn: dueOn }: CaseRecord, { today }: Now): void {
  if (dueOn === undefined) throw new ContractError('EXTENSION_UNFOUNDED', { caseNo });
  if (today > dueOn) throw new ContractError('EXTENSION_TOO_LATE', { dueOn, today });
}
