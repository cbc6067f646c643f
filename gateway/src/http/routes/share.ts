import type { sharingReads } from '@yici/api';
import { shanghaiDate, useSubject, type RecordOf } from '@yici/domain/model';
import { maySeeShare, viewOf, type Viewer } from '../../access/access.js';
import { recordNotFound } from '../../errors.js';
import { everyView } from '../../index-store/index-entry.js';
import { recordLists } from '../../index-store/narrowed-lists.js';
import { listShareClocks, listUnmatched } from '../../index-store/share-lists.js';
import {
  nothing,
  recordOf,
  recordsOf,
  seenOf,
  seenRecordOf,
  type ListContext,
} from './record-reads.js';
import type { Handlers } from './read-route.js';
import { seenShare, valuesRequest } from './values.js';

/** The lead authority supervises data sharing and sees all of it (Order 809 art 29); a department its own. */
function sharingView(viewer: Viewer): string | undefined {
  return viewer.leads ? everyView : viewOf(viewer);
}

/** @throws GatewayError RECORD_NOT_FOUND */
const assertSees = ({ deps, viewer, params }: Omit<ListContext, 'query'>) =>
  seenShare(deps, viewer, String(params['shareId']));

/** One of what was said about a share that the viewer may see. @throws GatewayError RECORD_NOT_FOUND */
const saidOf =
  <K extends 'challenge' | 'dispute'>(kind: K) =>
  (context: Omit<ListContext, 'query'>): RecordOf<K> => {
    assertSees(context);
    const key = Object.values(context.params).map(String);
    const found = context.deps.index.record(kind, ...key);
    if (found === undefined) throw recordNotFound(kind, key);
    return found;
  };

export const sharingHandlers: Handlers<typeof sharingReads> = {
  'shares.list': seenOf(recordLists.shares, sharingView),
  'unmatchedShares.list': ({ deps, viewer, query }) => {
    const view = sharingView(viewer);
    if (view === undefined) return nothing;
    return listUnmatched(deps.index, view, shanghaiDate(deps.now().toISOString()), query);
  },
  'shareClocks.list': ({ deps, viewer, query: { department, ...request } }) => {
    const view = sharingView(viewer);
    if (view === undefined) return nothing;
    // A department has its own alone in its view.
    if (view !== everyView && ![undefined, view].includes(department)) return nothing;
    return listShareClocks(deps.index, department ?? view, request);
  },
  'shares.get': seenRecordOf('share', maySeeShare),
  'shares.grant': (context) => {
    assertSees(context);
    return recordOf('shareGrant')(context);
  },
  'shares.values': valuesRequest,
  'shares.events': recordsOf('shareEvent', assertSees),
  'shares.receipts': (context) => {
    assertSees(context);
    return context.deps.index.records('use', [useSubject(context.params)], context.query);
  },
  'shares.challenges': recordsOf('challenge', assertSees),
  'shares.disputes': recordsOf('dispute', assertSees),
  'challenges.list': seenOf(recordLists.challenges, sharingView),
  'challenges.get': saidOf('challenge'),
  'disputes.list': seenOf(recordLists.disputes, sharingView),
  'disputes.get': saidOf('dispute'),
};
