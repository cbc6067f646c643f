import type { CaseClockKind } from '../../kernel/clock-kinds';
import { shanghaiDate } from '../../kernel/days';
import { deliveryWorkingDays, replyWorkingDays } from '../../kernel/legal-limits';
import type { CaseClock } from './clocks';
import { isPast, limitOf, missedBefore } from './ended-clocks';
import type { CaseRecord } from '../records';

/** A limit that an act on the record missed, and the day of the act. */
export interface LateAct {
  readonly clock: CaseClock;
  readonly actedOn: string;
}

/** Of what is kept: the work of departments. Who lets its own application rest bears that itself, and a hand-over stops no clock. */
const judged: readonly CaseClockKind[] = [
  'reply',
  'opinion',
  'above',
  'disagreement',
  'finish',
  'statutory',
  'deliver',
  'inspect',
];

/** Limits that were missed, by acts that are on the record: of whatever has ended, and of what ended before that was kept. */
export function lateActs(record: CaseRecord): LateAct[] {
  const { endedClocks = [] } = record;
  const kept = endedClocks
    .filter(({ late, what }) => late && judged.includes(what))
    .filter(
      (clock, index, all) =>
        missedBefore({ endedClocks: all.slice(0, index) }, clock) === undefined,
    )
    .map((clock): LateAct => ({
      clock: { ...limitOf(clock), paused: false },
      actedOn: shanghaiDate(clock.endedAt),
    }));
  const known = new Set(endedClocks.map(dueText));
  const before = [...lateSteps(record), ...lateWhole(record), ...lateDoor(record)];
  return [...kept, ...before.filter(({ clock }) => !known.has(dueText(clock)))];
}

const dueText = ({ what, step = '', dueOn }: Pick<CaseClock, 'what' | 'step' | 'dueOn'>): string =>
  [what, step, dueOn].join('/');

function late(clock: Omit<CaseClock, 'paused'>, at: string | undefined): LateAct[] {
  if (at === undefined || !isPast(clock, at)) return [];
  return [{ clock: { ...clock, paused: false }, actedOn: shanghaiDate(at) }];
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

/** A case that counts as accepted because nobody replied in time (R4), or that was refused at the door after that time. */
function lateDoor({ owner, acceptance, refusalAct, clockFrom, replyBy }: CaseRecord): LateAct[] {
  const silent = acceptance?.how === 'deemed' ? acceptance.at : undefined;
  return late(
    {
      ...{ what: 'reply', department: owner, startedOn: clockFrom, dueOn: replyBy },
      limitDays: replyWorkingDays,
    },
    silent ?? refusalAct?.at,
  );
}
