import {
  createWorkingDayCounter,
  mergeCalendars,
  type CalendarLookup,
  type WorkingDayCounter,
} from '../../calendar/working-days';
import type { FunctionHolderRecord } from '../../department/records';
import {
  actorOf,
  requireDepartment,
  requireOwner,
  requireOtherPerson,
  type Member,
  type Outcome,
} from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf, nowFor, type Now } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import {
  meetingWorkingDays,
  opinionRulingWorkingDays,
  standWorkingDays,
} from '../../kernel/legal-limits';
import { openCase, recordAct, type CaseAct, type CaseRule } from '../chain';
import type { Disagreement, Turn } from './disagreement-records';
import type { CaseRecord, StepRecord } from '../records';
import type { TimedState } from '../procedures/special-procedure';
import { stepOf } from '../steps';
import { withParty } from '../responsibility/responsibility';

/** Whoever's turn it is has these days from now. */
export function turnOf(
  department: string,
  limitDays: number,
  now: Now,
  counter: WorkingDayCounter,
): Turn {
  const dueOn = counter.add(now.today, limitDays);
  return { department, startedOn: now.today, dueOn, limitDays };
}

/** A step that disagrees, unless its matter's version takes the opinion as advice: the owner has to see to it. */
export function withDisagreement(
  step: StepRecord,
  owner: string,
  now: Now,
  counter: WorkingDayCounter,
): StepRecord {
  if (step.answer !== 'disagree' || step.advisory === true) return step;
  const waitsFor = turnOf(owner, meetingWorkingDays, now, counter);
  return { ...step, disagreement: { since: now.at, waitsFor } };
}

/** Whether a step still stands against a grant. */
export function isOpposing({ answer, advisory, disagreement }: StepRecord): boolean {
  return answer === 'disagree' && advisory !== true && disagreement?.ruling?.outcome !== 'lifted';
}

interface Disagreeing {
  readonly before: CaseRecord;
  readonly step: StepRecord;
  readonly known: Disagreement;
}

/**
 * A step that disagrees and that the government has not ruled on.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, OPINION_AGREES, OPINION_RULED
 */
function disagreeing(
  record: CaseRecord | undefined,
  { caseNo, stepId }: { readonly caseNo: string; readonly stepId: string },
): Disagreeing {
  const before = openCase(record, caseNo, handlingStates);
  const step = stepOf(before, stepId);
  if (step.answer !== 'disagree') throw new ContractError('OPINION_AGREES', { stepId });
  const known = step.disagreement ?? { since: step.answeredAt ?? before.updatedAt };
  if (known.ruling !== undefined) {
    throw new ContractError('OPINION_RULED', { stepId, outcome: known.ruling.outcome });
  }
  return { before, step, known };
}

interface Turned {
  readonly counter: WorkingDayCounter;
  /** Whose turn comes next; nobody's when it is settled. */
  readonly next?: Turn;
}

/** The disagreement after an act: the turn that was taken is over, and the next is another's. */
function turned(known: Disagreement, { next }: Turned): Disagreement {
  const after: Disagreement = { ...known };
  delete after.waitsFor;
  return next === undefined ? after : { ...after, waitsFor: next };
}

function written(
  { before, step }: Disagreeing,
  act: CaseAct,
  after: StepRecord,
  turn: Turned,
): Outcome<CaseRecord> {
  const { next, counter } = turn;
  return recordAct(before, act, {
    ...before,
    steps: before.steps.map((known) => (known === step ? after : known)),
    parties: next === undefined ? before.parties : withParty(before.parties, next.department),
    calendars: mergeCalendars(before.calendars, counter),
  });
}

/**
 * 协调会: the owner meets with the department that disagrees and records it; then that department says within its days
 * whether it agrees now or stays with its opinion.
 * @throws ContractError those of {@link disagreeing}, WRONG_DEPARTMENT, MEETING_INCOMPLETE, ALREADY_EXISTS, LIMIT_REACHED,
 *   CALENDAR_MISSING
 */
