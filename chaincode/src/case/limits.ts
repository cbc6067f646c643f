import { mergeCalendars, type WorkingDayCounter } from '../calendar/working-days';
import type { CaseState } from '../kernel/case-states';
import { shanghaiDate } from '../kernel/days';
import type { CaseBody } from './chain';
import { extraDays, runningPauses } from './clocks';
import { dueAfter } from './due';
import { isSettled } from './steps';

/** Due dates of an accepted case and of its open steps, anew from their starts, limits, pauses and extension. */
export function withDueDates(before: CaseBody, counter: WorkingDayCounter): CaseBody {
  const { acceptance, limits, pauses = [] } = before;
  if (acceptance === undefined || limits === undefined) return before;
  const more = extraDays(before);
  // What takes a special procedure or an extension is not decided on the spot: from now on days count.
  const { dueAt: onTheSpot, ...byDays } = before;
  const body = onTheSpot === undefined ? before : byDays;
  const dueOn = dueAfter(counter, acceptance.on, limits.promised + more, pauses);
  const { statutory } = limits;
  return {
    ...body,
    dueOn,
    ...(statutory === undefined
      ? {}
      : { statutoryDueOn: dueAfter(counter, acceptance.on, statutory + more, pauses) }),
    steps: body.steps.map((step) =>
      step.status === 'open' && step.startedAt !== undefined
        ? {
            ...step,
            dueOn: dueAfter(counter, shanghaiDate(step.startedAt), step.limit.value, pauses),
          }
        : step,
    ),
    calendars: mergeCalendars(body.calendars, counter),
  };
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
