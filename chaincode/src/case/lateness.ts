import { shanghaiDate } from '../kernel/days';
import { deliveryWorkingDays, replyWorkingDays } from '../kernel/legal-limits';
import type { CaseClock } from './clocks';
import { isMissedBefore } from './hand-over';
import type { CaseRecord } from './records';

/** A limit that an act on the record missed, and the day of the act. */
export interface LateAct {
  readonly clock: CaseClock;
  readonly actedOn: string;
}

/** Limits that were missed by acts that are on the record. */
export function lateActs(record: CaseRecord): LateAct[] {
  const acts = [
    ...lateSteps(record),
    ...lateAbove(record),
    ...lateTurns(record),
    ...lateWhole(record),
    ...lateDoor(record),
  ];
  return [...acts.filter(({ clock }) => !isMissedBefore(record, clock)), ...lateSenders(record)];
}

/** What was missed before a hand-over stays with the department that handed over. */
function lateSenders({ missedBefore = [] }: CaseRecord): LateAct[] {
  return missedBefore.map(({ handedOverAt, ...clock }) => ({
    clock: { ...clock, paused: false },
    actedOn: shanghaiDate(handedOverAt),
  }));
}

function late(clock: Omit<CaseClock, 'paused'>, at: string | undefined): LateAct[] {
  if (at === undefined) return [];
  const actedOn = shanghaiDate(at);
  const inTime = clock.dueAt === undefined ? actedOn <= clock.dueOn : at <= clock.dueAt;
  if (inTime) return [];
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

/** An answer from above that came too late. */
function lateAbove({ steps }: CaseRecord): LateAct[] {
  return steps.flatMap(({ id, department, forwarded }) =>
    forwarded === undefined
      ? []
      : late(
          {
            ...{ what: 'above', step: id, department: forwarded.department ?? department },
            ...{ startedOn: shanghaiDate(forwarded.at), dueOn: forwarded.dueOn },
            limitDays: forwarded.limitDays,
          },
          forwarded.answered?.at,
        ),
  );
}

/** A turn in a disagreement that was taken too late. */
function lateTurns({ steps }: CaseRecord): LateAct[] {
  return steps.flatMap(({ id, disagreement }) =>
    (disagreement?.late ?? []).flatMap(({ actedAt, ...turn }) =>
      late({ what: 'disagreement', step: id, ...turn }, actedAt),
    ),
  );
}

/** Of an on-the-spot item the instant counts, of all others the day. */
function lateFinish(record: CaseRecord): LateAct[] {
  const { owner, acceptance, dueOn, dueAt, limits, completedAt } = record;
  if (acceptance === undefined || dueOn === undefined || limits === undefined) return [];
  return late(
    {
      ...{ what: 'finish', department: owner, startedOn: acceptance.on, dueOn },
      ...(dueAt === undefined ? {} : { dueAt }),
      limitDays: limits.promised,
    },
    completedAt,
  );
}

function lateWhole(record: CaseRecord): LateAct[] {
  const { owner, decision, deliverBy } = record;
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
  return [...lateFinish(record), ...delivery];
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
