import { createWorkingDayCounter, type CalendarLookup } from '../calendar/working-days';
import type { CommandInput } from '../kernel/commands';
import { actorOf, found, requireDepartment, type Member } from '../kernel/caller';
import { handlingStates } from '../kernel/case-states';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openCase, recordAct, type CaseRule } from './chain';
import { handlingState, withDueDates } from './limits';
import type { CaseRecord } from './records';
import type { Pause } from './clock-records';

const mostPauses = 20;

/** A case and the calendars. */
export interface TimedState {
  readonly case: CaseRecord | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * R7: the owner stops the clock for a procedure that a law demands, names the law, tells the applicant in writing how long
 * it takes, and the due dates of the case and of its open steps move by that much (Administrative Licensing Law art 45). A
 * second procedure of one kind, which is how one takes longer than was told, needs its own reasons and letter and raises a
 * flag. A limit that had run out before stays missed.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, PROLONGING_UNEXPLAINED, LIMIT_REACHED,
 *   CALENDAR_MISSING
 */
export const startSpecialProcedure: CaseRule<'case.startSpecialProcedure', TimedState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  requireDepartment(member, before.owner);
  const { pauses = [] } = before;
  if (pauses.length >= mostPauses) throw new ContractError('LIMIT_REACHED', { pauses: mostPauses });
  const again = pauses.some(({ procedure }) => procedure === input.procedure);
  if (again && input.grounds === undefined) {
    throw new ContractError('PROLONGING_UNEXPLAINED', { procedure: input.procedure });
  }
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const to = counter.add(now.today, input.limit.value);
  const { procedure, law, clause, limit, notice, grounds } = input;
  const pause: Pause = {
    no: pauses.length + 1,
    procedure,
    law,
    clause,
    limit,
    notice,
    ...(grounds === undefined ? {} : { grounds }),
    startedBy: actorOf(member),
    startedAt: now.at,
    from: now.today,
    to,
    plannedTo: to,
  };
  const flag = { code: 'procedureProlonged', seq: before.nextSeq } as const;
  const flags = again ? [...before.flags, flag] : before.flags;
  const body = withDueDates({ ...before, flags, pauses: [...pauses, pause] }, counter);
  return recordAct(before, actOf('case.startSpecialProcedure', input, member), {
    ...body,
    state: handlingState(body, now.today),
  });
};

/**
 * R7: the procedure is over and the clock goes on. The owner may end it early, and the due dates are counted again with the
 * days it really took. After the announced time the pause is over by itself, and any member may record that.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, PROCEDURE_ENDED, CALENDAR_MISSING
 */
export const endSpecialProcedure: CaseRule<'case.endSpecialProcedure', TimedState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  const { caseNo, no } = input;
  const { pauses = [] } = before;
  const pause = found(
    pauses.find((known) => known.no === no),
    { caseNo, no },
  );
  if (pause.ended !== undefined) {
    throw new ContractError('PROCEDURE_ENDED', { no, endedAt: pause.ended.at });
  }
  const now = nowFor(member);
  if (now.today <= pause.plannedTo || input.result !== undefined) {
    requireDepartment(member, before.owner);
  }
  const ended = endedPause(pause, input, member, now);
  const counter = createWorkingDayCounter(state.calendar);
  const body = withDueDates(
    { ...before, pauses: pauses.map((known) => (known.no === no ? ended : known)) },
    counter,
  );
  return recordAct(before, actOf('case.endSpecialProcedure', input, member), {
    ...body,
    state: handlingState(body, now.today),
  });
};

function endedPause(
  pause: Pause,
  { result }: CommandInput<'case.endSpecialProcedure'>,
  member: Member,
  now: Now,
): Pause {
  const to = now.today < pause.plannedTo ? now.today : pause.plannedTo;
  const outcome = result === undefined ? {} : { result };
  return { ...pause, to, ended: { by: actorOf(member), at: now.at, ...outcome } };
}
