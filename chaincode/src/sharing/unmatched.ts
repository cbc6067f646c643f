import { dateOfDay, dayNumber, shanghaiDate } from '../kernel/days';
import type { ShareGrantRecord, ShareRecord } from './records';
import { namesOf, type Vocabulary } from '../kernel/words';

/**
 * Halves of a share that lack their other half: data delivered and no use recorded, a use recorded outside any grant, a
 * grant without delivery when its time is over, data not disposed of in time.
 */
export const unmatchedWords = {
  grantedWithoutReceipt: { zh: '已同意共享，无使用记录', en: 'granted, no use recorded' },
  receiptWithoutGrant: { zh: '有使用记录，未同意共享', en: 'used, not granted' },
  grantedWithoutDelivery: { zh: '逾期未提供', en: 'granted, not delivered in time' },
  endedWithoutDisposal: { zh: '逾期未处置', en: 'ended, data not disposed of in time' },
} satisfies Vocabulary;
export const unmatchedHalves = namesOf(unmatchedWords);
export type UnmatchedHalf = keyof typeof unmatchedWords;

/** A half, and the day in Asia/Shanghai from which it counts as lacking its other one, which may be still to come. */
export interface UnmatchedFrom {
  readonly half: UnmatchedHalf;
  readonly from: string;
}

/**
 * What is unmatched in a share (Order 809 art 29) and since when, from the ledger's records alone. A delivery is without
 * receipt from the day it arrived: the requester's first record ends it. Of uses outside a grant the newest record is dated.
 */
export function unmatchedFrom(
  share: ShareRecord,
  grant: ShareGrantRecord | undefined,
): UnmatchedFrom[] {
  const { receipts, ended, state, updatedAt } = share;
  const found = grant === undefined ? [] : unmatchedGrant(share, grant);
  if (receipts.outside > 0) {
    const from = shanghaiDate(receipts.lastAt ?? updatedAt);
    found.push({ half: 'receiptWithoutGrant', from });
  }
  if (state === 'ENDED' && ended !== undefined) {
    found.push({ half: 'endedWithoutDisposal', from: dayAfter(ended.disposeBy) });
  }
  return found;
}

function unmatchedGrant(
  { receipts, state }: ShareRecord,
  { deliveries, dueOn }: ShareGrantRecord,
): UnmatchedFrom[] {
  const [first] = deliveries;
  if (first === undefined) {
    return state === 'GRANTED' ? [{ half: 'grantedWithoutDelivery', from: dayAfter(dueOn) }] : [];
  }
  return receipts.count === 0
    ? [{ half: 'grantedWithoutReceipt', from: shanghaiDate(first.at) }]
    : [];
}

/** A use outside its grant that provider or lead authority have answered neither by suspending nor with why not (art 27(2)). */
export const isMisuseOpen = ({ state, receipts, misuseAnswered }: ShareRecord): boolean =>
  state === 'GRANTED' && receipts.outside > (misuseAnswered?.outside ?? 0);

const dayAfter = (day: string): string => dateOfDay(dayNumber(day) + 1);

/** What is unmatched on a day in Asia/Shanghai. */
export function unmatchedIn(
  share: ShareRecord,
  grant: ShareGrantRecord | undefined,
  today: string,
): UnmatchedHalf[] {
  const found = unmatchedFrom(share, grant).filter(({ from }) => from <= today);
  return unmatchedHalves.filter((half) => found.some((one) => one.half === half));
}
