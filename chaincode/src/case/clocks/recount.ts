import type { CalendarVersionRecord } from '../../calendar/records';
import { withLaterDaysOff } from '../../calendar/load';
import {
  createWorkingDayCounter,
  type CalendarLookup,
  type WorkingDayCounter,
} from '../../calendar/working-days';
import { actorOf, found } from '../../kernel/caller';
import { closedStates, handlingStates, caseStates, type CaseState } from '../../kernel/case-states';
import { actOf, nowFor } from '../../kernel/chain';
import { dateOfDay, dayNumber, later, shanghaiDate } from '../../kernel/days';
import { ContractError } from '../../kernel/errors';
import {
  deliveryWorkingDays,
  inspectionWorkingDays,
  replyWorkingDays,
} from '../../kernel/legal-limits';
import { openCase, recordAct, type CaseRule } from '../chain';
import { caseClocks } from './clocks';
import { nameOfClock } from './ended-clocks';
import { withDueDates } from './limits';
import type { CaseRecord } from '../records';

/** What `case.recount` takes: all but the closed ones without a clock; what was delivered may wait for its inspection. */
export const countedStates: readonly CaseState[] = caseStates.filter(
  (state) => !closedStates.includes(state) || state === 'DELIVERED' || state === 'ARCHIVED',
);

export interface RecountState {
  readonly case: CaseRecord | undefined;
  /** The version in force of the year's calendar. */
  readonly declared: CalendarVersionRecord | undefined;
  readonly calendar: CalendarLookup;
}

type Known = CaseRecord['calendars'][number];

/** A calendar version in force, or one that may come to be, and what a case has counted with. */
export interface Recounting {
  readonly declared: Pick<
    CalendarVersionRecord,
    'year' | 'version' | 'days' | 'notice' | 'confirmedAt'
  >;
  readonly calendar: CalendarLookup;
}

/**
 * What a newer calendar of a year makes of a case's dates. Undefined where there is nothing to record: the case did not count
 * with that year, knows the version, or no date moves; that its plain week ends is recorded even so.
 */
export function recountBy(before: CaseRecord, { declared, calendar }: Recounting) {
  const { year, version, notice } = declared;
  const known = before.calendars.find((one) => one.year === year);
  if (known === undefined || version <= newestOf(known)) return undefined;
  const daysOff = addedDaysOff(known, declared, calendar);
  const calendars = before.calendars.map((one) =>
    one === known ? { ...known, later: { version, daysOff } } : one,
  );
  const counter = createWorkingDayCounter(withDaysOff(calendar, year, daysOff));
  const after = { ...recounted(before, counter), calendars };
  const moved = movedClocks(before, after);
  if (moved.length === 0 && (known.version > 0 || known.later !== undefined)) return undefined;
  return { after, recount: { year, from: newestOf(known), to: version, notice, moved } };
}

/**
 * A calendar was declared after a case counted with the plain week, or corrected after it was pinned: the days off that it
 * brings move the case's due dates, with who recorded that, on which notice, and each date before and after. Days that it
 * takes away do not count, so no limit becomes shorter. Of a correction only days after its confirmation count, or what
 * was missed could be made timely. Hand-overs and rulings keep their dates: they are limits of this house.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, CALENDAR_MISSING, RECOUNT_NOTHING
 */
export const recountCase: CaseRule<'case.recount', RecountState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, countedStates);
  const { year } = input;
  const { declared, calendar } = state;
  if (declared === undefined) throw new ContractError('CALENDAR_MISSING', { year });
  const done = recountBy(before, { declared, calendar });
  if (done === undefined) {
    throw new ContractError('RECOUNT_NOTHING', { year, version: declared.version });
  }
  const recount = { ...done.recount, by: actorOf(member), at: nowFor(member).at };
  return recordAct(before, actOf('case.recount', input, member), {
    ...done.after,
    recounts: [...(before.recounts ?? []), recount],
  });
};

const newestOf = ({ version, later: added }: Known): number => added?.version ?? version;

