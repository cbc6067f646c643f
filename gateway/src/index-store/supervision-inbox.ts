import {
  keyKinds,
  officeOver,
  waitsOfCard,
  type CardRecord,
  type DepartmentFunction,
  type EvaluationRecord,
  type OrderRecord,
  type Role,
} from '@yici/domain/model';
import { about, holderOfFunction, inboxEntries, notBy, type Task } from './inbox-entry.js';
import {
  holderOf,
  keyOnly,
  type IndexEntry,
  type RecordLookup,
  type Surroundings,
} from './index-entry.js';
import { indexKeys } from './keys.js';
import { keyIndexes } from './row-indexes.js';

/** The entry of a task with its case, if there is one. */
function waiting(id: string, caseNo: string | undefined, task: Task): IndexEntry[] {
  if (caseNo === undefined) return inboxEntries(id, [task]);
  return inboxEntries(id, [{ caseNo, taskCode: caseNo.slice(0, caseNo.indexOf('-')), ...task }]);
}

/** A red card waits for its explanation, a request for review for the office that decides on it now. */
export function cardInbox(record: CardRecord, { lookup }: Surroundings): IndexEntry[] {
  const { cardId, caseNo, shareId, datasetId, department, colour: state } = record;
  const ids = {
    cardId,
    ...(shareId === undefined ? {} : { shareId }),
    ...(datasetId === undefined ? {} : { datasetId }),
  };
  const of = { about: about('cards', cardId) };
  return waitsOfCard(record).flatMap((what): IndexEntry[] => {
    if (what === 'explanation') {
      const { explainBy: due = null, raisedAt: since } = record;
      const task: Task = { ...ids, ...of, department, todo: 'explainCard', due, since, state };
      return waiting(cardId, caseNo, task);
    }
    const { department: office, function: name } = officeOver(department, 'supervision', (name) =>
      holderOf(lookup, name),
    );
    const { appeal, raisedBy } = record;
    if (office === undefined || appeal === undefined) return [];
    const task: Task = {
      ...{ ...ids, ...of, department: holderOfFunction(name), todo: 'ruleCard', state },
      roles: rolesOf(name),
      ...{ due: appeal.decideBy, since: appeal.at, ...notBy(raisedBy, appeal.by) },
    };
    return waiting(cardId, caseNo, task);
  });
}

/** A card whose explanation anybody may read. */
export function explainedInPublic(record: CardRecord): IndexEntry[] {
  const { explainTo, explanation, ruling } = record;
  if (explainTo !== 'public' || explanation === undefined) return [];
  if (ruling?.outcome === 'cancelled') return [];
  const key = keyKinds.card.attributes(record);
  return [keyOnly(indexKeys.entry(keyIndexes.explained, explanation.at, ...key))];
}

/** An order waits for its reply, then for the conclusion of the office that issued it; a contested one for its review. */
export function orderInbox(record: OrderRecord, { lookup }: Surroundings): IndexEntry[] {
  return [...orderWaits(record), ...reviewWaits(record, lookup)];
}

const ofOrder = ({ orderId }: OrderRecord) => ({ about: about('orders', orderId) });

/** In the supervision office supervisors act, in a government's office its head. */
const rolesOf = (name: DepartmentFunction): Role[] => [
  name === 'supervision' ? 'supervisor' : 'head',
];

function reviewWaits(record: OrderRecord, lookup: RecordLookup): IndexEntry[] {
  const { orderId, caseNo, department: ordered, replies, status: state } = record;
  const review = replies.find((reply) => reply.review && !reply.review.decision)?.review;
  const office = officeOver(ordered, 'review', (name) => holderOf(lookup, name));
  if (review === undefined || office.department === undefined) return [];
  const { decideBy: due, at: since } = review;
  const task = {
    department: holderOfFunction(office.function),
    todo: 'reviewConclusion',
    due,
    since,
    state,
  } as const;
  const { conclusion } = replies.find((reply) => reply.review === review) ?? {};
  const barred = notBy(record.issuedBy, conclusion?.by, review.by);
  return waiting(orderId, caseNo, { ...task, ...barred, orderId, ...ofOrder(record) });
}

function orderWaits(record: OrderRecord): IndexEntry[] {
  const { orderId, caseNo, department, status: state, issuedBy, issuedAt, replies, dueOn } = record;
  if (state === 'closed') return [];
  const last = replies.at(-1);
  const task: Task =
    state === 'open'
      ? {
          department,
          todo: 'replyOrder',
          due: dueOn,
          since: last?.conclusion?.at ?? issuedAt,
          state,
          ...ofOrder(record),
        }
      : {
          ...{ department: issuedBy.department, todo: 'concludeOrder', due: null },
          ...{ since: last?.at ?? issuedAt, state, roles: [issuedBy.role], ...ofOrder(record) },
        };
  return waiting(orderId, caseNo, { ...task, orderId });
}

/** A bad evaluation waits for the owner's answer. */
export function evaluationInbox(record: EvaluationRecord): IndexEntry[] {
  const { caseNo, owner: department, answerBy: due, answer, at: since, score } = record;
  if (due === undefined || answer !== undefined) return [];
  const state = String(score);
  const of = about('cases', caseNo);
  return waiting(caseNo, caseNo, {
    ...{ department, todo: 'answerEvaluation', due, since, state, about: of },
  });
}
