import type { responsibilityReads } from '@yici/api';
import { caseParties, maySee } from '../access/access.js';
import { everyView } from '../index-store/index-entry.js';
import { listNarrowed } from '../index-store/lists.js';
import { recordLists } from '../index-store/narrowed-lists.js';
import { recordOf, seenOf, seenRecordOf } from './record-reads.js';
import type { Handlers } from './read-route.js';

export const responsibilityHandlers: Handlers<typeof responsibilityReads> = {
  'dutyRulings.list': seenOf(recordLists.rulings),
  'dutyRulings.get': seenRecordOf('dutyRuling', (viewer, { office, proposal, caseNo }, index) =>
    maySee(viewer, [
      office,
      ...(proposal === undefined ? [] : [proposal.decides]),
      ...caseParties(index, caseNo),
    ]),
  ),
  'delegations.list': ({ deps, query: { limit, cursor, department, ...filter } }) => {
    const view = department ?? everyView;
    return listNarrowed(deps.index, recordLists.delegations, view, filter, { limit, cursor });
  },
  'delegations.get': recordOf('delegation'),
};
