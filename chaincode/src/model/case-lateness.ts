import type { CaseClock } from './case-clocks';
import { shanghaiDate } from './days';
import { deliveryWorkingDays, replyWorkingDays } from './legal-limits';
import type { CaseRecord } from './records';

/** A limit that an act on the record missed, and the day of the act. */
export interface LateAct {
  readonly clock: CaseClock;
  readonly actedOn: string;
}

/** Limits that were missed by acts that are on the record. */
export function lateActs(record: CaseRecord): LateAct[] {
  return [...lateSteps(record), ...lateWhole(record), ...lateDoor(record)];
}

function late(clock: Omit<CaseClock, 'paused'>, at: string | undefined): LateAct[] {
  const actedOn = at === undefined ? undefined : shanghaiDate(at);
  if (actedOn === undefined || actedOn <= clock.dueOn) return [];
  return [{ clock: { ...clock, paused: false }, actedOn }];
}

function lateSteps({ steps }: CaseRecord): LateAct[] {
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

function lateWhole(record: CaseRecord): LateAct[] {
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
function lateDoor({ owner, acceptance, clockFrom, replyBy }: CaseRecord): LateAct[] {
  if (acceptance?.how !== 'deemed') return [];
  return late(
    {
      ...{ what: 'reply', department: owner, startedOn: clockFrom, dueOn: replyBy },
      limitDays: replyWorkingDays,
    },
    acceptance.at,
  );
}