/** Working days of the case until now that are off by the declared calendar, beside those added before. */
function addedDaysOff(
  { year, version, later: added }: Known,
  { days, confirmedAt }: Recounting['declared'],
  calendar: CalendarLookup,
): string[] {
  const counted = createWorkingDayCounter(calendar);
  const declared = createWorkingDayCounter(() => ({ version: 0, days }));
  const first = version === 0 && added === undefined;
  const from = first ? '' : shanghaiDate(found(confirmedAt, { year }));
  const fresh: string[] = [];
  const last = dayNumber(`${year.toString()}-12-31`);
  for (let day = dayNumber(`${year.toString()}-01-01`); day <= last; day += 1) {
    const date = dateOfDay(day);
    const off = counted.isWorkingDay(date) && !declared.isWorkingDay(date);
    if (off && date > from) fresh.push(date);
  }
  return [...(added?.daysOff ?? []), ...fresh];
}

function withDaysOff(calendar: CalendarLookup, year: number, daysOff: string[]): CalendarLookup {
  return (wanted) => {
    const known = calendar(wanted);
    if (wanted !== year || known === undefined) return known;
    return { ...known, days: withLaterDaysOff(known.days, daysOff) };
  };
}

/** Every date by which somebody must act, counted anew from its own start. */
function recounted(before: CaseRecord, counter: WorkingDayCounter): CaseRecord {
  const { state } = before;
  const handling: readonly CaseState[] = handlingStates;
  if (state === 'SUBMITTED' || state === 'RECEIVED') {
    return {
      ...before,
      replyBy: later(before.replyBy, counter.add(before.clockFrom, replyWorkingDays)),
    };
  }
  if (state === 'SUPPLEMENT_NOTIFIED')
    return { ...before, notices: recountedNotices(before, counter) };
  if (handling.includes(state)) return recountedHandling(before, counter);
  return recountedResult(before, counter);
}

function recountedNotices({ notices }: CaseRecord, counter: WorkingDayCounter) {
  return notices.map((notice, index) =>
    index < notices.length - 1
      ? notice
      : {
          ...notice,
          dueOn: later(notice.dueOn, counter.add(shanghaiDate(notice.at), notice.limit.value)),
        },
  );
}

function recountedHandling(before: CaseRecord, counter: WorkingDayCounter): CaseRecord {
  const { acceptance, tolerated, pauses } = before;
  const moved = pauses?.map((pause) => {
    if (pause.ended !== undefined) return pause;
    const to = later(pause.to, counter.add(pause.from, pause.limit.value));
    return { ...pause, to, plannedTo: to };
  });
  const gap =
    tolerated === undefined || acceptance?.how !== 'tolerant'
      ? {}
      : {
          tolerated: {
            ...tolerated,
            dueOn: later(tolerated.dueOn, counter.add(acceptance.on, tolerated.limit.value)),
          },
        };
  const body = { ...before, ...gap, ...(moved === undefined ? {} : { pauses: moved }) };
  return { ...before, ...withDueDates(body, counter) };
}

function recountedResult(record: CaseRecord, counter: WorkingDayCounter): CaseRecord {
  const before =
    record.completedAt === undefined ? { ...record, ...withDueDates(record, counter) } : record;
  const { decision, deliverBy, commitment, inspections } = before;
  if (decision === undefined) return before;
  const day = shanghaiDate(decision.at);
  const deliver = counter.add(day, deliveryWorkingDays);
  return {
    ...before,
    ...(deliverBy === undefined ? {} : { deliverBy: later(deliverBy, deliver) }),
    ...(commitment?.inspectBy === undefined
      ? {}
      : {
          commitment: {
            ...commitment,
            inspectBy: later(commitment.inspectBy, counter.add(day, inspectionWorkingDays)),
          },
        }),
    ...(inspections === undefined
      ? {}
      : {
          inspections: inspections.map(({ correction, ...inspection }) =>
            correction === undefined
              ? inspection
              : {
                  ...inspection,
                  correction: {
                    ...correction,
                    dueOn: later(
                      correction.dueOn,
                      counter.add(shanghaiDate(inspection.at), correction.limit.value),
                    ),
                  },
                },
          ),
        }),
  };
}

function movedClocks(before: CaseRecord, after: CaseRecord) {
  const dues = new Map(caseClocks(after).map((clock) => [nameOfClock(clock), clock.dueOn]));
  return caseClocks(before).flatMap((clock) => {
    const due = dues.get(nameOfClock(clock)) ?? clock.dueOn;
    if (due === clock.dueOn) return [];
    const { what, step } = clock;
    return [{ what, ...(step === undefined ? {} : { step }), before: clock.dueOn, after: due }];
  });
}
