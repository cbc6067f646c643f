import { createWorkingDayCounter, type CalendarLookup } from '../calendar/working-days';
import type { CaseRecord } from '../case/records';
import type { DepartmentRecord, FunctionHolderRecord } from '../department/records';
import type { Member, Outcome, Rule } from '../kernel/caller';
import { absent, actorOf, eventOf, found, holderOf, requireDepartment } from '../kernel/caller';
import { later, shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { OrderRecord, UrgeRecord } from './records';

interface Office {
  readonly supervision: FunctionHolderRecord | undefined;
}

/**
 * A party of the case, or the supervision office, reminds a party (催办). It binds nobody; it is on the record.
 * @throws ContractError NOT_FOUND, ALREADY_EXISTS, NOT_A_PARTY
 */
export const sendUrge: Rule<
  'urge.send',
  Office & { readonly case: CaseRecord | undefined; readonly existing: UrgeRecord | undefined },
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
 * The supervision office orders a department to do something by a day (督办, Government Supervision Regulation art 15).
 * @throws ContractError FUNCTION_VACANT, WRONG_DEPARTMENT, ALREADY_EXISTS, NOT_FOUND, DEPARTMENT_UNKNOWN, CALENDAR_MISSING
 */
export const issueOrder: Rule<
  'order.issue',
  Office & {
    readonly existing: OrderRecord | undefined;
    readonly department: DepartmentRecord | undefined;
    readonly case: CaseRecord | undefined;
    readonly calendar: CalendarLookup;
  },
  OrderRecord
> = (state, input, member) => {
  const { orderId, caseNo, department, limit } = input;
  requireDepartment(member, holderOf('supervision', state.supervision).department);
  absent(state.existing, { orderId });
  if (state.department === undefined) throw new ContractError('DEPARTMENT_UNKNOWN', { department });
  if (caseNo !== undefined) found(state.case, { caseNo });
  const counter = createWorkingDayCounter(state.calendar);
  const { at } = member;
  const main: OrderRecord = {
    ...{ kind: 'order', v: 1, ...input },
    dueOn: counter.add(shanghaiDate(at), limit.value),
    issuedBy: actorOf(member),
    issuedAt: at,
    status: 'open',
    replies: [],
  };
  return written('order.issue', main, member, at);
};

/** @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, ORDER_NOT_OPEN */
export const replyOrder: Rule<
  'order.reply',
  { readonly order: OrderRecord | undefined },
  OrderRecord
> = (state, { orderId, document }, member) => {
  const order = found(state.order, { orderId });
  requireDepartment(member, order.department);
  requireStatus(order, 'open');
  const at = later(member.at, lastOf(order));
  const late = shanghaiDate(member.at) > order.dueOn;
  const replies = [...order.replies, { document, late, by: actorOf(member), at }];
  return written('order.reply', { ...order, status: 'replied', replies }, member, at);
};

/**
 * What the supervisors say to a reply: done, or another reply within another limit (at most ten).
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, WRONG_DEPARTMENT, ORDER_NOT_OPEN, LIMIT_REACHED, CALENDAR_MISSING
 */
export const concludeOrder: Rule<
  'order.conclude',
  Office & { readonly order: OrderRecord | undefined; readonly calendar: CalendarLookup },
  OrderRecord
> = (state, { orderId, satisfied, document, limit }, member) => {
  const order = found(state.order, { orderId });
  requireDepartment(member, holderOf('supervision', state.supervision).department);
  requireStatus(order, 'replied');
  const at = later(member.at, lastOf(order));
  const conclusion = { satisfied, document, by: actorOf(member), at };
  const last = order.replies.length - 1;
  const replies = order.replies.map((reply, index) =>
    index === last ? { ...reply, conclusion } : reply,
  );
  if (satisfied)
    return written('order.conclude', { ...order, replies, status: 'closed' }, member, at);
  if (replies.length === 10) throw new ContractError('LIMIT_REACHED', { orderId, replies: 10 });
  const next = limit ?? order.limit;
  const counter = createWorkingDayCounter(state.calendar);
  const dueOn = counter.add(shanghaiDate(at), next.value);
  const again: OrderRecord = { ...order, replies, status: 'open', limit: next, dueOn };
  return written('order.conclude', again, member, at);
};

function requireStatus({ orderId, status }: OrderRecord, wanted: OrderRecord['status']): void {
  if (status !== wanted) throw new ContractError('ORDER_NOT_OPEN', { orderId, status });
}

function lastOf({ issuedAt, replies }: OrderRecord): string {
  const reply = replies.at(-1);
  return reply?.conclusion?.at ?? reply?.at ?? issuedAt;
}

function written(
  name: 'order.issue' | 'order.reply' | 'order.conclude',
  main: OrderRecord,
  member: Member,
  at: string,
): Outcome<OrderRecord> {
  const { orderId, caseNo, department } = main;
  const parties = [department];
  const event = { ...eventOf(name, member, at), orderId, parties };
  return { main, also: [], event: caseNo === undefined ? event : { ...event, caseNo } };
}
