import type { CommandInput } from '../kernel/commands';
import type { Member } from '../kernel/caller';
import { actorOf, found, requireDepartment, requireOtherPerson } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { requireReason } from '../kernel/reason';
import { openCase, recordAct, type CaseRule } from './chain';
import { inspectionStage } from './clocks';
import type { CaseRecord } from './records';
import { badRecordEnds } from './commitment';
import type { BrokenCommitmentRecord } from './commitment-records';

/** Administrative Licensing Law art 69(1), (2), and Zhejiang regulation art 14(2). */
const revocationGrounds = [
  'abuseOfOffice',
  'beyondPowers',
  'againstProcedure',
  'applicantUnqualified',
  'obtainedByDeceit',
  'commitmentBroken',
  'other',
] as const;

/**
 * R14: a head of the owner, who is not the one that decided, revokes a grant on the grounds of Administrative Licensing Law
 * art 69, with reasons, remedy and document; a delivered or archived case takes it too. When a commitment was broken
 * (Zhejiang regulation art 14) the inspection must have failed finally, and the applicant may commit itself no more while the
 * bad record is kept.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, NOTHING_GRANTED, REASON_REQUIRED,
 *   INSPECTION_NOT_FAILED
 */
export const revokeDecision: CaseRule<'case.revokeDecision'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, [
    'DECIDED_GRANTED',
    'COMPLETED',
    'DELIVERED',
    'ARCHIVED',
  ]);
  requireDepartment(member, before.owner);
  const { caseNo, decision } = before;
  const { by, outcome: decided } = found(decision, { caseNo });
  if (decided !== 'granted') throw new ContractError('NOTHING_GRANTED', { caseNo, decided });
  requireOtherPerson(by, member);
  const reason = requireReason(input.reason, {
    remedy: true,
    codes: revocationGrounds,
  });
  const broken = reason.code === 'commitmentBroken';
  const stage = inspectionStage(before);
  if (broken && stage !== 'failed') {
    throw new ContractError('INSPECTION_NOT_FAILED', { caseNo, stage });
  }
  const { at } = member;
  const { document } = input;
  const revocation = { of: 'decision', reason, document, by: actorOf(member), at } as const;
  const outcome = recordAct(before, actOf('case.revokeDecision', input, member), {
    ...before,
    revocation,
    state: 'DECISION_REVOKED',
  });
  return broken
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
