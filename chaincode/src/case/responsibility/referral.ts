import type { CitedDuty } from '../../duty/citing';
import type { CommandInput } from '../../kernel/commands';
import type { Now } from '../../kernel/chain';
import { shanghaiDate, shiftDate } from '../../kernel/days';
import { refusedOn } from '../../kernel/errors';
import { bouncedOnce } from './not-mine';
import type { CaseRecord } from '../records';
import { citedClause, citedFor, requireNoRuling } from './responsibility';
import type { ReferralRecord } from '../responsibility-records';

/** Days in which an applicant who was sent to a department is still on the way there. A house rule. */
export const referralDays = 90;

export interface NotCompetentState {
  /** The clause that is cited. */
  readonly duty: CitedDuty | undefined;
  /** Another department sent this applicant to the owner. */
  readonly referral: ReferralRecord | undefined;
}

/** A referral that still counts on the day. */
export function validReferral(
  referral: ReferralRecord | undefined,
  { today }: Now,
): ReferralRecord | undefined {
  if (referral === undefined) return undefined;
  return shiftDate(shanghaiDate(referral.at), referralDays) < today ? undefined : referral;
}

/**
 * "Not competent" at the door is a bounce too (R12): it cites the clause by which the case is another department's, or the
 * own one where the competent organ is not on the ledger, and counts. Whom another department had already named may not
 * send the applicant on: that goes to coordination.
 * @throws ContractError REASON_REQUIRED, DUTY_RULING_OPEN, DUTY_RULED, DUTY_UNKNOWN, DUTY_NOT_CONFIRMED,
 *   DUTY_NOT_IN_FORCE, DUTY_NOT_CONCERNED, COORDINATION_REQUIRED
 */
export function sentElsewhere(
  before: CaseRecord,
  { clauseOf, dutyCode }: CommandInput<'case.refuse'>,
  state: NotCompetentState,
  now: Now,
): { readonly body: CaseRecord; readonly also: readonly ReferralRecord[] } {
  if (clauseOf === undefined || dutyCode === undefined) {
    throw refusedOn('REASON_REQUIRED', 'house', { missing: ['clauseOf', 'dutyCode'] });
  }
  requireNoRuling(before, { kind: 'case' });
  const about = citedFor(before, { kind: 'case' });
  const clause = citedClause(state.duty, { department: clauseOf, dutyCode }, about, now.today);
  const earlier = validReferral(state.referral, now) === undefined ? 0 : 1;
  const body = bouncedOnce(before, earlier);
  const { applicant, owner, caseNo } = before;
  if (clauseOf === owner) return { body, also: [] };
  const ids = { applicant, to: clauseOf, from: owner, caseNo, at: now.at };
  return { body, also: [{ kind: 'referral', v: 1, ...ids, clause }] };
}
