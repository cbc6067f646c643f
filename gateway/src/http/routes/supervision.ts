import type { supervisionReads } from '@yici/api';
import { cardShelf, concernedByOrder } from '@yici/domain/model';
import { maySee, type Viewer } from '../../access/access.js';
import { recordNotFound } from '../../errors.js';
import { everyView } from '../../index-store/index-entry.js';
import { listNarrowed } from '../../index-store/lists.js';
import { recordLists } from '../../index-store/narrowed-lists.js';
import type { IndexReader } from '../../index-store/reader.js';
import { recordOf, seenOf, seenRecordOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

export const supervisionHandlers: Handlers<typeof supervisionReads> = {
  'cards.list': ({ query: { waits, ...query }, ...context }) => {
    const waitsForExplanation = waits === 'explanation' ? 'yes' : undefined;
    const waitsForRuling = waits === 'ruling' ? 'yes' : undefined;
    const narrowed = { ...query, waitsForExplanation, waitsForRuling };
    return seenOf(recordLists.cards)({ ...context, query: narrowed });
  },
  'cards.get': seenRecordOf(
    'card',
    (viewer, { parties }) => maySee(viewer, parties),
    ({ cardId }) => [cardShelf(String(cardId)), String(cardId)],
  ),
  'cards.issued': ({ deps: { index }, viewer, params: { cardId } }) => {
    const card = index.record('card', cardShelf(cardId), cardId);
    const parties = card?.parties ?? [];
    return { cardId, parties, ...issuedOf(index, viewer, { of: 'card', id: cardId, parties }) };
  },
  'orders.list': seenOf(recordLists.orders),
  'orders.get': seenRecordOf('order', (viewer, order) => maySee(viewer, concernedByOrder(order))),
  'orders.issued': ({ deps: { index }, viewer, params: { orderId } }) => {
    const order = index.record('order', orderId);
    if (order === undefined) throw recordNotFound('order', [orderId]);
    const seen = { of: 'order', id: orderId, parties: concernedByOrder(order) } as const;
    return { orderId, department: order.department, ...issuedOf(index, viewer, seen) };
  },
  'evaluations.list': seenOf(recordLists.evaluations),
  'urges.list': seenOf(recordLists.urges),
  'audits.list': ({ deps, query: { limit, cursor, department: view = everyView, ...filter } }) => {
    return listNarrowed(deps.index, recordLists.audits, view, filter, { limit, cursor });
  },
  'audits.get': recordOf('audit'),
};

interface Seen {
  readonly of: 'card' | 'order';
  readonly id: string;
  readonly parties: readonly string[];
}

/** @throws GatewayError RECORD_NOT_FOUND when there is none that the viewer may see */
function issuedOf(index: IndexReader, viewer: Viewer, { of, id, parties }: Seen) {
  const row = maySee(viewer, parties) ? index.issued(of, id) : undefined;
  if (row === undefined) throw recordNotFound(of, [id]);
  return { txId: row.txId, block: row.block };
}
