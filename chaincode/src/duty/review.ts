import type { WorkingDayCounter } from '../calendar/working-days';
import { later, shanghaiDate } from '../kernel/days';
import type { LedgerRecord } from '../kernel/records';
import type { DutyRecord, MatterOfDutyRecord, ReviewRecord } from './records';

/** Working days in which a matter follows a change of the duty behind it: a rule of this system. */
export const reviewWorkingDays = 10;

/** A published matter's link to its duty, and the review that is open on it. */
export interface LinkedMatter {
  readonly link: MatterOfDutyRecord;
  readonly open: ReviewRecord | undefined;
}

/**
 * Opens the review of one matter for the duty as it stands now. A review that is still open is overtaken: the new one
 * keeps its clock, since a further change gives nobody more time for the first.
 */
export function openReview(
  { link, open }: LinkedMatter,
  duty: DutyRecord,
  counter: WorkingDayCounter,
  at: string,
): { readonly review: ReviewRecord; readonly also: readonly LedgerRecord[] } {
  const review: ReviewRecord = {
    kind: 'review',
    v: 1,
    taskCode: link.taskCode,
    version: link.matterVersion,
    owner: link.department,
    cosigner: link.cosigner,
    dutyCode: link.code,
    dutyVersion: duty.version,
    previousDutyVersion: link.dutyVersion,
    changedBy: duty.registeredBy,
    openedAt: at,
    ...clockOf(open, duty, counter),
    status: 'open',
    signatures: [],
  };
  const overtaken = open === undefined ? [] : [closedReview(open, 'overtaken', at)];
  return { review, also: [{ ...link, review: duty.version }, ...overtaken] };
}

type Clock = Pick<ReviewRecord, 'startedOn' | 'dueOn' | 'limitDays' | 'calendars'>;

function clockOf(
  open: ReviewRecord | undefined,
  duty: DutyRecord,
  counter: WorkingDayCounter,
): Clock {
  if (open !== undefined) {
    const { startedOn, dueOn, limitDays, calendars } = open;
    return { startedOn, dueOn, limitDays, calendars };
  }
  const startedOn = shanghaiDate(duty.registeredAt);
  const dueOn = counter.add(startedOn, reviewWorkingDays);
  return { startedOn, dueOn, limitDays: reviewWorkingDays, calendars: counter.used() };
}

/** A review at its end; `late` compares days in Asia/Shanghai. */
export function closedReview(
  review: ReviewRecord,
  outcome: NonNullable<ReviewRecord['outcome']>,
  at: string,
): ReviewRecord {
  const closedAt = later(at, review.openedAt);
  const late = shanghaiDate(closedAt) > review.dueOn;
  return { ...review, status: 'closed', outcome, closedAt, late };
}

/** What is written when a matter version stops resting on its duty: the link ends, an open review closes. */
export function endedLink(
  { link, open }: LinkedMatter,
  outcome: 'superseded' | 'retired',
  at: string,
): LedgerRecord[] {
  const closed = open === undefined ? [] : [closedReview(open, outcome, at)];
  return [{ ...withoutReview(link), endedAt: at }, ...closed];
}

/** The link with no review open on it. */
export function withoutReview(link: MatterOfDutyRecord): MatterOfDutyRecord {
  const { kind, v, department, code, taskCode, matterVersion, cosigner, dutyVersion } = link;
  return { kind, v, department, code, taskCode, matterVersion, cosigner, dutyVersion };
}
