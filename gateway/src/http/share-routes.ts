import {
  challengeRecord,
  datasetId,
  departmentId,
  disputeRecord,
  shareEventRecord,
  shareGrantRecord,
  shareId,
  shareRecord,
  shareState,
  shanghaiDate,
  useRecord,
  useSubject,
} from '@yici/chaincode/model';
import { unmatchedHalves } from '@yici/chaincode/model';
import { z } from 'zod';
import { viewOf, type Viewer } from '../access/access.js';
import { everyView } from '../index-store/index-entry.js';
import { listShareClocks, listShares, listUnmatched } from '../index-store/share-lists.js';
import { shareClockRowSchema } from '../index-store/share-clock-entries.js';
import { pointRead, recordNotFound } from './point-read.js';
import { readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageOfItems, pageQuery, sourceQuery } from './read-shapes.js';
import { maySeeShare, seenShare } from './seen-share.js';
import { valuesRequestRoute } from './values-routes.js';

const shareParams = z.strictObject({ shareId });
const nothing = { items: [], next: null };

/** The lead authority supervises data sharing and sees all of it (Order 809 art 29); a department its own. */
function sharingView(viewer: Viewer): string | undefined {
  return viewer.leads ? everyView : viewOf(viewer);
}

const unmatchedShareSchema = z.strictObject({
  shareId,
  datasetId,
  provider: departmentId,
  requester: departmentId,
  state: shareState,
  halves: z.array(z.enum(unmatchedHalves)),
});

const lists: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/shares',
    summary: {
      zh: '本部门参与的共享（数据主管部门和督查可见全部）',
      en: 'Shares your department is a party of, newest first; all for the lead authority and supervisors',
    },
    params: noParams,
    query: z.strictObject({
      ...pageQuery,
      state: shareState.optional(),
      datasetId: datasetId.optional(),
      provider: departmentId.optional(),
      requester: departmentId.optional(),
    }),
    response: pageOfItems(shareRecord),
    handle: ({ deps, viewer, query: { limit, cursor, ...filter } }) => {
      const view = sharingView(viewer);
      if (view === undefined) return nothing;
      return listShares(deps.index, view, filter, { limit, cursor });
    },
  }),
  readRoute({
    path: '/v1/unmatched-shares',
    summary: {
      zh: '未闭环的共享：有授权无使用记录、有使用无授权、逾期未提供、逾期未处置',
      en: 'Shares whose halves do not match, the latest first: delivered without receipt, used without grant, overdue',
    },
    params: noParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(unmatchedShareSchema),
    handle: ({ deps, viewer, query }) => {
      const view = sharingView(viewer);
      if (view === undefined) return nothing;
      return listUnmatched(deps.index, view, shanghaiDate(deps.now().toISOString()), query);
    },
  }),
  readRoute({
    path: '/v1/share-clocks',
    summary: {
      zh: '数据共享的期限：等待本部门办理的事（数据主管部门和督查可见全部）',
      en: 'Running clocks of data sharing for your department, soonest due first; all for the lead authority and supervisors',
    },
    params: noParams,
    query: z.strictObject({ ...pageQuery, department: departmentId.optional() }),
    response: pageOfItems(shareClockRowSchema),
    handle: ({ deps, viewer, query: { department, ...request } }) => {
      const view = sharingView(viewer);
      if (view === undefined) return nothing;
      const narrowed = view === everyView ? (department ?? everyView) : view;
      return listShareClocks(deps.index, narrowed, request);
    },
  }),
];

const one: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/shares/{shareId}',
    summary: { zh: '查询共享', en: 'One share' },
    params: shareParams,
    query: sourceQuery,
    response: shareRecord,
    ledgerQuery: 'sharing.get',
    handle: async ({ deps, viewer, params, query }) => {
      const found = await pointRead(deps, query.source, {
        kind: 'share',
        attributes: [params.shareId],
        query: 'sharing.get',
        input: params,
      });
      const record = shareRecord.parse(JSON.parse(found.text));
      if (maySeeShare(viewer, record)) return found;
      throw recordNotFound('share', [params.shareId]);
    },
  }),
  readRoute({
    path: '/v1/shares/{shareId}/grant',
    summary: { zh: '查询授权与提供情况', en: "A share's grant and its deliveries" },
    params: shareParams,
    query: sourceQuery,
    response: shareGrantRecord,
    ledgerQuery: 'sharing.grantOf',
    handle: ({ deps, viewer, params, query }) => {
      seenShare(deps, viewer, params.shareId);
      return pointRead(deps, query.source, {
        kind: 'shareGrant',
        attributes: [params.shareId],
        query: 'sharing.grantOf',
        input: params,
      });
    },
  }),
  valuesRequestRoute,
];

const parts: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/shares/{shareId}/events',
    summary: { zh: '共享全部事件', en: "A share's events in order" },
    params: shareParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(shareEventRecord),
    handle: ({ deps, viewer, params, query }) => {
      seenShare(deps, viewer, params.shareId);
      return deps.index.records('shareEvent', [params.shareId], query);
    },
  }),
  readRoute({
    path: '/v1/shares/{shareId}/receipts',
    summary: {
      zh: '共享的使用记录（提供部门、需求部门、数据主管部门、督查）',
      en: 'Recorded uses: for provider, requester, lead authority and supervisors (Order 809 art 29)',
    },
    params: shareParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(useRecord),
    handle: ({ deps, viewer, params, query }) => {
      seenShare(deps, viewer, params.shareId);
      return deps.index.records('use', [useSubject(params)], query);
    },
  }),
  readRoute({
    path: '/v1/shares/{shareId}/challenges',
    summary: { zh: '共享的校核申请', en: 'Challenges of shared data (Order 809 art 26)' },
    params: shareParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(challengeRecord),
    handle: ({ deps, viewer, params, query }) => {
      seenShare(deps, viewer, params.shareId);
      return deps.index.records('challenge', [params.shareId], query);
    },
  }),
  readRoute({
    path: '/v1/shares/{shareId}/disputes',
    summary: { zh: '共享争议', en: 'Disputes about a share (Order 809 art 28)' },
    params: shareParams,
    query: z.strictObject(pageQuery),
    response: pageOfItems(disputeRecord),
    handle: ({ deps, viewer, params, query }) => {
      seenShare(deps, viewer, params.shareId);
      return deps.index.records('dispute', [params.shareId], query);
    },
  }),
];

/** Data sharing (Order 809): lists, one share with its parts, and its values for the two departments. */
export const shareRoutes: readonly AnyReadRoute[] = [...lists, ...one, ...parts];
