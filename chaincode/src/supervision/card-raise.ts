import { settledNow } from '../calendar/passed';
import type { CalendarLookup, WorkingDayCounter } from '../calendar/working-days';
import { createWorkingDayCounter } from '../calendar/working-days';
import { caseClocks, type CaseClock } from '../case/clocks/clocks';
import type { DutyRulingRecord } from '../case/responsibility-records';
import { caseLights, colourOf, type Light } from '../case/clocks/lights';
import type { CaseRecord } from '../case/records';
import type { TimedState } from '../case/procedures/special-procedure';
import type { CommandInput, CommandName } from '../kernel/commands';
import type { ReviewRecord } from '../duty/records';
import { caseCardBasis, type CardBasis } from '../kernel/card-bases';
import type { ContractEvent } from '../kernel/events';
import {
  absent,
  actorOf,
  eventOf,
  found,
  type Member,
  type Outcome,
  type Rule,
} from '../kernel/caller';
import { nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { explanationWorkingDays } from '../kernel/legal-limits';
import { standingsOf } from '../matter/handling-laws';
import type { MatterRecord } from '../matter/records';
import type { ChallengeRecord } from '../sharing/dispute-records';
import type { ShareGrantRecord, ShareRecord } from '../sharing/records';
import { otherCardBasis } from './card-basis';
import { subjectOfEntryReview, subjectOfUpdate, type CatalogueCardState } from './card-dataset';
import { cardIdOf, cardSubjects } from './card-id';
import type { OtherSubject, Subject } from './card-subject';
import {
  watchedOfChallenge,
  watchedOfReview,
  watchedOfRuling,
  watchedOfShare,
  type OtherClock,
  type WatchedClock,
} from './other-clocks';
import type { CardRecord } from './records';

type Existing = (cardId: string) => CardRecord | undefined;

/**
 * Any member raises a card that is due. The rule looks at the case and the calendar and not at who asks, so nobody gives or
 * spares a card by favour. It says which article is on that limit, if one is in force for the matter. A card that exists is
 * refused as existing, which a scheduler takes as done.
 * @throws ContractError NOT_FOUND, CARD_NOT_DUE, ALREADY_EXISTS, CALENDAR_MISSING
 */
export const raiseCard: Rule<
  'card.raise',
  TimedState & { readonly existing: Existing; readonly matter: MatterRecord | undefined },
  CardRecord
> = (state, input, member) => {
  const { caseNo, what, step, colour } = input;
  const record = found(state.case, { caseNo });
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const settled = settledNow(member, state.calendar);
  const lights = caseLights(record, settled.today, counter, settled.at);
  const clock = caseClocks(record).find((one) => one.what === what && one.step === step);
  const light = lightOf(lights, { what, step, colour }, { caseNo, ...endOf(clock) });
  const content = state.matter?.content;
  const about = { about: caseNo, subject: { caseNo }, parties: record.parties };
  const says = {
    basis: caseCardBasis(what, content === undefined ? {} : standingsOf(content)),
    explainTo: reachOf(what, content?.serviceObject ?? []),
  };
  return raised(
    'card.raise',
    { light, ...about, ...says, existing: state.existing },
    { now, counter, member },
  );
};

/** What a card outside cases is about, as the ledger has it. */
export interface OtherCardState extends CatalogueCardState {
  readonly share: ShareRecord | undefined;
  readonly grant: ShareGrantRecord | undefined;
  readonly challenge: ChallengeRecord | undefined;
  readonly review: ReviewRecord | undefined;
  readonly ruling: DutyRulingRecord | undefined;
  /** The ruling's case: its parties are told. */
  readonly case: CaseRecord | undefined;
  readonly calendar: CalendarLookup;
}

/** A clock of a share, a catalogue entry, a review or a ruling that has come to a colour. */
export interface OtherLight {
  readonly clock: OtherClock;
  readonly colour: CardRecord['colour'];
  readonly actedOn?: string;
}

/**
 * As {@link raiseCard}, for what is no case: a share's reply, delivery, mending and disposal, the answer to a challenge
 * (Order 809 art 21, 22, 26, 27), the update and the review of a catalogue entry (art 16, 17), the review of a matter whose
 * duty changed and a duty ruling (both of this system).
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, CARD_NOT_DUE, ALREADY_EXISTS, CALENDAR_MISSING
 */
export const raiseOtherCard: Rule<
  'card.raiseOther',
  OtherCardState & { readonly existing: Existing },
  CardRecord
> = (state, input, member) => {
  const { what, colour, side, challengeId } = input;
  const other = otherOf(state, input);
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const { today } = settledNow(member, state.calendar);
  const lights = otherLights(other.watched, today, counter);
  const step = side ?? challengeId;
  const asked = other.watched.find(({ clock }) => clock.what === what && clock.step === step);
  const light = lightOf(
    lights,
    { what, step, colour },
    { ...other.subject, ...endOf(asked?.clock) },
  );
  const basis = otherCardBasis(light.clock, state.share);
  return raised(
    'card.raiseOther',
    { light, ...other, basis, explainTo: 'parties', existing: state.existing },
    { now, counter, member },
  );
};

/** What is yellow or red of clocks outside cases on a day. @throws ContractError CALENDAR_MISSING */
export function otherLights(
  watched: readonly WatchedClock[],
  today: string,
  counter: WorkingDayCounter,
): OtherLight[] {
  return watched.flatMap(({ clock, actedOn }): OtherLight[] => {
    if (actedOn !== undefined) return [{ clock, colour: 'red', actedOn }];
    const colour = colourOf(clock, today, counter);
    return colour === undefined ? [] : [{ clock, colour }];
  });
}

/** @throws ContractError NOT_FOUND, FUNCTION_VACANT */
export function otherOf(
  state: Omit<OtherCardState, 'calendar'>,
  { what, ...ids }: CommandInput<'card.raiseOther'>,
): OtherSubject {
  switch (what) {
    case 'review':
      return subjectOfReview(found(state.review, ids));
    case 'ruling':
      return subjectOfRuling(found(state.ruling, ids), state.case?.parties ?? []);
    case 'update':
      return subjectOfUpdate(state, ids);
    case 'entryReview':
      return subjectOfEntryReview(state, ids);
    case 'answerChallenge':
      return subjectOfChallenge(found(state.share, ids), found(state.challenge, ids));
    default:
      return subjectOfShare(found(state.share, ids), state.grant);
  }
}

function subjectOfShare(share: ShareRecord, grant: ShareGrantRecord | undefined): OtherSubject {
  const { shareId, parties } = share;
  return {
    about: cardSubjects.share(shareId),
    subject: { shareId },
    parties,
    watched: watchedOfShare(share, grant),
  };
}

function subjectOfChallenge({ parties }: ShareRecord, challenge: ChallengeRecord): OtherSubject {
  const { shareId, challengeId } = challenge;
  return {
    about: cardSubjects.share(shareId),
    subject: { shareId, challengeId },
    parties,
    watched: watchedOfChallenge(challenge),
  };
}

function subjectOfReview(review: ReviewRecord): OtherSubject {
  const { taskCode, version, dutyVersion, owner, cosigner } = review;
  const key = { taskCode, version, dutyVersion };
  return {
    about: cardSubjects.review(key),
    subject: { review: key },
    parties: [...new Set([owner, cosigner])].sort(),
    watched: watchedOfReview(review),
  };
}

function subjectOfRuling(ruling: DutyRulingRecord, parties: readonly string[]): OtherSubject {
  const { rulingId, office, proposal } = ruling;
  const decides = proposal === undefined ? [] : [proposal.decides];
  return {
    about: cardSubjects.ruling(rulingId),
    subject: { rulingId },
    parties: [...new Set([...parties, office, ...decides])].sort(),
    watched: watchedOfRuling(ruling),
  };
}

interface Raising {
  readonly light: Light | OtherLight;
  readonly about: string;
  readonly subject: Subject;
  readonly parties: readonly string[];
  readonly basis: CardBasis;
  readonly explainTo: ExplanationReach;
  readonly existing: Existing;
}

type ExplanationReach = NonNullable<CardRecord['explainTo']>;

/** The limits of the whole handling, of a matter for enterprises: what the law calls market entities and its codes can tell. */
function reachOf(what: CaseClock['what'], serves: readonly string[]): ExplanationReach {
  const handling = what === 'finish' || what === 'statutory';
  return handling && serves.includes('enterprise') ? 'public' : 'parties';
}

interface Moment {
  readonly now: Now;
  readonly counter: WorkingDayCounter;
  readonly member: Member;
}

function raised(
  name: 'card.raise' | 'card.raiseOther',
  { light, about, subject, parties, basis, explainTo, existing }: Raising,
  { now, counter, member }: Moment,
): Outcome<CardRecord> {
  const { colour } = light;
  const cardId = cardIdOf(about, light);
  absent(existing(cardId), { cardId });
  const { what, step, startedOn, dueOn, limitDays, department } = light.clock;
  const dueAt = 'dueAt' in light.clock ? light.clock.dueAt : undefined;
  const main: CardRecord = {
    ...{ kind: 'card', v: 1, cardId, ...subject, colour, department },
    clock: {
      ...{ what, startedOn, dueOn, limitDays },
      ...(step === undefined ? {} : { step }),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(light.actedOn === undefined ? {} : { actedOn: light.actedOn }),
    },
    basis,
    parties: [...parties],
    raisedBy: actorOf(member),
    raisedAt: now.at,
    ...(colour === 'red'
      ? { explainBy: counter.add(now.today, explanationWorkingDays), explainTo }
      : {}),
  };
  return { main, also: [], event: cardEvent(name, main, member, now.at) };
}

/** The event of an act on a card: with the ids of what the card is about. */
export function cardEvent(
  name: Extract<CommandName, `card.${string}`>,
  card: CardRecord,
  member: Member,
  at: string,
): ContractEvent {
  const { cardId, parties, caseNo, shareId, challengeId, rulingId, review } = card;
  const { datasetId, datasetVersion } = card;
  return {
    ...eventOf(name, member, at),
    ...(caseNo === undefined ? {} : { caseNo }),
    ...(shareId === undefined ? {} : { shareId }),
    ...(challengeId === undefined ? {} : { challengeId }),
    ...(rulingId === undefined ? {} : { rulingId }),
    ...(datasetId === undefined ? {} : { datasetId }),
    ...(datasetVersion === undefined ? {} : { version: datasetVersion }),
    ...(review === undefined ? {} : { taskCode: review.taskCode, version: review.version }),
    ...{ cardId, parties },
  };
}

interface Wanted {
  readonly what: string;
  readonly step: string | undefined;
  readonly colour: CardRecord['colour'];
}

/** When the clock that was asked for ends: in full where its limit is minutes. */
function endOf(clock: CaseClock | OtherClock | undefined) {
  if (clock === undefined) return {};
  return { dueAt: ('dueAt' in clock ? clock.dueAt : undefined) ?? clock.dueOn };
}

/** @throws ContractError CARD_NOT_DUE with what is due */
function lightOf<L extends { clock: CaseClock | OtherClock; colour: CardRecord['colour'] }>(
  lights: readonly L[],
  { what, step, colour }: Wanted,
  ids: Readonly<Record<string, unknown>>,
): L {
  const light = lights.find(
    ({ clock, colour: shown }) => clock.what === what && clock.step === step && shown === colour,
  );
  if (light !== undefined) return light;
  const due = lights.map(({ clock, colour: shown }) => ({
    ...{ what: clock.what, colour: shown, dueOn: clock.dueOn },
    ...('dueAt' in clock ? { dueAt: clock.dueAt } : {}),
    ...(clock.step === undefined ? {} : { step: clock.step }),
  }));
  throw new ContractError('CARD_NOT_DUE', {
    ...{ ...ids, what, colour, due },
    ...(step === undefined ? {} : { step }),
  });
}
