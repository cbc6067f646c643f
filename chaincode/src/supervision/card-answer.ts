import type { FunctionHolderRecord } from '../department/records';
import type { Member, Outcome, Rule } from '../kernel/caller';
import { actorOf, found, holderOf, requireDepartment, requireOtherPerson } from '../kernel/caller';
import { later, shanghaiDate, shiftDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { reviewDays } from '../kernel/legal-limits';
import { cardEvent } from './card-raise';
import { exemptionConditions, type CardRecord } from './records';

interface CardState {
  readonly card: CardRecord | undefined;
}

/**
 * The department whose limit it was says why it was missed, once (Optimising the Business Environment Regulation art 36).
 * Late is possible and is recorded as late.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, CARD_CLOSED, ALREADY_EXPLAINED
 */
export const explainCard: Rule<'card.explain', CardState, CardRecord> = (
  state,
  { cardId, code, text },
  member,
) => {
  const { card, at, today } = openCard(state, cardId, member);
  requireDepartment(member, card.department);
  if (card.explanation !== undefined) throw new ContractError('ALREADY_EXPLAINED', { cardId });
  const late = today > (card.explainBy ?? today);
  const explanation = { code, text, late, by: actorOf(member), at };
  return written('card.explain', { ...card, explanation }, member, at);
};

/**
 * Its head asks for a review within thirty days (Government Supervision Regulation art 20).
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, CARD_CLOSED, ALREADY_APPEALED, APPEAL_TOO_LATE
 */
export const appealCard: Rule<'card.appeal', CardState, CardRecord> = (
  state,
  { cardId, ground, text },
  member,
) => {
  const { card, at, today } = openCard(state, cardId, member);
  requireDepartment(member, card.department);
  if (card.appeal !== undefined) throw new ContractError('ALREADY_APPEALED', { cardId });
  const until = shiftDate(shanghaiDate(card.raisedAt), reviewDays);
  if (today > until) throw new ContractError('APPEAL_TOO_LATE', { cardId, until, today });
  const decideBy = shiftDate(today, reviewDays);
  const appeal = { ground, text, decideBy, by: actorOf(member), at };
  return written('card.appeal', { ...card, appeal }, member, at);
};

/**
 * The supervision office rules on an appeal: by somebody who did not raise the card. A card that is cancelled or exempted
 * stays, with the ruling on it. An exemption (容错免责) answers an appeal in good faith and finds all five conditions of
 * Zhejiang regulation art 46.
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, WRONG_DEPARTMENT, CARD_CLOSED, APPEAL_MISSING, MAKER_IS_CHECKER,
 *   EXEMPTION_UNFOUNDED
 */
export const ruleCard: Rule<
  'card.rule',
  CardState & { readonly supervision: FunctionHolderRecord | undefined },
  CardRecord
> = (state, { cardId, outcome, document, conditions = [] }, member) => {
  const { card, at } = openCard(state, cardId, member);
  requireDepartment(member, holderOf('supervision', state.supervision).department);
  requireOtherPerson(card.raisedBy, member);
  const { appeal } = card;
  if (appeal === undefined) throw new ContractError('APPEAL_MISSING', { cardId });
  const missing = exemptionConditions.filter((name) => !conditions.includes(name));
  if (outcome === 'exempted' && (appeal.ground !== 'goodFaith' || missing.length > 0)) {
    throw new ContractError('EXEMPTION_UNFOUNDED', { cardId, ground: appeal.ground, missing });
  }
  const ruling = { outcome, document, by: actorOf(member), at };
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
