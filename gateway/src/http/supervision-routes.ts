import type { supervisionReads } from '@yici/api';
import { everyView } from '../index-store/index-entry.js';
import { listNarrowed } from '../index-store/lists.js';
import { narrowedLists } from '../index-store/narrowed-lists.js';
import { recordOf, seenOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

export const supervisionHandlers: Handlers<typeof supervisionReads> = {
  'cards.list': ({ query: { waits, ...query }, ...context }) => {
    const waitsForExplanation = waits === 'explanation' ? 'yes' : undefined;
    const waitsForRuling = waits === 'ruling' ? 'yes' : undefined;
    const narrowed = { ...query, waitsForExplanation, waitsForRuling };
    return seenOf(narrowedLists.cards, 'card')({ ...context, query: narrowed });
  },
  'orders.list': seenOf(narrowedLists.orders, 'order'),
  'evaluations.list': seenOf(narrowedLists.evaluations, 'evaluation'),
  'urges.list': seenOf(narrowedLists.urges, 'urge'),
  'audits.list': ({ deps, query: { limit, cursor, department: view = everyView, ...filter } }) => {
    const list = { list: narrowedLists.audits, kind: 'audit', view } as const;
    return listNarrowed(deps.index, list, filter, { limit, cursor });
  },
  'audits.get': recordOf('audit'),
};
