import type { ShareGrantRecord, ShareRecord } from './records';

/**
 * Halves of a share that lack their other half: data delivered and no use recorded, a use recorded outside any grant, a
 * grant without delivery when its time is over, data not disposed of in time.
 */
export const unmatchedHalves = [
  'grantedWithoutReceipt',
  'receiptWithoutGrant',
  'grantedWithoutDelivery',
  'endedWithoutDisposal',
] as const;
export type UnmatchedHalf = (typeof unmatchedHalves)[number];

/**
 * What surfaces by itself (Order 809 art 29), computed from the ledger's records on a day in Asia/Shanghai. A delivery is
 * without receipt from the day it arrived: the requester's first record ends it.
 */
export function unmatchedIn(
  share: ShareRecord,
  grant: ShareGrantRecord | undefined,
  today: string,
): UnmatchedHalf[] {
  const { receipts, ended, state } = share;
  const delivered = (grant?.deliveries.length ?? 0) > 0;
  const holds: Readonly<Record<UnmatchedHalf, boolean>> = {
    grantedWithoutReceipt: delivered && receipts.count === 0,
    receiptWithoutGrant: receipts.outside > 0,
    grantedWithoutDelivery: state === 'GRANTED' && !delivered && isPast(grant?.dueOn, today),
    endedWithoutDisposal: state === 'ENDED' && isPast(ended?.disposeBy, today),
  };
  return unmatchedHalves.filter((half) => holds[half]);
}

function isPast(dueOn: string | undefined, today: string): boolean {
  return dueOn !== undefined && today > dueOn;
}
