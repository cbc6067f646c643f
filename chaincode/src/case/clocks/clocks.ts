import { closedStates, handlingStates, type CaseState } from '../../kernel/case-states';
import type { CaseClockKind } from '../../kernel/clock-kinds';
import { shanghaiDate } from '../../kernel/days';
import {
  deliveryWorkingDays,
  inspectionWorkingDays,
  replyWorkingDays,
  rulingWorkingDays,
  transferAnswerDays,
} from '../../kernel/legal-limits';
import type { TransferSubject } from '../responsibility-records';
import type { CaseRecord, StepRecord } from '../records';
import type { Pause } from './clock-records';

/** One running clock of a case. Days are `YYYY-MM-DD` in Asia/Shanghai, `dueOn` is the last one that is in time. */
export interface CaseClock {
  readonly what: CaseClockKind;
  /** The step of an opinion, of a hand-over or of a ruling; the number of a special procedure. */
  readonly step?: string;
  /** Who must act. */
  readonly department: string;
  readonly startedOn: string;
  readonly dueOn: string;
  /** Of an on-the-spot item: the instant at which it ends, on the day `dueOn`. */
  readonly dueAt?: string;
  /** Working days the limit has, an extension included, stopped days not. */
  readonly limitDays: number;
  /** A special procedure holds it; `dueOn` already counts the days announced for that. */
  readonly paused: boolean;
}

/** Special procedures that still run on `today`; without a day, all that nobody has ended. */
export function runningPauses(
  record: Pick<CaseRecord, 'pauses'>,
  today = '0000-00-00',
): readonly Pause[] {
  return (record.pauses ?? []).filter(({ ended, to }) => ended === undefined && today <= to);
}

/**
 * Every running clock of a case, from its record alone. With `today`, a clock whose special procedure is over by then counts
 * as running again.
 */
export function caseClocks(record: CaseRecord, today?: string): CaseClock[] {
  return closedStates.includes(record.state)
    ? stateClocks(record, today)
    : [...stateClocks(record, today), ...responsibilityClocks(record)];
}

function responsibilityClocks({ handovers = [], rulings = [] }: CaseRecord): CaseClock[] {
  const offers = handovers.flatMap(({ status, subject, to, offeredAt, answerBy }) =>
    status === 'offered'
      ? [
          {
            ...running('transfer', to, shanghaiDate(offeredAt), answerBy, transferAnswerDays),
            ...stepOfSubject(subject),
          },
        ]
      : [],
  );
  const open = rulings.flatMap(({ decidedAt, subject, office, openedAt, dueOn, proposed }) => {
    if (decidedAt !== undefined) return [];
    const clock =
      proposed === undefined
        ? running('ruling', office, shanghaiDate(openedAt), dueOn, rulingWorkingDays)
        : running(
            ...(['ruling', proposed.decides, shanghaiDate(proposed.at)] as const),
            ...([proposed.decideBy, rulingWorkingDays] as const),
          );
    return [{ ...clock, ...stepOfSubject(subject) }];
  });
  return [...offers, ...open];
}

function stepOfSubject(subject: TransferSubject): { readonly step?: string } {
  return subject.kind === 'step' ? { step: subject.stepId } : {};
}

function stateClocks(record: CaseRecord, today: string | undefined): CaseClock[] {
  const handling: readonly CaseState[] = handlingStates;
  if (handling.includes(record.state)) return handlingClocks(record, today);
  switch (record.state) {
    case 'SUBMITTED':
    case 'RECEIVED':
      return [running('reply', record.owner, record.clockFrom, record.replyBy, replyWorkingDays)];
    case 'SUPPLEMENT_NOTIFIED':
      return record.notices
        .slice(-1)
        .map(({ at, dueOn, limit }) =>
          running('supplement', record.applicant, shanghaiDate(at), dueOn, limit.value),
        );
    case 'DECIDED_GRANTED':
    case 'DECIDED_REFUSED':
      return [...wholeClocks(record, false), ...deliveryClock(record), ...inspectionClock(record)];
    case 'COMPLETED':
      return [...deliveryClock(record), ...inspectionClock(record)];
    case 'DELIVERED':
    case 'ARCHIVED':
      return inspectionClock(record);
    default:
      return [];
  }
}

function running(
  what: CaseClockKind,
  department: string,
  startedOn: string,
  dueOn: string,
  limitDays: number,
): CaseClock {
  return { what, department, startedOn, dueOn, limitDays, paused: false };
}

