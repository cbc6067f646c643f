import type { CalendarLookup } from '../calendar/working-days';
import type { Rule } from '../kernel/caller';
import { actorOf, found, requireDepartment, requireOtherPerson } from '../kernel/caller';
import { later, shanghaiDate } from '../kernel/days';
import { ContractError, refusedOn } from '../kernel/errors';
import { officeOver, requireOffice, type Offices } from './office';
import { lastOf, written } from './order';
import type { OrderRecord } from './records';
import { reviewPeriodEnd } from './review-period';

interface ReviewState {
  readonly order: OrderRecord | undefined;
  readonly offices: Offices;
}

type Reply = OrderRecord['replies'][number];
type Concluded = Reply & { readonly conclusion: NonNullable<Reply['conclusion']> };
type Reviewed = Concluded & { readonly review: NonNullable<Reply['review']> };

const isConcluded = (reply: Reply): reply is Concluded => reply.conclusion !== undefined;
const waits = (reply: Reply): reply is Reviewed =>
  reply.review !== undefined && reply.review.decision === undefined;

/**
 * The ordered department contests the last conclusion, once, within thirty days of receipt (申请复核, Government Supervision
 * Regulation art 17). The order goes on meanwhile: the law stops no limit for a review.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, CONCLUSION_MISSING, ALREADY_APPEALED, APPEAL_TOO_LATE, FUNCTION_VACANT
 */
export const askReview: Rule<
  'order.askReview',
  ReviewState & { readonly calendar: CalendarLookup },
  OrderRecord
> = (state, { orderId, ground, text }, member) => {
  const order = found(state.order, { orderId });
  requireDepartment(member, order.department);
  const contested = order.replies.filter(isConcluded).at(-1);
  if (contested === undefined) throw new ContractError('CONCLUSION_MISSING', { orderId });
  if (contested.review !== undefined) throw new ContractError('ALREADY_APPEALED', { orderId });
  const today = shanghaiDate(member.at);
  const until = reviewPeriodEnd(shanghaiDate(contested.conclusion.at), state.calendar);
  if (today > until) throw refusedOn('APPEAL_TOO_LATE', 'order', { orderId, until, today });
  const office = officeOver(order.department, 'review', (name) => state.offices[name]?.department);
  if (office.department === undefined) {
    throw new ContractError('FUNCTION_VACANT', { function: office.function });
  }
  const at = later(member.at, lastOf(order));
  const decideBy = reviewPeriodEnd(today, state.calendar);
  const review = { ground, text, office: office.department, decideBy, by: actorOf(member), at };
  return written(
    'order.askReview',
    withReply(order, contested, { ...contested, review }),
    member,
    at,
  );
};

/**
 * The government that made the conclusion decides on the review (复核决定, art 17), in thirty days, by somebody who took no
 * part in it. A conclusion that is cancelled ends the order, unless a later conclusion stands.
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, OWN_CAUSE, WRONG_DEPARTMENT, ROLE_REFUSED, APPEAL_MISSING,
 *   MAKER_IS_CHECKER
 */
export const decideReview: Rule<'order.decideReview', ReviewState, OrderRecord> = (
  state,
  { orderId, outcome, document },
  member,
) => {
  const order = found(state.order, { orderId });
  const { offices } = state;
  requireOffice('order.decideReview', { of: order.department, ladder: 'review', offices }, member);
  const contested = order.replies.find(waits);
  if (contested === undefined) throw refusedOn('APPEAL_MISSING', 'order', { orderId });
  requireOtherPerson(order.issuedBy, member);
  for (const { conclusion } of order.replies.filter(isConcluded)) {
    requireOtherPerson(conclusion.by, member);
  }
  const at = later(member.at, lastOf(order));
  const late = shanghaiDate(member.at) > contested.review.decideBy;
  const decision = { outcome, document, late, by: actorOf(member), at };
  const review = { ...contested.review, decision };
  const after = withReply(order, contested, { ...contested, review });
  const last = order.replies.filter(isConcluded).at(-1);
  const ends = outcome === 'cancelled' && last === contested;
  const main: OrderRecord = ends ? { ...after, status: 'closed' } : after;
  return written('order.decideReview', main, member, at);
};

function withReply(order: OrderRecord, old: Reply, reply: Reply): OrderRecord {
  return { ...order, replies: order.replies.map((one) => (one === old ? reply : one)) };
}
