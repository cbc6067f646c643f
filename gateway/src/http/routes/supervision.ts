import type { supervisionReads } from '@yici/api';
import { cardShelf, concernedByOrder } from '@yici/domain/model';
import { maySee } from '../../access/access.js';
import { everyView } from '../../index-store/index-entry.js';
import { listNarrowed } from '../../index-store/lists.js';
import { recordLists } from '../../index-store/narrowed-lists.js';
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
  'orders.list': seenOf(recordLists.orders),
  'orders.get': seenRecordOf('order', (viewer, order) => maySee(viewer, concernedByOrder(order))),
  'evaluations.list': seenOf(recordLists.evaluations),
  'urges.list': seenOf(recordLists.urges),
  'audits.list': ({ deps, query: { limit, cursor, department: view = everyView, ...filter } }) => {
    return listNarrowed(deps.index, recordLists.audits, view, filter, { limit, cursor });
  },
  'audits.get': recordOf('audit'),
};
