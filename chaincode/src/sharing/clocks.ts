import type { DatasetRecord, DatasetVersionRecord } from '../dataset/records';
import { shanghaiDate } from '../kernel/days';
import { shareLimits } from '../kernel/share-limits';
import type { ChallengeRecord } from './dispute-records';
import type { ShareGrantRecord, ShareRecord, TimeToMend } from './records';
import type { Vocabulary } from '../kernel/words';

/** The clocks of data sharing; a card has words of its own for them, see cardClockWords. */
export const shareClockWords = {
  reply: { zh: '答复申请', en: 'reply to a request' },
  deliver: { zh: '提供数据', en: 'deliver data' },
  answerChallenge: { zh: '答复校核', en: 'answer a challenge' },
  mend: { zh: '整改', en: 'mend the use of data' },
  dispose: { zh: '处置数据', en: 'dispose of data' },
  update: { zh: '更新政务数据目录', en: 'update a catalogue entry' },
  review: { zh: '审核政务数据目录', en: 'review a catalogue entry' },
} satisfies Vocabulary;

/** One running clock: who has to do what, since when, until when (both days in Asia/Shanghai). */
export interface ShareClock {
  readonly what: keyof typeof shareClockWords;
  readonly department: string;
  readonly startedOn: string;
  readonly dueOn: string;
  readonly limitDays: number;
}

type Timed =
  ShareRecord | ShareGrantRecord | ChallengeRecord | DatasetRecord | DatasetVersionRecord;

/**
 * Every running clock of a record of data sharing (Order 809 art 17, 21, 22, 26, 27), from the record alone. `lead` is the
 * department that reviews catalogue entries.
 */
export function shareClocks(record: Timed, lead = ''): ShareClock[] {
  switch (record.kind) {
    case 'share':
      return clocksOfShare(record);
    case 'shareGrant':
      return record.deliveries.length > 0 ? [] : [deliveryClock(record)];
    case 'challenge':
      return record.status === 'open' ? [challengeClock(record)] : [];
    case 'dataset':
      return updateClock(record);
    case 'datasetVersion':
      return reviewClock(record, lead);
  }
}

function clocksOfShare(share: ShareRecord): ShareClock[] {
  return [...clocksOfState(share), ...mendingClock(share.correction, share.requester)];
}

function mendingClock(order: TimeToMend | undefined, department: string): ShareClock[] {
  if (order === undefined || order.mended !== undefined) return [];
  const { startedOn, mendBy: dueOn, limitDays } = order;
  return [{ what: 'mend', department, startedOn, dueOn, limitDays }];
}

function clocksOfState(share: ShareRecord): ShareClock[] {
  const { state, reply, suspension, ended, provider, requester } = share;
  if (state === 'FILED' && reply !== undefined) {
    return [{ what: 'reply', department: provider, ...reply }];
  }
  if (state === 'SUSPENDED') return mendingClock(suspension, requester);
  if (state === 'ENDED' && ended !== undefined) {
    const { on: startedOn, disposeBy: dueOn, retentionDays: limitDays } = ended;
    return [{ what: 'dispose', department: requester, startedOn, dueOn, limitDays }];
  }
  return [];
}

/** A limit for a reply, and the day on which a reply or an order to provide met or missed it. */
interface PastReply {
  readonly clock: ShareClock;
  readonly actedOn: string;
}

/** The limits for a reply that are over: an order to provide leaves the first one as it was met or missed (art 28, 39). */
export function pastReplies(share: ShareRecord): PastReply[] {
  const { provider: department, reply, firstReply, refusal, granted } = share;
  const of = (clock: typeof reply, actedOn: string | undefined): PastReply[] => {
    if (clock === undefined || actedOn === undefined) return [];
    const { startedOn, dueOn, limitDays } = clock;
    return [{ clock: { what: 'reply', department, startedOn, dueOn, limitDays }, actedOn }];
  };
  const refusedOn = refusal && shanghaiDate(refusal.at);
  const grantedOn = granted && shanghaiDate(granted.at);
  if (firstReply === undefined) return of(reply, refusedOn ?? grantedOn);
  return [...of(firstReply, refusedOn ?? firstReply.orderedOn), ...of(reply, grantedOn)];
}

function deliveryClock({ provider, startedOn, dueOn, limitDays }: ShareGrantRecord): ShareClock {
  return { what: 'deliver', department: provider, startedOn, dueOn, limitDays };
}

function challengeClock({ provider, startedOn, dueOn, limitDays }: ChallengeRecord): ShareClock {
  return { what: 'answerChallenge', department: provider, startedOn, dueOn, limitDays };
}

function updateClock({ change, sourceDepartment }: DatasetRecord): ShareClock[] {
  if (change === undefined) return [];
  const { on: startedOn, dueOn, limitDays } = change;
  return [{ what: 'update', department: sourceDepartment, startedOn, dueOn, limitDays }];
}

function reviewClock({ status, review }: DatasetVersionRecord, lead: string): ShareClock[] {
  if (status !== 'approved' || review === undefined) return [];
  const { startedOn, dueOn } = review;
  return [{ what: 'review', department: lead, startedOn, dueOn, limitDays: shareLimits.review }];
}
