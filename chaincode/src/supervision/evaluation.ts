import { createWorkingDayCounter, type CalendarLookup } from '../calendar/working-days';
import type { CaseRecord } from '../case/records';
import type { Member, Outcome, Rule } from '../kernel/caller';
import { absent, actorOf, eventOf, found, requireDepartment } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { later, shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { evaluationAnswerWorkingDays } from '../kernel/legal-limits';
import type { EvaluationRecord } from './records';

/** 4 and 5 are bad (GB/T 39046 A.8). */
const isBad = (score: number): boolean => score >= 4;

/**
 * The applicant says how it was, once, after delivery (好差评, State Council Order 716 art 12). A bad one says why and
 * is answered with what was done.
 * @throws ContractError NOT_FOUND, ALREADY_EXISTS, WRONG_DEPARTMENT, EVALUATION_NOT_OPEN, EVALUATION_UNEXPLAINED,
 *   CALENDAR_MISSING
 */
export const giveEvaluation: Rule<
  'evaluation.give',
  {
    readonly case: CaseRecord | undefined;
    readonly existing: EvaluationRecord | undefined;
    readonly calendar: CalendarLookup;
  },
  EvaluationRecord
> = (state, { caseNo, score, note }, member) => {
  const record = found(state.case, { caseNo });
  absent(state.existing, { caseNo });
  requireDepartment(member, record.applicant);
  if (record.deliveredAt === undefined) {
    throw new ContractError('EVALUATION_NOT_OPEN', { caseNo, state: record.state });
  }
  if (isBad(score) && note === undefined) {
    throw new ContractError('EVALUATION_UNEXPLAINED', { caseNo, score });
  }
  const { at, today } = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const main: EvaluationRecord = {
    ...{ kind: 'evaluation', v: 1, caseNo, owner: record.owner, parties: record.parties, score },
    ...(note === undefined ? {} : { note }),
    by: actorOf(member),
    at,
    ...(isBad(score) ? { answerBy: counter.add(today, evaluationAnswerWorkingDays) } : {}),
  };
  return written('evaluation.give', main, member, at);
};

/** @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, EVALUATION_GOOD, ALREADY_ANSWERED */
export const answerEvaluation: Rule<
  'evaluation.answer',
  { readonly evaluation: EvaluationRecord | undefined },
  EvaluationRecord
> = (state, { caseNo, document }, member) => {
  const evaluation = found(state.evaluation, { caseNo });
  requireDepartment(member, evaluation.owner);
  const { answerBy, answer, score } = evaluation;
  if (answerBy === undefined) throw new ContractError('EVALUATION_GOOD', { caseNo, score });
  if (answer !== undefined) throw new ContractError('ALREADY_ANSWERED', { caseNo, at: answer.at });
  const at = later(member.at, evaluation.at);
  const late = shanghaiDate(member.at) > answerBy;
  const given = { document, late, by: actorOf(member), at };
  return written('evaluation.answer', { ...evaluation, answer: given }, member, at);
};

function written(
  name: 'evaluation.give' | 'evaluation.answer',
  main: EvaluationRecord,
  member: Member,
  at: string,
): Outcome<EvaluationRecord> {
  const { caseNo, parties } = main;
  return { main, also: [], event: { ...eventOf(name, member, at), caseNo, parties } };
}
