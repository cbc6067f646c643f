import type { CalendarLookup } from '../calendar/working-days';
import type { Member, Outcome, Rule } from '../kernel/caller';
import { actorOf, found, requireDepartment, requireOtherPerson } from '../kernel/caller';
import { later, shanghaiDate } from '../kernel/days';
import { ContractError, refusedOn } from '../kernel/errors';
import { cardEvent } from './card-raise';
import { officeOver, requireOffice, type Offices } from './office';
import { exemptionConditions, type CardRecord } from './records';
import { reviewPeriodEnd } from './review-period';

interface CardState {
  readonly card: CardRecord | undefined;
}
interface ReviewState extends CardState {
  readonly offices: Offices;
}

/**
 * The department whose limit it was says why it was missed, once: to the parties, and in public where the law wants that
 * (see `explainTo`). Late is possible and is recorded as late.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, CARD_CLOSED, ALREADY_EXPLAINED, PUBLIC_TEXT_UNFIT
 */
export const explainCard: Rule<'card.explain', CardState, CardRecord> = (
  state,
  { cardId, code, text, publicText },
  member,
) => {
  const { card, at, today } = openCard(state, cardId, member);
  requireDepartment(member, card.department);
  if (card.explanation !== undefined) throw new ContractError('ALREADY_EXPLAINED', { cardId });
  const late = today > (card.explainBy ?? today);
  const explanation = { code, text, ...forPublic(card, publicText), late, by: actorOf(member), at };
  return written('card.explain', { ...card, explanation }, member, at);
};

/** What everybody may read is signed as such: it is asked for where the law wants it public, and taken nowhere else. */
function forPublic(
  { cardId, caseNo = cardId, explainTo = 'parties' }: CardRecord,
  publicText: string | undefined,
): { readonly publicText?: string } {
  const wanted = explainTo === 'public';
  if (wanted !== (publicText !== undefined) || publicText?.includes(caseNo) === true) {
    throw new ContractError('PUBLIC_TEXT_UNFIT', { cardId, explainTo });
  }
  return publicText === undefined ? {} : { publicText };
}

/**
 * Its head asks for a review within thirty days of receipt. A card is raised by a machine and is no supervision conclusion,
 * so this follows Government Supervision Regulation art 17 by analogy, as a house rule.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, CARD_CLOSED, ALREADY_APPEALED, APPEAL_TOO_LATE
 */
export const appealCard: Rule<
  'card.appeal',
  ReviewState & { readonly calendar: CalendarLookup },
  CardRecord
> = (state, { cardId, ground, text }, member) => {
  const { card, at, today } = openCard(state, cardId, member);
  requireDepartment(member, card.department);
  if (card.appeal !== undefined) throw new ContractError('ALREADY_APPEALED', { cardId });
  const until = reviewPeriodEnd(shanghaiDate(card.raisedAt), state.calendar);
  if (today > until) throw refusedOn('APPEAL_TOO_LATE', 'card', { cardId, until, today });
  const decideBy = reviewPeriodEnd(today, state.calendar);
  const appeal = { ground, text, decideBy, by: actorOf(member), at };
  const parties = withReviewer(card, state.offices);
  return written('card.appeal', { ...card, parties, appeal }, member, at);
};

/** A supervisor sees every card; a head of a government's office sees those that come to it. */
function withReviewer({ department, parties }: CardRecord, offices: Offices): string[] {
  const office = officeOver(department, 'supervision', (name) => offices[name]?.department);
  if (office.function === 'supervision' || office.department === undefined) return parties;
  return [...new Set([...parties, office.department])].sort();
}

/**
 * The supervision office reviews a card, and a government's office one against the supervision office itself; in both it is
 * somebody who did not raise the card. A card that is cancelled or exempted stays, with the decision on it. An exemption
 * (容错免责) answers a request on the ground of good faith and finds all five conditions of Zhejiang regulation art 46.
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, OWN_CAUSE, WRONG_DEPARTMENT, ROLE_REFUSED, CARD_CLOSED, APPEAL_MISSING,
 *   MAKER_IS_CHECKER, EXEMPTION_UNFOUNDED
 */
export const ruleCard: Rule<'card.rule', ReviewState, CardRecord> = (
  state,
  { cardId, outcome, document, conditions = [] },
  member,
) => {
  const { card, at, today } = openCard(state, cardId, member);
  const { offices } = state;
  requireOffice('card.rule', { of: card.department, ladder: 'supervision', offices }, member);
  requireOtherPerson(card.raisedBy, member);
  const { appeal } = card;
  if (appeal === undefined) throw refusedOn('APPEAL_MISSING', 'card', { cardId });
  const missing = exemptionConditions.filter((name) => !conditions.includes(name));
  if (outcome === 'exempted' && (appeal.ground !== 'goodFaith' || missing.length > 0)) {
    throw new ContractError('EXEMPTION_UNFOUNDED', { cardId, ground: appeal.ground, missing });
  }
  const late = today > appeal.decideBy;
  const ruling = { outcome, document, late, by: actorOf(member), at };
  return written('card.rule', { ...card, ruling }, member, at);
};

function openCard(state: CardState, cardId: string, member: Member) {
  const card = found(state.card, { cardId });
  if (card.ruling !== undefined) {
    throw new ContractError('CARD_CLOSED', { cardId, outcome: card.ruling.outcome });
  }
  const last = card.appeal?.at ?? card.explanation?.at ?? card.raisedAt;
  const at = later(member.at, last);
  return { card, at, today: shanghaiDate(member.at) };
}

function written(
  name: 'card.explain' | 'card.appeal' | 'card.rule',
  main: CardRecord,
  member: Member,
  at: string,
): Outcome<CardRecord> {
  return { main, also: [], event: cardEvent(name, main, member, at) };
}
