import { createWorkingDayCounter, type CalendarLookup } from '../calendar/working-days';
import type { CaseRecord } from '../case/records';
import type { Member, Outcome, Rule } from '../kernel/caller';
import { absent, actorOf, eventOf, found, requireDepartment } from '../kernel/caller';
import type { CommandName } from '../kernel/commands';
import { nowFor } from '../kernel/chain';
import { later, shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { evaluationAnswerWorkingDays } from '../kernel/legal-limits';
import type { Digest } from '../kernel/scalars';
import type { EvaluationRecord } from './records';

/** 4 and 5 are bad (GB/T 39046 A.8). */
const isBad = (score: number): boolean => score >= 4;

/**
 * The applicant says how it was, once, after delivery (好差评, 国办发〔2019〕51号). A bad one says why and is answered with what
 * was done.
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
  requireNote(caseNo, score, note);
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
  const evaluation = found(state.evaluation, { caseNo, part: 'evaluation' });
  requireDepartment(member, evaluation.owner);
  const { answerBy, answer, score } = evaluation;
  if (answerBy === undefined) throw new ContractError('EVALUATION_GOOD', { caseNo, score });
  if (answer !== undefined) throw new ContractError('ALREADY_ANSWERED', { caseNo, at: answer.at });
  const at = later(member.at, evaluation.at);
  const late = shanghaiDate(member.at) > answerBy;
  const given = { document, late, by: actorOf(member), at };
  return written('evaluation.answer', { ...evaluation, answer: given }, member, at);
};

/**
 * 追评: once, after the answer, who evaluated says how it is now (浙政办函〔2019〕65号). The first mark stays beside it; a bad one
 * says why again, and needs no second answer.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, FOLLOW_UP_NOT_OPEN, EVALUATION_UNEXPLAINED
 */
export const followUpEvaluation: Rule<
  'evaluation.followUp',
  { readonly evaluation: EvaluationRecord | undefined },
  EvaluationRecord
> = (state, { caseNo, score, note }, member) => {
  const evaluation = found(state.evaluation, { caseNo, part: 'evaluation' });
  requireDepartment(member, evaluation.by.department);
  const { answer, followUp } = evaluation;
  if (answer === undefined || followUp !== undefined) {
    throw new ContractError('FOLLOW_UP_NOT_OPEN', { caseNo, answered: answer !== undefined });
  }
  requireNote(caseNo, score, note);
  const at = later(member.at, answer.at);
  const given = { score, ...(note === undefined ? {} : { note }), by: actorOf(member), at };
  return written('evaluation.followUp', { ...evaluation, followUp: given }, member, at);
};

function requireNote(caseNo: string, score: number, note: Digest | undefined): void {
  if (isBad(score) && note === undefined) {
    throw new ContractError('EVALUATION_UNEXPLAINED', { caseNo, score });
  }
}

function written(
  name: Extract<CommandName, `evaluation.${string}`>,
  main: EvaluationRecord,
  member: Member,
  at: string,
): Outcome<EvaluationRecord> {
  const { caseNo, parties } = main;
  return { main, also: [], event: { ...eventOf(name, member, at), caseNo, parties } };
}
