import type { DutyRulingRecord } from '../case/responsibility-records';
import type { DatasetRecord, DatasetVersionRecord } from '../dataset/records';
import type { ReviewRecord } from '../duty/records';
import type { OtherClockKind } from '../kernel/clock-kinds';
import { shanghaiDate } from '../kernel/days';
import { rulingWorkingDays } from '../kernel/legal-limits';
import { shareLimits } from '../kernel/share-limits';
import type { WarnedClock } from '../kernel/warning-days';
import { pastReplies, shareClocks } from '../sharing/clocks';
import type { ChallengeRecord } from '../sharing/dispute-records';
import type { ShareGrantRecord, ShareRecord } from '../sharing/records';

/**
 * A clock outside cases: of a share, of one of its challenges, of the review of a matter, of a duty ruling, or of the data
 * catalogue.
 */
export interface OtherClock extends WarnedClock {
  readonly what: OtherClockKind;
  /** The challenge, or the side of a review. */
  readonly step?: string;
  /** Who must act. */
  readonly department: string;
  /** No law sets its limit: it is one of this system. */
  readonly house?: true;
}

/** A clock that runs, or with `actedOn` a limit that an act on the record missed. */
export interface WatchedClock {
  readonly clock: OtherClock;
  readonly actedOn?: string;
}

/**
 * A share's reply, mending and disposal, and its delivery where the grant is given (Order 809 art 21, 22, 27). A grant's
 * record does not know that its share has ended or was suspended: then nobody waits for a delivery.
 */
export function watchedOfShare(
  share: ShareRecord,
  grant: ShareGrantRecord | undefined,
): WatchedClock[] {
  const clocks = [
    ...shareClocks(share),
    ...(grant === undefined || share.state !== 'GRANTED' ? [] : shareClocks(grant)),
  ];
  const running = clocks.flatMap(({ what, ...clock }): WatchedClock[] =>
    what === 'update' || what === 'review' ? [] : [{ clock: { what, ...clock } }],
  );
  return [...running, ...lateInShare(share), ...lateDelivery(grant)];
}

function late(clock: OtherClock, at: string | undefined): WatchedClock[] {
  const actedOn = at === undefined ? undefined : shanghaiDate(at);
  return actedOn === undefined || actedOn <= clock.dueOn ? [] : [{ clock, actedOn }];
}

function lateInShare(share: ShareRecord): WatchedClock[] {
  const { requester, suspension, correction, ended, disposal } = share;
  return [
    ...pastReplies(share).flatMap(({ clock, actedOn }) =>
      actedOn <= clock.dueOn ? [] : [{ clock: { ...clock, what: 'reply' as const }, actedOn }],
    ),
    ...[suspension, correction].flatMap((order) =>
      order === undefined
        ? []
        : late(
            {
              ...{ what: 'mend', department: requester, startedOn: order.startedOn },
              ...{ dueOn: order.mendBy, limitDays: order.limitDays },
            },
            order.mended?.at,
          ),
    ),
    ...(ended === undefined
      ? []
      : late(
          {
            ...{ what: 'dispose', department: requester, startedOn: ended.on },
            ...{ dueOn: ended.disposeBy, limitDays: ended.retentionDays },
          },
          disposal?.at,
        )),
  ];
}

function lateDelivery(grant: ShareGrantRecord | undefined): WatchedClock[] {
  if (grant === undefined) return [];
  const { provider: department, startedOn, dueOn, limitDays, deliveries } = grant;
  return late({ what: 'deliver', department, startedOn, dueOn, limitDays }, deliveries[0]?.at);
}

/** The provider's answer to a challenge (art 26). */
export function watchedOfChallenge(challenge: ChallengeRecord): WatchedClock[] {
  const { challengeId, provider, startedOn, dueOn, limitDays } = challenge;
  const clock: OtherClock = {
    ...{ what: 'answerChallenge', step: challengeId, department: provider },
    ...{ startedOn, dueOn, limitDays },
  };
  return challenge.status === 'open' ? [{ clock }] : late(clock, challenge.answer?.at);
}

/**
 * Both sides of a review, each until it has signed. A matter that was drafted anew or retired instead is its
 * owner's act; an overtaken review hands its clock on to the next.
 */
export function watchedOfReview(review: ReviewRecord): WatchedClock[] {
  const { owner, cosigner, startedOn, dueOn, limitDays, signatures, status, outcome } = review;
  const sides = [
    ['owner', owner],
    ['establishment', cosigner],
  ] as const;
  return sides.flatMap(([step, department]) => {
    const clock = { what: 'review', step, department, startedOn, dueOn, limitDays } as const;
    const signed = signatures.find((known) => known.as === step);
    if (signed !== undefined) return late(clock, signed.at);
    if (status === 'open') return [{ clock }];
    const instead = step === 'owner' && outcome !== 'overtaken';
    return instead ? late(clock, review.closedAt) : [];
  });
}

/** The opinion of the Establishment Office on a question of duty, then the government's decision; both outlive the case. */
export function watchedOfRuling(ruling: DutyRulingRecord): WatchedClock[] {
  const { office, openedAt, dueOn, proposal, decision } = ruling;
  const clock = (department: string, from: string, due: string): OtherClock => ({
    ...{ what: 'ruling', department, startedOn: shanghaiDate(from), dueOn: due },
    limitDays: rulingWorkingDays,
  });
  const first = clock(office, openedAt, dueOn);
  if (proposal === undefined)
    return decision === undefined ? [{ clock: first }] : late(first, decision.at);
  const second = clock(proposal.decides, proposal.at, proposal.decideBy);
  const decided = decision === undefined ? [{ clock: second }] : late(second, decision.at);
  return [...late(first, proposal.at), ...decided];
}

/** The update of a catalogue entry, until an approved version takes the change up (Order 809 art 17). */
export function watchedOfDataset({
  change,
  sourceDepartment: department,
}: DatasetRecord): WatchedClock[] {
  if (change === undefined) return [];
  const { on: startedOn, dueOn, limitDays } = change;
  return [
    { clock: { what: 'update', department, startedOn, dueOn, limitDays, ...ofOtherFacts(change) } },
  ];
}

/** The update that an approved version brought too late. */
export function watchedOfLateUpdate({
  approval,
  sourceDepartment: department,
}: DatasetVersionRecord): WatchedClock[] {
  const change = approval?.change;
  if (change === undefined) return [];
  const { on: startedOn, dueOn, limitDays = shareLimits.update } = change;
  return late(
    { what: 'update', department, startedOn, dueOn, limitDays, ...ofOtherFacts(change) },
    approval?.at,
  );
}

/** The law's ten days are for changes of law and of duties (art 17(2)). */
const ofOtherFacts = ({ cause }: Pick<NonNullable<DatasetRecord['change']>, 'cause'>) =>
  cause === 'other' ? { house: true as const } : {};

/** The lead authority's review of an approved version (art 17(3); of a first one by this system's rule); whoever reviewed it late was the lead authority then. */
export function watchedOfEntryReview(
  { status, review, version }: DatasetVersionRecord,
  lead: string,
): WatchedClock[] {
  if (review === undefined) return [];
  const { startedOn, dueOn } = review;
  const first = version === 1 ? { house: true as const } : {};
  const what = 'entryReview' as const;
  const clock = { what, startedOn, dueOn, limitDays: shareLimits.review, ...first };
  if (review.by !== undefined) {
    return late({ ...clock, department: review.by.department }, review.at);
  }
  return status === 'approved' ? [{ clock: { ...clock, department: lead } }] : [];
}