function handlingClocks(record: CaseRecord, today: string | undefined): CaseClock[] {
  const pauses = runningPauses(record, today);
  const paused = pauses.length > 0;
  const procedures = pauses.map(({ no, from, to, limit }) => ({
    ...running('procedure', record.owner, from, to, limit.value),
    step: no.toString(),
  }));
  return [
    ...record.steps.flatMap((step) =>
      [...opinionClock(step), ...aboveClock(step)].map((clock) => ({ ...clock, paused })),
    ),
    ...record.steps.flatMap((step) => disagreementClock(step, paused)),
    ...toleratedClock(record),
    ...procedures,
    ...wholeClocks(record, paused),
  ];
}

function opinionClock({
  id,
  status,
  department,
  startedAt,
  dueOn,
  limit,
}: StepRecord): CaseClock[] {
  if (status !== 'open' || startedAt === undefined || dueOn === undefined) return [];
  const startedOn = shanghaiDate(startedAt);
  return [{ ...running('opinion', department, startedOn, dueOn, limit.value), step: id }];
}

/** The answer from the organ above, which the step waits for. */
function aboveClock({ id, status, department, forwarded }: StepRecord): CaseClock[] {
  if (status !== 'open' || forwarded === undefined) return [];
  const { department: organ = department, at, dueOn, limitDays } = forwarded;
  return [{ ...running('above', organ, shanghaiDate(at), dueOn, limitDays), step: id }];
}

function disagreementClock({ id, disagreement }: StepRecord, paused: boolean): CaseClock[] {
  const waits = disagreement?.waitsFor;
  return waits === undefined ? [] : [{ what: 'disagreement', step: id, ...waits, paused }];
}

function toleratedClock({ tolerated, acceptance, applicant }: CaseRecord): CaseClock[] {
  if (tolerated === undefined || acceptance === undefined) return [];
  const { dueOn, limit } = tolerated;
  // Not `on`: what silence accepted counts from the receipt, what may follow from the day it was recorded.
  return [running('tolerated', applicant, shanghaiDate(acceptance.at), dueOn, limit.value)];
}

function wholeClocks(record: CaseRecord, paused: boolean): CaseClock[] {
  const { acceptance, limits, dueOn, statutoryDueOn, owner } = record;
  if (acceptance === undefined || limits === undefined || dueOn === undefined) return [];
  const more = extraDays(record);
  const whole = (what: CaseClockKind, due: string, days: number): CaseClock => ({
    ...running(what, owner, acceptance.on, due, days),
    paused,
  });
  const { dueAt } = record;
  const promised = {
    ...whole('finish', dueOn, limits.promised + more.promised),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
  return statutoryDueOn === undefined || limits.statutory === undefined
    ? [promised]
    : [promised, whole('statutory', statutoryDueOn, limits.statutory + more.statutory)];
}

/**
 * Working days that an approved extension adds to either limit. A promise of less than the law allows is not extended while
 * statutory days remain; a promise of all that the law allows is the statutory limit itself.
 */
export function extraDays({ extension, limits }: Pick<CaseRecord, 'extension' | 'limits'>): {
  readonly promised: number;
  readonly statutory: number;
} {
  if (extension?.approval === undefined) return { promised: 0, statutory: 0 };
  const statutory = extension.limit.value;
  const both = extension.approval.of === undefined || limits?.promised === limits?.statutory;
  return { promised: both ? statutory : 0, statutory };
}

function deliveryClock({ owner, decision, deliverBy }: CaseRecord): CaseClock[] {
  if (decision === undefined || deliverBy === undefined) return [];
  return [running('deliver', owner, shanghaiDate(decision.at), deliverBy, deliveryWorkingDays)];
}

/**
 * Where the inspection of a commitment stands: `none` when nothing was granted on one, `due`, `correcting` after a first
 * failure, and the two that are final.
 */
export type InspectionStage = 'none' | 'due' | 'correcting' | 'passed' | 'failed';

export function inspectionStage(
  record: Pick<CaseRecord, 'commitment' | 'inspections'>,
): InspectionStage {
  if (record.commitment?.inspectBy === undefined) return 'none';
  const last = record.inspections?.at(-1);
  if (last === undefined) return 'due';
  if (last.result === 'pass') return 'passed';
  return last.correction === undefined ? 'failed' : 'correcting';
}

function inspectionClock(record: CaseRecord): CaseClock[] {
  const { applicant, owner, commitment, decision, inspections } = record;
  const stage = inspectionStage(record);
  const last = inspections?.at(-1);
  if (stage === 'due' && commitment?.inspectBy !== undefined && decision !== undefined) {
    const from = shanghaiDate(decision.at);
    const { inspectBy, inspectionDays = inspectionWorkingDays } = commitment;
    return [running('inspect', owner, from, inspectBy, inspectionDays)];
  }
  if (stage !== 'correcting' || last?.correction === undefined) return [];
  const { limit, dueOn } = last.correction;
  return [running('correct', applicant, shanghaiDate(last.at), dueOn, limit.value)];
}
