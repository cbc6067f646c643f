import { createWorkingDayCounter, type CalendarLookup } from '../calendar/working-days';
import type { CaseRecord } from '../case/records';
import type { DepartmentRecord, FunctionHolderRecord } from '../department/records';
import type { Member, Outcome, Rule } from '../kernel/caller';
import { absent, actorOf, eventOf, found, requireDepartment } from '../kernel/caller';
import type { CommandName } from '../kernel/commands';
import { later, shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { requireOffice, type Offices } from './office';
import type { OrderRecord, OrderTargetRecord, UrgeRecord } from './records';

interface OrderState {
  readonly order: OrderRecord | undefined;
  readonly offices: Offices;
}
interface Timed {
  readonly calendar: CalendarLookup;
}

/**
 * A party of the case, or the supervision office, reminds another party (催办). It binds nobody; it is on the record.
 * @throws ContractError NOT_FOUND, ALREADY_EXISTS, NOT_A_PARTY
 */
export const sendUrge: Rule<
  'urge.send',
  {
    readonly supervision: FunctionHolderRecord | undefined;
    readonly case: CaseRecord | undefined;
    readonly existing: UrgeRecord | undefined;
  },
  UrgeRecord
> = (state, { urgeId, caseNo, department, note }, member) => {
  const { parties } = found(state.case, { caseNo });
  absent(state.existing, { urgeId });
  const mayRemind = [...parties, ...(state.supervision ? [state.supervision.department] : [])];
  for (const [id, known] of [
    [member.department, mayRemind],
    [department, parties],
  ] as const) {
    if (!known.includes(id)) throw new ContractError('NOT_A_PARTY', { caseNo, department: id });
  }
  if (department === member.department) {
    throw new ContractError('NOT_A_PARTY', { caseNo, department, problem: 'reminder' });
  }
  const { at } = member;
  return {
    main: {
      ...{ kind: 'urge', v: 1, urgeId, caseNo, department, parties, note },
      by: actorOf(member),
      at,
    },
    also: [],
    event: { ...eventOf('urge.send', member, at), caseNo, urgeId, parties },
  };
};

/**
 * The supervision office orders a department to do something by a day (督办, Government Supervision Regulation art 14), as the
 * government or its head decided (art 11). The supervision office itself is ordered by the government's office. One order at
 * a time on a case to a department (art 15).
 * @throws ContractError FUNCTION_VACANT, OWN_CAUSE, WRONG_DEPARTMENT, ROLE_REFUSED, ALREADY_EXISTS, NOT_FOUND,
 *   DEPARTMENT_UNKNOWN, ORDER_RUNNING, CALENDAR_MISSING
 */
export const issueOrder: Rule<
  'order.issue',
  Timed & {
    readonly offices: Offices;
    readonly existing: OrderRecord | undefined;
    readonly department: DepartmentRecord | undefined;
    readonly case: CaseRecord | undefined;
    /** The last order to that department on that case. */
    readonly last: OrderRecord | undefined;
  },
  OrderRecord
> = (state, input, member) => {
  const { mandate: by, mandateNumber: number, mandateDocument: document, ...order } = input;
  const { orderId, caseNo, department, limit } = order;
  const { offices, last, calendar } = state;
  requireOffice('order.issue', { of: department, ladder: 'supervision', offices }, member);
  absent(state.existing, { orderId });
  if (state.department === undefined) throw new ContractError('DEPARTMENT_UNKNOWN', { department });
  if (caseNo !== undefined) found(state.case, { caseNo });
  if (last !== undefined && last.status !== 'closed') {
    throw new ContractError('ORDER_RUNNING', { orderId: last.orderId, caseNo, department });
  }
  const { at } = member;
  const main: OrderRecord = {
    ...{ kind: 'order', v: 1, ...order, mandate: { by, number, document } },
    dueOn: createWorkingDayCounter(calendar).add(shanghaiDate(at), limit.value),
    issuedBy: actorOf(member),
    issuedAt: at,
    status: 'open',
    replies: [],
  };
  const target: OrderTargetRecord[] =
    caseNo === undefined ? [] : [{ kind: 'orderTarget', v: 1, department, caseNo, orderId }];
  return { ...written('order.issue', main, member, at), also: target };
};

/** @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, ORDER_NOT_OPEN */
export const replyOrder: Rule<'order.reply', Pick<OrderState, 'order'>, OrderRecord> = (
  state,
  { orderId, document },
  member,
) => {
  const order = found(state.order, { orderId });
  requireDepartment(member, order.department);
  requireStatus(order, 'open');
  const at = later(member.at, lastOf(order));
  const late = shanghaiDate(member.at) > order.dueOn;
  const replies = [...order.replies, { document, late, by: actorOf(member), at }];
  return written('order.reply', { ...order, status: 'replied', replies }, member, at);
};

/**
 * What the supervisors say to a reply: done, or another reply within another limit (at most ten). What is to be put right
 * is checked (art 18).
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, OWN_CAUSE, WRONG_DEPARTMENT, ROLE_REFUSED, ORDER_NOT_OPEN, LIMIT_REACHED,
 *   CALENDAR_MISSING
 */
export const concludeOrder: Rule<'order.conclude', OrderState & Timed, OrderRecord> = (
  state,
  { orderId, satisfied, document, limit },
  member,
) => {
  const order = found(state.order, { orderId });
  const { offices } = state;
  requireOffice('order.conclude', { of: order.department, ladder: 'supervision', offices }, member);
  requireStatus(order, 'replied');
  const at = later(member.at, lastOf(order));
  const conclusion = { satisfied, document, by: actorOf(member), at };
  const last = order.replies.length - 1;
  const replies = order.replies.map((reply, index) =>
    index === last ? { ...reply, conclusion } : reply,
  );
  if (satisfied)
    return written('order.conclude', { ...order, replies, status: 'closed' }, member, at);
  if (replies.length === 10)
    throw new ContractError('LIMIT_REACHED', { held: 'replies', most: 10, orderId });
  const next = limit ?? order.limit;
  const counter = createWorkingDayCounter(state.calendar);
  const dueOn = counter.add(shanghaiDate(at), next.value);
  const again: OrderRecord = { ...order, replies, status: 'open', limit: next, dueOn };
  return written('order.conclude', again, member, at);
};

function requireStatus({ orderId, status }: OrderRecord, wanted: OrderRecord['status']): void {
  if (status !== wanted)
    throw new ContractError('ORDER_NOT_OPEN', { orderId, status, allowed: [wanted] });
}

/** Who is ordered, who ordered it, and the offices that were asked to review a conclusion. */
export function concernedByOrder({ department, issuedBy, replies }: OrderRecord): string[] {
  const offices = replies.flatMap(({ review }) => review?.office ?? []);
  return [...new Set([department, issuedBy.department, ...offices])].sort();
}

/** The latest instant on the record; a review may be asked for and decided while the order goes on. */
export function lastOf({ issuedAt, replies }: OrderRecord): string {
  const acts = replies.flatMap(({ at, conclusion, review }) => [
    ...[at, conclusion?.at, review?.at, review?.decision?.at],
  ]);
  return acts.reduce<string>((last, at) => later(last, at ?? last), issuedAt);
}

export function written(
  name: Extract<CommandName, `order.${string}`>,
  main: OrderRecord,
  member: Member,
  at: string,
): Outcome<OrderRecord> {
  const { orderId, caseNo } = main;
  const parties = concernedByOrder(main);
  const event = { ...eventOf(name, member, at), orderId, parties };
  return { main, also: [], event: caseNo === undefined ? event : { ...event, caseNo } };
}
