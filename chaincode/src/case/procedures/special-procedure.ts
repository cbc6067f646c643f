import {
  createWorkingDayCounter,
  type CalendarLookup,
  type WorkingDayCounter,
} from '../../calendar/working-days';
import type { FunctionHolderRecord } from '../../department/records';
import type { CommandInput } from '../../kernel/commands';
import { actorOf, found, requireOwner, type Member } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf, nowFor, type Now } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import type { ProcedureBasis } from '../../matter/guide';
import type { MatterContent } from '../../matter/records';
import { contentFor, type HandlingState } from '../acceptance/acceptance';
import { openCase, recordAct, type CaseRule } from '../chain';
import type { Pause } from '../clocks/clock-records';
import { stoppedDays } from '../clocks/due';
import { handlingState, withDueDates } from '../clocks/limits';
import type { CaseRecord } from '../records';
import { withParty } from '../responsibility/responsibility';

const mostPauses = 20;

/** A case and the calendars. */
export interface TimedState {
  readonly case: CaseRecord | undefined;
  readonly calendar: CalendarLookup;
}

export interface StartProcedureState extends HandlingState {
  readonly supervision: FunctionHolderRecord | undefined;
}

/**
 * R7: the owner stops the clock for a procedure that a law or regulation demands, tells the applicant in writing how long
 * it takes, and the due dates of the case and of its open steps move by that much (Administrative Licensing Law art 45). A
 * second procedure of one kind, which is how one takes longer than was told, needs its own reasons and letter and raises a
 * flag. A limit that had run out before stays missed. What the guide of the matter's version does not announce, or not for
 * so long, a head signs, and the supervision office becomes a party.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, PROLONGING_UNEXPLAINED, LIMIT_REACHED,
 *   PROCEDURE_BASIS_WRONG, PROCEDURE_NEEDS_HEAD, CALENDAR_MISSING
 */
export const startSpecialProcedure: CaseRule<'case.startSpecialProcedure', StartProcedureState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  requireOwner(before, member);
  const again = requireReasons(before, input);
  const announced = announcedIn(contentFor(before, state.matter), input.procedure);
  const basis = basisOf(input, announced?.basis);
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const beyond = isBeyondGuide(before, input, announced, counter);
  if (beyond && member.role !== 'head') {
    throw new ContractError('PROCEDURE_NEEDS_HEAD', { procedure: input.procedure });
  }
  const watcher = beyond ? state.supervision?.department : undefined;
  const flags = [...before.flags, ...flagsOf(before, { again, beyond })];
  const pause = newPause(input, basis, { member, now, counter });
  const body = withDueDates(
    { ...before, flags, ...withPause(before, pause, beyond, watcher) },
    counter,
  );
  return recordAct(before, actOf('case.startSpecialProcedure', input, member), {
    ...body,
    state: handlingState(body, now.today),
  });
};

/** Whether the kind has been there before, which needs its reasons. @throws ContractError PROLONGING_UNEXPLAINED, LIMIT_REACHED */
function requireReasons({ pauses = [] }: CaseRecord, { procedure, grounds }: Start): boolean {
  if (pauses.length >= mostPauses)
    throw new ContractError('LIMIT_REACHED', { held: 'pauses', most: mostPauses });
  const again = pauses.some((known) => known.procedure === procedure);
  if (again && grounds === undefined)
    throw new ContractError('PROLONGING_UNEXPLAINED', { procedure });
  return again;
}

/** One beyond the guide is marked, and the office that watches it becomes a party. */
function withPause(
  { pauses = [], parties }: CaseRecord,
  pause: Omit<Pause, 'no'>,
  beyond: boolean,
  watcher: string | undefined,
): Pick<CaseRecord, 'parties' | 'pauses'> {
  const marks = beyond ? { beyondGuide: true as const } : {};
  const watched = watcher === undefined ? {} : { watchedBy: watcher };
  return {
    parties: watcher === undefined ? parties : withParty(parties, watcher),
    pauses: [...pauses, { ...pause, no: pauses.length + 1, ...marks, ...watched }],
  };
}

type Start = CommandInput<'case.startSpecialProcedure'>;
type Announced = NonNullable<NonNullable<MatterContent['guide']>['specialProcedures']>[number];

function announcedIn(
  { guide }: MatterContent,
  procedure: Start['procedure'],
): Announced | undefined {
  return guide?.specialProcedures?.find((known) => known.procedure === procedure);
}

/** What demands the procedure: as announced, else as the owner says it. @throws ContractError PROCEDURE_BASIS_WRONG */
function basisOf(
  { procedure, law, clause, rank }: Start,
  announced: ProcedureBasis | undefined,
): ProcedureBasis {
  if (announced !== undefined) {
    const told = { law, clause, rank };
    const names = ['law', 'clause', 'rank'] as const;
    if (names.some((name) => (told[name] ?? announced[name]) !== announced[name])) {
      throw new ContractError('PROCEDURE_BASIS_WRONG', { procedure, announced });
    }
    return announced;
  }
  if (law === undefined || clause === undefined || rank === undefined) {
    throw new ContractError('PROCEDURE_BASIS_WRONG', { procedure });
  }
  return { law, clause, rank };
}

/** All the time that procedures of the kind take together, against what the guide announces for it with its basis. */
function isBeyondGuide(
  { pauses = [] }: CaseRecord,
  { procedure, limit }: Start,
  announced: Announced | undefined,
  counter: WorkingDayCounter,
): boolean {
  if (announced?.basis === undefined) return true;
  const taken = stoppedDays(
    counter,
    pauses.filter((known) => known.procedure === procedure),
  );
  return taken + limit.value > announced.limit.value;
}

function newPause(
  { procedure, limit, notice, grounds }: Start,
  basis: ProcedureBasis,
  {
    member,
    now,
    counter,
  }: { readonly member: Member; readonly now: Now; readonly counter: WorkingDayCounter },
): Omit<Pause, 'no'> {
  const to = counter.add(now.today, limit.value);
  return {
    procedure,
    ...basis,
    limit,
    notice,
    ...(grounds === undefined ? {} : { grounds }),
    startedBy: actorOf(member),
    startedAt: now.at,
    from: now.today,
    to,
    plannedTo: to,
  };
}

function flagsOf(
  { nextSeq: seq }: CaseRecord,
  { again, beyond }: { readonly again: boolean; readonly beyond: boolean },
): CaseRecord['flags'] {
  return [
    ...(again ? [{ code: 'procedureProlonged', seq } as const] : []),
    ...(beyond ? [{ code: 'procedureBeyondGuide', seq } as const] : []),
  ];
}

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
    requireOwner(before, member);
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
