import type { WorkingDayCounter } from '../../calendar/working-days';
import type { CardColour } from '../../kernel/clock-kinds';
import { yellowFrom, type WarnedClock } from '../../kernel/warning-days';
import { caseClocks, type CaseClock } from './clocks';
import { missedBefore } from './ended-clocks';
import { lateActs } from './lateness';
import type { CaseRecord } from '../records';

/** A clock that is yellow or red on a day; `actedOn` is the day of an act that came too late. */
export interface Light {
  readonly clock: CaseClock;
  readonly colour: CardColour;
  readonly actedOn?: string;
}

/**
 * What is yellow or red in a case on a day: yellow when a tenth of the limit is left, at least one working day (so from one
 * working day before the last); red when the last day has passed. A clock that a special procedure holds shows nothing. An
 * act that came too late stays red: being done at last is no reason to leave no trace. A duty ruling outlives its case and
 * has cards of its own. The limit of an on-the-spot item is an instant: red after it, never yellow, and not judged without
 * `at`.
 * @throws ContractError CALENDAR_MISSING
 */
export function caseLights(
  record: CaseRecord,
  today: string,
  counter: WorkingDayCounter,
  at?: string,
): Light[] {
  const running = caseClocks(record, today)
    .filter(
      (clock) =>
        !clock.paused && clock.what !== 'ruling' && missedBefore(record, clock) === undefined,
    )
    .flatMap((clock): Light[] => {
      const colour =
        clock.dueAt === undefined
          ? colourOf(clock, today, counter)
          : onTheSpotColour(clock.dueAt, at ?? '');
      return colour === undefined ? [] : [{ clock, colour }];
    });
  const late = lateActs(record).map((act): Light => ({ ...act, colour: 'red' }));
  return [...running, ...late];
}

function onTheSpotColour(dueAt: string, at: string): CardColour | undefined {
  return at > dueAt ? 'red' : undefined;
}

/**
 * The colour of a clock on a day; undefined while it has none.
 * @throws ContractError CALENDAR_MISSING
 */
export function colourOf(
  clock: WarnedClock,
  today: string,
  counter: WorkingDayCounter,
): CardColour | undefined {
  if (today > clock.dueOn) return 'red';
  return today >= yellowFrom(clock, (day) => counter.isWorkingDay(day)) ? 'yellow' : undefined;
}
