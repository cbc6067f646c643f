import type { CardRecord, CaseClock, CaseRecord } from '../model';
import { caseClocks, deliveryWorkingDays, replyWorkingDays, shanghaiDate } from '../model';
import { dateOfDay, dayNumber } from './days';
import type { WorkingDayCounter } from './working-days';

/** A clock that has come to a colour; `actedOn` when the act came, too late. */
export interface Light {
  readonly clock: CaseClock;
  readonly colour: CardRecord['colour'];
  readonly actedOn?: string;
}

/**
 * What is yellow or red in a case on a day: yellow when a tenth of the limit is left, at least one working day (so from one
 * working day before the last); red when the last day has passed. A clock that a special procedure holds shows nothing.
 * An act that came too late stays red: being done at last is no reason to leave no trace.
 * @throws ContractError CALENDAR_MISSING
 */
export function caseLights(record: CaseRecord, today: string, counter: WorkingDayCounter): Light[] {
  const running = caseClocks(record, today)
    .filter(({ paused }) => !paused)
    .flatMap((clock): Light[] => {
      const colour = colourOf(clock, today, counter);
      return colour === undefined ? [] : [{ clock, colour }];
    });
  return [...running, ...lateActs(record)];
}

function colourOf(
  { dueOn, limitDays }: CaseClock,
  today: string,
  counter: WorkingDayCounter,
): CardRecord['colour'] | undefined {
  if (today > dueOn) return 'red';
  const few = Math.max(1, Math.floor(limitDays / 10));
  return hasAtMost(few, today, dueOn, counter) ? 'yellow' : undefined;
}

/** Whether at most `few` working days lie after `today` up to and with `dueOn`. */
function hasAtMost(few: number, today: string, dueOn: string, counter: WorkingDayCounter): boolean {
  let left = 0;
  for (let day = dayNumber(dueOn); day > dayNumber(today); day -= 1) {
    if (counter.isWorkingDay(dateOfDay(day))) left += 1;
    if (left > few) return false;
  }
  return true;
}

/** Limits that were missed by acts that are on the record. */
function lateActs(record: CaseRecord): Light[] {
  return [...lateSteps(record), ...lateWhole(record), ...lateDoor(record)];
}

function late(clock: Omit<CaseClock, 'paused'>, at: string | undefined): Light[] {
  const actedOn = at === undefined ? undefined : shanghaiDate(at);
  if (actedOn === undefined || actedOn <= clock.dueOn) return [];
  return [{ clock: { ...clock, paused: false }, colour: 'red', actedOn }];
}

function lateSteps({ steps }: CaseRecord): Light[] {
  return steps.flatMap(({ id, department, startedAt, dueOn, answeredAt, limit }) =>
    startedAt === undefined || dueOn === undefined
      ? []
      : late(
          {
            ...{ what: 'opinion', step: id, department, dueOn },
            ...{ startedOn: shanghaiDate(startedAt), limitDays: limit.value },
          },
          answeredAt,
        ),
  );
}

function lateWhole(record: CaseRecord): Light[] {
  const { owner, acceptance, dueOn, limits, completedAt, decision, deliverBy } = record;
  const finish =
    acceptance === undefined || dueOn === undefined || limits === undefined
      ? []
      : late(
          {
            ...{ what: 'finish', department: owner, startedOn: acceptance.on, dueOn },
            limitDays: limits.promised,
          },
          completedAt,
        );
  const delivery =
    decision === undefined || deliverBy === undefined
      ? []
      : late(
          {
            ...{ what: 'deliver', department: owner, startedOn: shanghaiDate(decision.at) },
            ...{ dueOn: deliverBy, limitDays: deliveryWorkingDays },
          },
          record.deliveredAt,
        );
  return [...finish, ...delivery];
}

/** A case that counts as accepted because nobody replied in time (R4). */
function lateDoor({ owner, acceptance, clockFrom, replyBy }: CaseRecord): Light[] {
  if (acceptance?.how !== 'deemed') return [];
  return late(
    {
      ...{ what: 'reply', department: owner, startedOn: clockFrom, dueOn: replyBy },
      limitDays: replyWorkingDays,
    },
    acceptance.at,
  );
}
