import type { CommandInput } from '../../kernel/commands';
import type { Member } from '../../kernel/caller';
import { actorOf } from '../../kernel/caller';
import { actOf } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import type { Reason } from '../../kernel/reason';
import { recordAct, type CaseRule } from '../chain';
import type { CaseRecord } from '../records';
import { badRecordEnds } from '../filing/commitment';
import type { BrokenCommitmentRecord } from '../filing/commitment-records';
import { withLicencesRevoked } from '../result/licence';
import { revocable } from './revocable';

/**
 * R14: a head of the owner, who is not the one that decided, revokes a grant on the grounds of Administrative Licensing Law
 * art 69, with reasons, remedy and document; a delivered or archived case takes it too. Where a commitment was broken
 * (Zhejiang regulation art 14) the applicant may commit itself no more while the bad record is kept. The licences are revoked
 * with it. What the organ above revoked is recorded the same way, with the number of its document.
 * @throws ContractError COMPENSATION_EXCLUDED, and those of {@link revocable}
 */
export const revokeDecision: CaseRule<'case.revokeDecision'> = (state, input, member) => {
  const { before, reason } = revocable(state.case, input, member, { remedy: true });
  const { at } = member;
  const { document, superior, compensation } = input;
  if (compensation !== undefined && withoutRight.includes(reason.code)) {
    throw new ContractError('COMPENSATION_EXCLUDED', { ground: reason.code });
  }
  const more = { ...(superior && { superior }), ...(compensation && { compensation }) };
  const act = { reason, document, ...more, by: actorOf(member), at };
  const revocation = { of: 'decision', ...act } as const;
  const outcome = recordAct(before, actOf('case.revokeDecision', input, member), {
    ...before,
    ...withLicencesRevoked(before, document, member),
    revocation,
    state: 'DECISION_REVOKED',
  });
  return reason.code === 'commitmentBroken'
    ? { ...outcome, also: [...outcome.also, brokenBy(before, input, member)] }
    : outcome;
};

/** What was obtained by deceit, or on a commitment that was broken, gave no right that is made good. */
const withoutRight: readonly Reason['code'][] = ['obtainedByDeceit', 'commitmentBroken'];

function brokenBy(
  { applicant, caseNo }: CaseRecord,
  { badRecordUntil }: CommandInput<'case.revokeDecision'>,
  member: Member,
): BrokenCommitmentRecord {
  const { at } = member;
  const until = badRecordUntil ?? badRecordEnds(at);
  return { kind: 'brokenCommitment', v: 1, applicant, caseNo, by: actorOf(member), at, until };
}
