import type { CardRecord, CaseRecord, CommandInput } from '../model';
import { cardIdOf, ContractError, explanationWorkingDays } from '../model';
import type { Member, Outcome } from './caller';
import { absent, actorOf, eventOf, found } from './caller';
import { nowFor } from './case-chain';
import type { Light } from './case-lights';
import { caseLights } from './case-lights';
import type { TimedState } from './case-special-procedure';
import { createWorkingDayCounter } from './working-days';

/**
 * Any member raises the card that a clock has come to; the rule looks at the case and the calendar, not at who asks, so a
 * card is neither given nor spared by favour (Zhejiang regulation art 43(5)). Whom it concerns may not be the one who waits:
 * raising the same card again is refused as existing, which a scheduler takes as done.
 * @throws ContractError NOT_FOUND, CARD_NOT_DUE, ALREADY_EXISTS, CALENDAR_MISSING
 */
export function raiseCard(
  state: TimedState & { readonly existing: (cardId: string) => CardRecord | undefined },
  input: CommandInput<'card.raise'>,
  member: Member,
): Outcome<CardRecord> {
  const { caseNo, colour } = input;
  const record = found(state.case, { caseNo });
  const now = nowFor(record, member);
  const counter = createWorkingDayCounter(state.calendar);
  const light = lightOf(record, input, caseLights(record, now.today, counter, now.at));
  const cardId = cardIdOf(caseNo, light);
  absent(state.existing(cardId), { cardId });
  const { what, step, startedOn, dueOn, dueAt, limitDays, department } = light.clock;
  const main: CardRecord = {
    ...{ kind: 'card', v: 1, cardId, caseNo, colour, department },
    clock: {
      ...{ what, startedOn, dueOn, limitDays },
      ...(step === undefined ? {} : { step }),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(light.actedOn === undefined ? {} : { actedOn: light.actedOn }),
    },
    parties: record.parties,
    raisedBy: actorOf(member),
    raisedAt: now.at,
    ...(colour === 'red' ? { explainBy: counter.add(now.today, explanationWorkingDays) } : {}),
  };
  const { parties } = record;
  return {
    main,
    also: [],
    event: { ...eventOf('card.raise', member, now.at), caseNo, cardId, parties },
  };
}

function lightOf(
  { caseNo }: CaseRecord,
  { what, step, colour }: CommandInput<'card.raise'>,
  lights: readonly Light[],
): Light {
  const light = lights.find(
    ({ clock, colour: shown }) => clock.what === what && clock.step === step && shown === colour,
  );
  if (light !== undefined) return light;
  const due = lights.map(({ clock, colour: shown }) => ({
    ...{ what: clock.what, colour: shown, dueOn: clock.dueOn },
    ...(clock.step === undefined ? {} : { step: clock.step }),
  }));
  throw new ContractError('CARD_NOT_DUE', { caseNo, what, colour, due });
}
