import {
  delegationRecord,
  dutyRulingRecord,
  type DelegationRecord,
  type DutyRulingRecord,
} from '@yici/chaincode/model';
import { everyView, indexNames } from './entries.js';
import { indexKeys } from './keys.js';
import type { Page, PageRequest } from './page.js';
import type { IndexReader } from './reader.js';

/** Duty rulings as a viewer sees them (a department's id or {@link everyView}), newest first. */
export function listRulings(
  index: IndexReader,
  view: string,
  status: DutyRulingRecord['status'] | undefined,
  request: PageRequest,
): Promise<Page<DutyRulingRecord>> {
  return index.page(
    {
      ...indexKeys.entries(indexNames.rulings, view),
      reverse: true,
      read: (text) => {
        const record = dutyRulingRecord.parse(JSON.parse(text));
        return status === undefined || record.status === status ? record : undefined;
      },
    },
    request,
  );
}

export interface DelegationFilter {
  readonly department?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Delegations, the latest first day first: every member may know who stands in for whom. */
export function listDelegations(
  index: IndexReader,
  filter: DelegationFilter,
  request: PageRequest,
): Promise<Page<DelegationRecord>> {
  return index.page(
    {
      ...indexKeys.entries(indexNames.delegations, filter.department ?? everyView),
      reverse: true,
      read: (text) => {
        const record = delegationRecord.parse(JSON.parse(text));
        const fits = (['from', 'to'] as const).every(
          (field) => filter[field] === undefined || filter[field] === record[field],
        );
        return fits ? record : undefined;
      },
    },
    request,
  );
}
