import {
  auditRecord,
  cardRecord,
  evaluationRecord,
  keyKinds,
  orderRecord,
  urgeRecord,
} from '@yici/chaincode/model';
import { auditFacts } from '../stats/audit-facts.js';
import { withFacts } from '../stats/indexers.js';
import { cardFacts, orderFacts } from '../stats/supervision-facts.js';
import { indexer, type Indexer } from './index-entry.js';
import {
  auditInLists,
  cardInLists,
  evaluationInLists,
  orderInLists,
  urgeInLists,
} from './narrowed-lists.js';

/** The records of supervision, by time, for those whom they concern. */
export const supervisionIndexers: readonly (readonly [string, Indexer])[] = [
  [keyKinds.card.objectType, indexer(cardRecord, withFacts(cardInLists, cardFacts))],
  [keyKinds.order.objectType, indexer(orderRecord, withFacts(orderInLists, orderFacts))],
  [keyKinds.evaluation.objectType, indexer(evaluationRecord, evaluationInLists)],
  [keyKinds.urge.objectType, indexer(urgeRecord, urgeInLists)],
  [keyKinds.audit.objectType, indexer(auditRecord, withFacts(auditInLists, auditFacts))],
];
