import {
  cardRecord,
  evaluationRecord,
  keyKinds,
  orderRecord,
  urgeRecord,
  type CardRecord,
  type OrderRecord,
} from '@yici/chaincode/model';
import type { z } from 'zod';
import { everyView, indexer, type IndexEntry, type Indexer } from './index-entry.js';
import { indexKeys } from './keys.js';
import type { Page, PageRequest } from './page.js';
import type { IndexReader } from './reader.js';

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

export interface CardFilter {
  readonly caseNo?: string | undefined;
  readonly department?: string | undefined;
  readonly colour?: string | undefined;
}

export interface OrderFilter {
  readonly department?: string | undefined;
  readonly status?: string | undefined;
}

/** Cards, newest first, as a viewer sees them. */
export function listCards(
  index: IndexReader,
  view: string,
  filter: CardFilter,
  request: PageRequest,
): Promise<Page<CardRecord>> {
  return listOf(index, supervisionIndexes.cards, cardRecord, { view, filter, request });
}

/** Supervision orders, newest first, as a viewer sees them. */
export function listOrders(
  index: IndexReader,
  view: string,
  filter: OrderFilter,
  request: PageRequest,
): Promise<Page<OrderRecord>> {
  return listOf(index, supervisionIndexes.orders, orderRecord, { view, filter, request });
}

/** One of the other lists, newest first. */
export function listSupervision<T extends object>(
  index: IndexReader,
  name: 'evaluations' | 'urges',
  schema: z.ZodType<T>,
  scope: { readonly view: string; readonly filter: object; readonly request: PageRequest },
): Promise<Page<T>> {
  return listOf(index, supervisionIndexes[name], schema, scope);
}

function listOf<T extends object>(
  index: IndexReader,
  name: string,
  schema: z.ZodType<T>,
  scope: { readonly view: string; readonly filter: object; readonly request: PageRequest },
): Promise<Page<T>> {
  const wanted = Object.entries(scope.filter).filter(([, value]) => value !== undefined);
  return index.page(
    {
      ...indexKeys.entries(name, scope.view),
      reverse: true,
      read: (text) => {
        const record = schema.parse(JSON.parse(text));
        const fields = new Map<string, unknown>(Object.entries(record));
        return wanted.every(([field, value]) => fields.get(field) === value) ? record : undefined;
      },
    },
    scope.request,
  );
}
