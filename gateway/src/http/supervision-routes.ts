import type { supervisionReads } from '@yici/api';
import { everyView } from '../index-store/index-entry.js';
import { listNarrowed } from '../index-store/lists.js';
import { recordLists } from '../index-store/narrowed-lists.js';
import { recordOf, seenOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

export const supervisionHandlers: Handlers<typeof supervisionReads> = {
  'cards.list': ({ query: { waits, ...query }, ...context }) => {
    const waitsForExplanation = waits === 'explanation' ? 'yes' : undefined;
    const waitsForRuling = waits === 'ruling' ? 'yes' : undefined;
    const narrowed = { ...query, waitsForExplanation, waitsForRuling };
    return seenOf(recordLists.cards)({ ...context, query: narrowed });
  },
  'orders.list': seenOf(recordLists.orders),
  'evaluations.list': seenOf(recordLists.evaluations),
  'urges.list': seenOf(recordLists.urges),
  'audits.list': ({ deps, query: { limit, cursor, department: view = everyView, ...filter } }) => {
    return listNarrowed(deps.index, recordLists.audits, view, filter, { limit, cursor });
  },
  'audits.get': recordOf('audit'),
};