export const recordMeeting: CaseRule<'case.recordMeeting', TimedState> = (state, input, member) => {
  const open = disagreeing(state.case, input);
  const { before, step, known } = open;
  const { stepId, document, attended } = input;
  requireOwner(before, member);
  if (known.meeting !== undefined)
    throw new ContractError('ALREADY_EXISTS', { stepId, meeting: known.meeting.at });
  const absent = [before.owner, step.department].filter((id) => !attended.includes(id));
  if (absent.length > 0) throw new ContractError('MEETING_INCOMPLETE', { stepId, absent });
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const turn = { counter, next: turnOf(step.department, standWorkingDays, now, counter) };
  const meeting = { document, attended, by: actorOf(member), at: now.at };
  const after = { ...step, disagreement: { ...turned(known, turn), meeting } };
  return written(open, actOf('case.recordMeeting', input, member), after, turn);
};

export interface DisagreementState {
  readonly case: CaseRecord | undefined;
  readonly government: FunctionHolderRecord | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * The department that disagreed agrees after all, at any time; or, after the meeting, stays with its opinion, which brings
 * it to the government.
 * @throws ContractError those of {@link disagreeing}, WRONG_DEPARTMENT, MEETING_MISSING, LIMIT_REACHED, CALENDAR_MISSING
 */
export const reviseOpinion: CaseRule<'case.reviseOpinion', DisagreementState> = (
  state,
  input,
  member,
) => {
  const open = disagreeing(state.case, input);
  const { before, step, known } = open;
  const { stepId, answer, document } = input;
  requireDepartment(member, step.department);
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const act = actOf('case.reviseOpinion', input, member);
  const said = { document, by: actorOf(member), at: now.at };
  if (answer === 'agree') {
    const revised = { ...turned(known, { counter }), revised: said };
    return written(open, act, { ...step, answer, disagreement: revised }, { counter });
  }
  if (known.meeting === undefined) throw new ContractError('MEETING_MISSING', { stepId });
  const decides = governmentFor(state.government, open) ?? before.owner;
  const turn = { counter, next: turnOf(decides, opinionRulingWorkingDays, now, counter) };
  const maintained = { ...turned(known, turn), maintained: said };
  return written(open, act, { ...step, disagreement: maintained }, turn);
};

/** The department that acts for the government, unless it is a side itself. */
function governmentFor(
  government: FunctionHolderRecord | undefined,
  { before, step }: Disagreeing,
): string | undefined {
  const department = government?.department;
  const sides = [before.owner, before.applicant, step.department];
  return department === undefined || sides.includes(department) ? undefined : department;
}

/**
 * The government decides between the owner and the department that stays with its opinion, or did not say in its days: its
 * head signs, or the owner registers the decision with organ and number, by another official than who recorded the meeting.
 * @throws ContractError those of {@link disagreeing}, WRONG_DEPARTMENT, ROLE_REFUSED, MAKER_IS_CHECKER, MEETING_MISSING,
 *   DECISION_UNNAMED, CALENDAR_MISSING
 */
export const ruleOpinion: CaseRule<'case.ruleOpinion', DisagreementState> = (
  state,
  input,
  member,
) => {
  const open = disagreeing(state.case, input);
  const { step, known } = open;
  const { outcome, document, organ, number } = input;
  const signs = requireRuler(state, open, member);
  const now = nowFor(member);
  const silent = known.waitsFor === undefined || now.today > known.waitsFor.dueOn;
  if (known.meeting === undefined || (known.maintained === undefined && !silent)) {
    throw new ContractError('MEETING_MISSING', { stepId: step.id });
  }
  if (!signs && (organ === undefined || number === undefined)) {
    throw new ContractError('DECISION_UNNAMED', { missing: ['organ', 'number'] });
  }
  const counter = createWorkingDayCounter(state.calendar);
  const ruling = {
    ...{ outcome, document, by: actorOf(member), at: now.at },
    ...(organ === undefined ? {} : { organ }),
    ...(number === undefined ? {} : { number }),
  };
  const after = { ...step, disagreement: { ...turned(known, { counter }), ruling } };
  return written(open, actOf('case.ruleOpinion', input, member), after, { counter });
};

/** Whether the government's head signs; else the owner registers what was decided. */
function requireRuler(
  { government }: DisagreementState,
  open: Disagreeing,
  member: Member,
): boolean {
  if (member.department === governmentFor(government, open)) {
    const { role } = member;
    if (role !== 'head') throw new ContractError('ROLE_REFUSED', { role, allowed: ['head'] });
    return true;
  }
  requireOwner(open.before, member);
  if (open.known.meeting !== undefined) requireOtherPerson(open.known.meeting.by, member);
  return false;
}
