import { stillRuns } from '../../calendar/passed';
import type { CalendarLookup, WorkingDayCounter } from '../../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../../calendar/working-days';
import type { CommandInput } from '../../kernel/commands';
import type { Member } from '../../kernel/caller';
import { actorOf, requireOwner, requireOtherPerson } from '../../kernel/caller';
import { actOf, nowFor } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { openCase, recordAct, type CaseRule } from '../chain';
import { inspectionStage } from '../clocks/clocks';
import type { CaseRecord } from '../records';
import type { TimedState } from './special-procedure';

/**
 * The owner inspects what it granted on a commitment, by an official who did not decide. A first failure sets the time to
 * put it right; until that has passed only success can be recorded; a failure after it is final and leaves the
 * revocation (Zhejiang regulation art 14). A first inspection after the sixtieth working day counts and is flagged.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NO_COMMITMENT, INSPECTION_DONE,
 *   MAKER_IS_CHECKER, CORRECTION_PERIOD_WRONG, CORRECTION_RUNNING, CALENDAR_MISSING
 */
export const recordInspection: CaseRule<'case.recordInspection', TimedState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, [
    'DECIDED_GRANTED',
    'COMPLETED',
    'DELIVERED',
    'ARCHIVED',
  ]);
  requireOwner(before, member);
  requireInspectable(before);
  if (before.decision !== undefined) requireOtherPerson(before.decision.by, member);
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const { result, document } = input;
  const inspection = {
    result,
    document,
    by: actorOf(member),
    at: now.at,
    ...correctionOf(before, input, { member, calendar: state.calendar, counter }),
  };
  const late = isFirst(before) && now.today > (before.commitment?.inspectBy ?? now.today);
  const flag = { code: 'lateInspection', seq: before.nextSeq } as const;
  return recordAct(before, actOf('case.recordInspection', input, member), {
    ...before,
    inspections: [...(before.inspections ?? []), inspection],
    flags: late ? [...before.flags, flag] : before.flags,
    calendars: mergeCalendars(before.calendars, counter),
  });
};

function isFirst({ inspections = [] }: CaseRecord): boolean {
  return inspections.length === 0;
}

function requireInspectable(before: CaseRecord): void {
  const { caseNo } = before;
  const stage = inspectionStage(before);
  if (stage === 'none') throw new ContractError('NO_COMMITMENT', { caseNo });
  if (stage === 'passed' || stage === 'failed') {
    throw new ContractError('INSPECTION_DONE', { caseNo, stage });
  }
}

interface Moment {
  readonly member: Member;
  readonly calendar: CalendarLookup;
  readonly counter: WorkingDayCounter;
}

function correctionOf(
  before: CaseRecord,
  { result, correction }: CommandInput<'case.recordInspection'>,
  { member, calendar, counter }: Moment,
) {
  const wanted = result === 'fail' && isFirst(before);
  if (wanted !== (correction !== undefined)) {
    throw new ContractError('CORRECTION_PERIOD_WRONG', { result, first: isFirst(before) });
  }
  if (correction !== undefined) {
    const dueOn = counter.add(nowFor(member).today, correction.value);
    return { correction: { limit: correction, dueOn } };
  }
  const dueOn = before.inspections?.at(-1)?.correction?.dueOn;
  if (result !== 'fail' || dueOn === undefined) return {};
  const early = stillRuns(dueOn, member, calendar);
  if (early !== undefined) throw new ContractError('CORRECTION_RUNNING', { dueOn, ...early });
  return {};
}
