import type { CalendarLookup } from '../../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../../calendar/working-days';
import { requireProposer } from '../../duty/coordination';
import { actorOf, type Rule } from '../../kernel/caller';
import { nowFor } from '../../kernel/chain';
import { rulingWorkingDays } from '../../kernel/legal-limits';
import { namedClause, openRuling, writtenRuling, type DutyRulingState } from './duty-ruling';
import { disputantsOf } from './open-duty-ruling';
import { withParty } from './responsibility';
import type { DutyRulingRecord } from '../responsibility-records';

export interface ProposeDutyRulingState extends DutyRulingState {
  readonly calendar: CalendarLookup;
}

/**
 * The Establishment Office's head proposes who is responsible, and by which clause (协调意见, State Council Order 486 art
 * 10). Nothing moves: the government decides, and from now on its time runs.
 * @throws ContractError NOT_FOUND, WRONG_STATE, FUNCTION_VACANT, WRONG_DEPARTMENT, MAKER_IS_CHECKER, TRANSFER_INVALID,
 *   DUTY_UNKNOWN, DUTY_NOT_CONFIRMED, DUTY_NOT_IN_FORCE, DUTY_NOT_CONCERNED, LIMIT_REACHED, CALENDAR_MISSING
 */
export const proposeDutyRuling: Rule<
  'dutyRuling.propose',
  ProposeDutyRulingState,
  DutyRulingRecord
> = (state, input, member) => {
  const open = openRuling(state, input, ['open']);
  const { ruling, before } = open;
  const { rulingId } = ruling;
  requireProposer(state, disputantsOf(ruling), member);
  const now = nowFor(member);
  const clause = namedClause(state, input, open, member, now);
  const counter = createWorkingDayCounter(state.calendar);
  const decideBy = counter.add(now.today, rulingWorkingDays);
  const decides = state.government?.department ?? member.department;
  const { department, document } = input;
  const proposed: DutyRulingRecord = {
    ...ruling,
    status: 'proposed',
    proposal: {
      ...{ department, clause, document, by: actorOf(member), at: now.at },
      ...{ late: now.today > ruling.dueOn, decides, decideBy },
    },
  };
  const act = { name: 'dutyRuling.propose', input, member, at: now.at } as const;
  return writtenRuling(before, proposed, act, (body) => ({
    ...body,
    rulings: (body.rulings ?? []).map((known) =>
      known.rulingId === rulingId
        ? { ...known, proposed: { at: now.at, decides, decideBy } }
        : known,
    ),
    parties: withParty(body.parties, decides),
    calendars: mergeCalendars(body.calendars, counter),
  }));
};
