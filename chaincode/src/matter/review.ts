import { createWorkingDayCounter, type CalendarLookup } from '../calendar/working-days';
import type { CommandInput } from '../kernel/commands';
import type { DutyRecord, MatterOfDutyRecord, ReviewRecord } from '../duty/records';
import { closedReview, openReview, withoutReview } from '../duty/review';
import type { Member, Rule } from '../kernel/caller';
import { actorOf, eventOf, found, requireOtherPerson } from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';

export interface ReviewMatterState {
  /** The matter's link to its duty. */
  readonly link: MatterOfDutyRecord | undefined;
  readonly review: ReviewRecord | undefined;
}

/**
 * The owner's head and a head of the office that cosigns find that a published matter still agrees with its changed duty;
 * the second signature closes the review. Whoever registered the change does not review it. A matter that does not agree
 * is drafted anew or retired, which closes the review too.
 * @throws ContractError REVIEW_NOT_OPEN, WRONG_DEPARTMENT, MAKER_IS_CHECKER, ALREADY_CONFIRMED
 */
export const reviewMatter: Rule<'matter.review', ReviewMatterState, ReviewRecord> = (
  state,
  input,
  member,
) => {
  const { link, review } = openOf(state, input);
  const side = sideOf(review, member);
  requireOtherPerson(review.changedBy, member);
  if (review.signatures.some((known) => known.as === side)) {
    throw new ContractError('ALREADY_CONFIRMED', { as: side });
  }
  const { at } = member;
  const note = input.note === undefined ? {} : { note: input.note };
  const signatures = [...review.signatures, { as: side, by: actorOf(member), at, ...note }];
  const { taskCode, version } = review;
  const event = { ...eventOf('matter.review', member, at), taskCode, version };
  if (signatures.length < 2) return { main: { ...review, signatures }, also: [], event };
  return {
    main: closedReview({ ...review, signatures }, 'confirmed', at),
    also: [{ ...withoutReview(link), dutyVersion: review.dutyVersion }],
    event,
  };
};

function openOf(
  { link, review }: ReviewMatterState,
  input: CommandInput<'matter.review'>,
): { readonly link: MatterOfDutyRecord; readonly review: ReviewRecord } {
  const open = link?.matterVersion === input.version && link.review === input.dutyVersion;
  if (!open || review?.status !== 'open') {
    const { taskCode, version, dutyVersion } = input;
    throw new ContractError('REVIEW_NOT_OPEN', { taskCode, version, dutyVersion });
  }
  return { link, review };
}

function sideOf(review: ReviewRecord, member: Member): 'owner' | 'establishment' {
  if (member.department === review.owner) return 'owner';
  if (member.department === review.cosigner) return 'establishment';
  throw new ContractError('WRONG_DEPARTMENT', {
    department: member.department,
    expected: [review.owner, review.cosigner],
  });
}

export interface MarkForReviewState {
  readonly link: MatterOfDutyRecord | undefined;
  readonly duty: DutyRecord | undefined;
  /** The review that is open on the link. */
  readonly open: ReviewRecord | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * Any member marks a matter whose duty changed and that the change itself did not mark, because too many rest on the
 * duty. The clock counts from the change all the same.
 * @throws ContractError NOT_FOUND, REVIEW_NOT_DUE, CALENDAR_MISSING
 */
export const markForReview: Rule<'matter.markForReview', MarkForReviewState, ReviewRecord> = (
  state,
  { taskCode },
  member,
) => {
  const link = found(state.link, { taskCode });
  const duty = found(state.duty, { department: link.department, code: link.code });
  const known = link.review ?? link.dutyVersion;
  if (link.endedAt !== undefined || duty.version <= known) {
    throw new ContractError('REVIEW_NOT_DUE', { taskCode, dutyVersion: duty.version, known });
  }
  const at = later(member.at, duty.registeredAt);
  const counter = createWorkingDayCounter(state.calendar);
  const { review, also } = openReview({ link, open: state.open }, duty, counter, at);
  return {
    main: review,
    also,
    event: {
      ...eventOf('matter.markForReview', member, at),
      taskCode,
      version: review.version,
    },
  };
};
