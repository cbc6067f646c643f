import { closedStates, handlingStates, type CaseState } from '../kernel/case-states';
import type { CaseClockKind } from '../kernel/clock-kinds';
import { shanghaiDate } from '../kernel/days';
import {
  deliveryWorkingDays,
  inspectionWorkingDays,
  replyWorkingDays,
  rulingWorkingDays,
  transferAnswerDays,
} from '../kernel/legal-limits';
import type { TransferSubject } from './responsibility-records';
import type { CaseRecord } from './records';
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
  const open = rulings.flatMap(({ decidedAt, subject, office, openedAt, dueOn }) =>
    decidedAt === undefined
      ? [
          {
            ...running('ruling', office, shanghaiDate(openedAt), dueOn, rulingWorkingDays),
            ...stepOfSubject(subject),
          },
        ]
      : [],
  );
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
  const { acceptance, tolerated, applicant, owner } = record;
  const steps = record.steps.flatMap(({ id, status, department, startedAt, dueOn, limit }) =>
    status === 'open' && startedAt !== undefined && dueOn !== undefined
      ? [
          {
            ...running('opinion', department, shanghaiDate(startedAt), dueOn, limit.value),
            step: id,
            paused,
          },
        ]
      : [],
  );
  const missing =
    tolerated === undefined || acceptance === undefined
      ? []
      : [
          running(
            'tolerated',
            applicant,
            // Not `on`: what silence accepted counts from the receipt, what may follow from the day it was recorded.
            shanghaiDate(acceptance.at),
            tolerated.dueOn,
            tolerated.limit.value,
          ),
        ];
  const procedures = pauses.map(({ no, from, to, limit }) => ({
    ...running('procedure', owner, from, to, limit.value),
    step: no.toString(),
  }));
  return [...steps, ...missing, ...procedures, ...wholeClocks(record, paused)];
}

function wholeClocks(record: CaseRecord, paused: boolean): CaseClock[] {
  const { acceptance, limits, dueOn, statutoryDueOn, owner } = record;
  if (acceptance === undefined || limits === undefined || dueOn === undefined) return [];
  const more = extraDays(record);
  const whole = (what: CaseClockKind, due: string, days: number): CaseClock => ({
    ...running(what, owner, acceptance.on, due, days + more),
    paused,
  });
  const { dueAt } = record;
  const promised = {
    ...whole('finish', dueOn, limits.promised),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
  return statutoryDueOn === undefined || limits.statutory === undefined
    ? [promised]
    : [promised, whole('statutory', statutoryDueOn, limits.statutory)];
}

/** Working days that an approved extension adds. */
export function extraDays({ extension }: Pick<CaseRecord, 'extension'>): number {
  return extension?.approval === undefined ? 0 : extension.limit.value;
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
    return [running('inspect', owner, from, commitment.inspectBy, inspectionWorkingDays)];
  }
  if (stage !== 'correcting' || last?.correction === undefined) return [];
  const { limit, dueOn } = last.correction;
  return [running('correct', applicant, shanghaiDate(last.at), dueOn, limit.value)];
}
