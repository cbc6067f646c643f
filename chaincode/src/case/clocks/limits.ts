import { mergeCalendars, type WorkingDayCounter } from '../../calendar/working-days';
import type { CaseState } from '../../kernel/case-states';
import { shanghaiDate } from '../../kernel/days';
import type { CaseBody } from '../chain';
import type { Pause } from './clock-records';
import { extraDays, runningPauses } from './clocks';
import { dueAfter, stoppedDays } from './due';
import type { StepRecord } from '../records';
import { isSettled } from '../steps';

/** Due dates of an accepted case and of its open steps, anew from their starts, limits, pauses and extension. */
export function withDueDates(before: CaseBody, counter: WorkingDayCounter): CaseBody {
  const { acceptance, limits, pauses = [] } = before;
  if (acceptance === undefined || limits === undefined) return before;
  const more = extraDays(before);
  const { dueAt, ...byDays } = before;
  const { statutory } = limits;
  const body = dueAt !== undefined && standsOnTheSpot(dueAt, pauses) ? before : byDays;
  const dueOn =
    'dueAt' in body
      ? before.dueOn
      : dueAfter(counter, acceptance.on, limits.promised + more.promised, pauses);
  return {
    ...body,
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(statutory === undefined
      ? {}
      : { statutoryDueOn: dueAfter(counter, acceptance.on, statutory + more.statutory, pauses) }),
    ...(pauses.length === 0 ? {} : { stoppedDays: stoppedDays(counter, pauses) }),
    steps: body.steps.map((step) =>
      step.status === 'open' && step.startedAt !== undefined
        ? {
            ...step,
            dueOn: dueAfter(counter, shanghaiDate(step.startedAt), step.limit.value, pauses),
            ...forwardedDue(step, pauses, counter),
          }
        : step,
    ),
    calendars: mergeCalendars(body.calendars, counter),
  };
}

/** The answer from above waits for a special procedure like the step itself. */
function forwardedDue(
  { forwarded }: StepRecord,
  pauses: readonly Pause[],
  counter: WorkingDayCounter,
): Pick<StepRecord, 'forwarded'> {
  if (forwarded === undefined) return {};
  const { at, limitDays } = forwarded;
  const dueOn = dueAfter(counter, shanghaiDate(at), limitDays, pauses);
  return { forwarded: { ...forwarded, dueOn } };
}

/**
 * What takes a special procedure is not decided on the spot, so from its start days count; unless the instant had passed by
 * then: what was missed by minutes stays missed, too.
 */
function standsOnTheSpot(dueAt: string, pauses: readonly Pause[]): boolean {
  return pauses.every(({ startedAt }) => startedAt > dueAt);
}

/**
 * The state of a case that is accepted and not decided, from its facts: a special procedure that runs, an extension, an
 * answer, or nothing yet. A procedure whose time is over holds nothing, so the next act shows the case going on.
 */
export function handlingState(body: Omit<CaseBody, 'state'>, today: string): CaseState {
  if (runningPauses(body, today).length > 0) return 'SPECIAL_PROCEDURE';
  if (body.extension?.approval !== undefined) return 'EXTENDED';
  if (body.steps.some(isSettled)) return 'IN_REVIEW';
  return body.acceptance?.how === 'tolerant' ? 'TOLERANT_ACCEPTED' : 'ACCEPTED';
}
