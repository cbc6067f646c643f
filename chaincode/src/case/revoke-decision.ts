import type { CommandInput } from '../kernel/commands';
import type { Member } from '../kernel/caller';
import { actorOf } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { recordAct, type CaseRule } from './chain';
import type { CaseRecord } from './records';
import { badRecordEnds } from './commitment';
import type { BrokenCommitmentRecord } from './commitment-records';
import { revocable } from './revocable';

/**
 * R14: a head of the owner, who is not the one that decided, revokes a grant on the grounds of Administrative Licensing Law
 * art 69, with reasons, remedy and document; a delivered or archived case takes it too. Where a commitment was broken
 * (Zhejiang regulation art 14) the applicant may commit itself no more while the bad record is kept.
 * @throws ContractError, those of {@link revocable}
 */
export const revokeDecision: CaseRule<'case.revokeDecision'> = (state, input, member) => {
  const { before, reason } = revocable(state.case, input, member, { remedy: true });
  const { at } = member;
  const { document } = input;
  const revocation = { of: 'decision', reason, document, by: actorOf(member), at } as const;
  const outcome = recordAct(before, actOf('case.revokeDecision', input, member), {
    ...before,
    revocation,
    state: 'DECISION_REVOKED',
  });
  return reason.code === 'commitmentBroken'
    ? { ...outcome, also: [...outcome.also, brokenBy(before, input, member)] }
    : outcome;
};

function brokenBy(
  { applicant, caseNo }: CaseRecord,
  { badRecordUntil }: CommandInput<'case.revokeDecision'>,
  member: Member,
): BrokenCommitmentRecord {
  const { at } = member;
  const until = badRecordUntil ?? badRecordEnds(at);
  return { kind: 'brokenCommitment', v: 1, applicant, caseNo, by: actorOf(member), at, until };
}
