import {
  cardRecord,
  evaluationRecord,
  keyKinds,
  orderRecord,
  urgeRecord,
} from '@yici/chaincode/model';
import { everyView, indexer, type IndexEntry, type Indexer } from './index-entry.js';
import { indexKeys } from './keys.js';

/** Names of the indexes of supervision; their fields in order stand beside each. */
export const supervisionIndexes = {
  /** view, time raised, card id */
  cards: 'card.at',
  /** view, time issued, order id */
  orders: 'order.at',
  /** view, time given, case */
  evaluations: 'evaluation.at',
  /** view, time sent, urge id */
  urges: 'urge.at',
} as const;

const entriesOf = (index: string, views: readonly string[], at: string, id: string, row: unknown) =>
  [everyView, ...views].map((view): IndexEntry => ({
    key: indexKeys.entry(index, view, at, id),
    value: JSON.stringify(row),
  }));

/** The records of supervision, by time, for those whom they concern. */
export const supervisionIndexers: readonly (readonly [string, Indexer])[] = [
  [
    keyKinds.card.objectType,
    indexer(cardRecord, (card) =>
      entriesOf(supervisionIndexes.cards, card.parties, card.raisedAt, card.cardId, card),
    ),
  ],
  [
    keyKinds.order.objectType,
    indexer(orderRecord, (order) =>
      entriesOf(
        supervisionIndexes.orders,
        [order.department],
        order.issuedAt,
        order.orderId,
        order,
      ),
    ),
  ],
  [
    keyKinds.evaluation.objectType,
    indexer(evaluationRecord, (given) =>
      entriesOf(supervisionIndexes.evaluations, given.parties, given.at, given.caseNo, given),
    ),
  ],
  [
    keyKinds.urge.objectType,
    indexer(urgeRecord, (urge) =>
      entriesOf(supervisionIndexes.urges, urge.parties, urge.at, urge.urgeId, urge),
    ),
  ],
];
