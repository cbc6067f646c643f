import type { responsibilityReads } from '@yici/api';
import { dutyRulingRecord } from '@yici/domain/model';
import { caseParties, maySee } from '../access/access.js';
import { everyView } from '../index-store/index-entry.js';
import { listNarrowed } from '../index-store/lists.js';
import { recordLists } from '../index-store/narrowed-lists.js';
import { recordNotFound } from '../errors.js';
import { recordOf, seenOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

export const responsibilityHandlers: Handlers<typeof responsibilityReads> = {
  'dutyRulings.list': seenOf(recordLists.rulings),
  'dutyRulings.get': async (context) => {
    const { deps, viewer, params } = context;
    const found = await recordOf('dutyRuling')(context);
    const { office, proposal, caseNo } = dutyRulingRecord.parse(JSON.parse(found.text));
    const decides = proposal === undefined ? [] : [proposal.decides];
    if (maySee(viewer, [office, ...decides, ...caseParties(deps.index, caseNo)])) return found;
    throw recordNotFound('dutyRuling', [params.rulingId]);
  },
  'delegations.list': ({ deps, query: { limit, cursor, department, ...filter } }) => {
    const view = department ?? everyView;
    return listNarrowed(deps.index, recordLists.delegations, view, filter, { limit, cursor });
  },
  'delegations.get': recordOf('delegation'),
};
