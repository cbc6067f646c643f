import type { CalendarLookup } from '../../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../../calendar/working-days';
import { firstToAct, type CoordinationOrgans } from '../../duty/coordination';
import type { Now } from '../../kernel/chain';
import { rulingWorkingDays } from '../../kernel/legal-limits';
import type { CaseBody } from '../chain';
import { isSameSubject, withParty } from './responsibility';
import type { DutyRulingRecord, Handover, TransferSubject } from '../responsibility-records';

export interface RulingState extends CoordinationOrgans {
  readonly calendar: CalendarLookup;
}

/** Who says that a subject is not its duty, and who is responsible for it meanwhile. */
export interface RulingQuestion {
  readonly subject: TransferSubject;
  readonly responsible: string;
  readonly requested?: NonNullable<DutyRulingRecord['requested']>;
}

/** The departments between which a question of duty stands. */
export function disputantsOf({
  responsible,
  bounces,
  requested,
}: Pick<DutyRulingRecord, 'responsible' | 'bounces' | 'requested'>): string[] {
  const cited = requested === undefined ? [] : [requested.clause.department];
  return [...new Set([responsible, ...cited, ...bounces.flatMap(({ from, to }) => [from, to])])];
}

/**
 * Brings a question of duty to coordination (State Council Order 486 art 10): the record of its own that outlives the case,
 * and the case with its note of it.
 * @throws ContractError FUNCTION_VACANT, LIMIT_REACHED, CALENDAR_MISSING
 */
export function withRuling(
  body: CaseBody,
  { subject, ...question }: RulingQuestion,
  state: RulingState,
  now: Now,
): { readonly ruling: DutyRulingRecord; readonly body: CaseBody } {
  const bounces: Handover[] = (body.handovers ?? []).filter(
    (known) => known.status === 'declined' && isSameSubject(known.subject, subject),
  );
  const office = firstToAct(state, disputantsOf({ ...question, bounces }));
  const counter = createWorkingDayCounter(state.calendar);
  const rulings = body.rulings ?? [];
  const rulingId = `${body.caseNo}-R${(rulings.length + 1).toString()}`;
  const dueOn = counter.add(now.today, rulingWorkingDays);
  const note = { rulingId, subject, office, openedAt: now.at, dueOn };
  return {
    ruling: {
      ...{ kind: 'dutyRuling', v: 1, caseNo: body.caseNo, status: 'open' },
      ...{ ...note, ...question, bounces },
      ...(office === state.establishment?.department ? {} : { ownCause: true as const }),
    },
    body: {
      ...body,
      rulings: [...rulings, note],
      parties: withParty(body.parties, office),
      calendars: mergeCalendars(body.calendars, counter),
    },
  };
}
