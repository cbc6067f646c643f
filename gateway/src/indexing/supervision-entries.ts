import {
  auditRecord,
  cardRecord,
  evaluationRecord,
  keyKinds,
  orderRecord,
  urgeRecord,
  type CardRecord,
  type EvaluationRecord,
  type OrderRecord,
} from '@yici/domain/model';
import { auditFacts } from '../facts/audit-facts.js';
import { withFacts } from '../facts/indexers.js';
import { cardFacts, orderFacts } from '../facts/supervision-facts.js';
import {
  indexer,
  type IndexEntry,
  type Indexer,
  type RecordLookup,
} from '../index-store/index-entry.js';
import {
  auditInLists,
  cardInLists,
  evaluationInLists,
  orderInLists,
  urgeInLists,
} from '../index-store/narrowed-lists.js';
import { cardInbox, evaluationInbox, orderInbox } from '../index-store/supervision-inbox.js';

/** Supervision records, by time, for the departments that they concern. */
export const supervisionIndexers: readonly (readonly [string, Indexer])[] = [
  [keyKinds.card.objectType, indexer(cardRecord, withFacts(cardEntries, cardFacts))],
  [keyKinds.order.objectType, indexer(orderRecord, withFacts(orderEntries, orderFacts))],
  [keyKinds.evaluation.objectType, indexer(evaluationRecord, evaluationEntries)],
  [keyKinds.urge.objectType, indexer(urgeRecord, urgeInLists)],
  [keyKinds.audit.objectType, indexer(auditRecord, withFacts(auditInLists, auditFacts))],
];

function cardEntries(record: CardRecord, lookup: RecordLookup): IndexEntry[] {
  return [...cardInLists(record), ...cardInbox(record, lookup)];
}

function orderEntries(record: OrderRecord): IndexEntry[] {
  return [...orderInLists(record), ...orderInbox(record)];
}

function evaluationEntries(record: EvaluationRecord): IndexEntry[] {
  return [...evaluationInLists(record), ...evaluationInbox(record)];
}
