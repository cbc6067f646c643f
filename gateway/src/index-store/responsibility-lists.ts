import type { DelegationRecord, DutyRulingRecord } from '@yici/chaincode/model';
import { everyView } from './index-entry.js';
import { rangesOf } from './narrowed.js';
import { narrowedLists } from './narrowed-lists.js';
import type { Page, PageRequest } from '../store/page.js';
import type { IndexReader } from './reader.js';

/** Duty rulings visible to a viewer (a department's id or {@link everyView}), newest first. */
export function listRulings(
  index: IndexReader,
  view: string,
  status: DutyRulingRecord['status'] | undefined,
  request: PageRequest,
): Promise<Page<DutyRulingRecord>> {
  return index.common(
    {
      ranges: rangesOf(narrowedLists.rulings, view, { status }),
      reverse: true,
      read: ([, id = '']) => index.record('dutyRuling', id),
    },
    request,
  );
}

interface DelegationFilter {
  readonly department?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Delegations, latest first day first: every member may read them. */
export function listDelegations(
  index: IndexReader,
  { department = everyView, from, to }: DelegationFilter,
  request: PageRequest,
): Promise<Page<DelegationRecord>> {
  return index.common(
    {
      ranges: rangesOf(narrowedLists.delegations, department, { from, to }),
      reverse: true,
      read: ([, id = '']) => index.record('delegation', id),
    },
    request,
  );
}
