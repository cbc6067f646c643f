import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import type { Rule } from '../kernel/caller';
import { absent, actorOf, found, requireDepartment, requireHolder } from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import { shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { shareLimits } from '../kernel/share-limits';
import { beside, openShare, recordShareAct, type ShareAndGrant } from './chain';
import type { ChallengeRecord } from './dispute-records';
import type { ShareRecord } from './records';

const mostOpen = 20;

export interface ChallengeState extends ShareAndGrant {
  readonly challenge: ChallengeRecord | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * The requester challenges data it was given as wrong or incomplete; the provider has ten working days (Order 809
 * art 26).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, ALREADY_EXISTS, NOTHING_DELIVERED,
 *   SHARE_SCOPE_EXCEEDED, LIMIT_REACHED, CALENDAR_MISSING
 */
export const challengeShare: Rule<'sharing.challenge', ChallengeState, ChallengeRecord> = (
  state,
  input,
  member,
) => {
  const { shareId, challengeId, fields } = input;
  const before = openShare(state.share, shareId, ['GRANTED', 'SUSPENDED', 'ENDED']);
  requireDepartment(member, before.requester);
  absent(state.challenge, { shareId, challengeId });
  checkChallenge(before, state, fields);
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const { provider, requester, datasetId } = before;
  const challenge: ChallengeRecord = {
    kind: 'challenge',
    v: 1,
    ...input,
    datasetId,
    provider,
    requester,
    openedBy: actorOf(member),
    openedAt: now.at,
    startedOn: now.today,
    dueOn: counter.add(now.today, shareLimits.challenge),
    limitDays: shareLimits.challenge,
    status: 'open',
    calendars: mergeCalendars(before.calendars, counter),
  };
  const outcome = recordShareAct(state, actOf('sharing.challenge', input, member), {
    ...before,
    openChallenges: before.openChallenges + 1,
  });
  return beside(challenge, outcome, { challengeId });
};

function checkChallenge(
  share: ShareRecord,
  { grant }: ShareAndGrant,
  fields: readonly string[],
): void {
  const { shareId } = share;
  if (grant === undefined || grant.deliveries.length === 0) {
    throw new ContractError('NOTHING_DELIVERED', { shareId });
  }
  const wider = fields.filter((code) => !grant.fields.includes(code));
  if (wider.length > 0) throw new ContractError('SHARE_SCOPE_EXCEEDED', { codes: wider });
  if (share.openChallenges >= mostOpen) {
    throw new ContractError('LIMIT_REACHED', { held: 'openChallenges', most: mostOpen });
  }
}

/**
 * The provider verifies and answers: corrected, or confirmed as it was (art 26). An answer after the tenth day counts and
 * is marked late.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, ALREADY_ANSWERED
 */
export const answerChallenge: Rule<
  'sharing.answerChallenge',
  Omit<ChallengeState, 'calendar'>,
  ChallengeRecord
> = (state, input, member) => {
  const { shareId, challengeId, outcome, note, document } = input;
  const before = found(state.share, { shareId });
  const challenge = found(state.challenge, { shareId, challengeId });
  requireHolder(member, before.provider, { of: 'dataset', id: before.datasetId });
  if (challenge.status === 'answered') {
    throw new ContractError('ALREADY_ANSWERED', { challengeId, answeredAt: challenge.answer?.at });
  }
  const { at } = member;
  const answered: ChallengeRecord = {
    ...challenge,
    status: 'answered',
    answer: {
      outcome,
      note,
      ...(document === undefined ? {} : { document }),
      by: actorOf(member),
      at,
      late: shanghaiDate(at) > challenge.dueOn,
    },
  };
  const moved = recordShareAct(state, actOf('sharing.answerChallenge', input, member), {
    ...before,
    openChallenges: before.openChallenges - 1,
  });
  return beside(answered, moved, { challengeId });
};
