import type { Member } from '../kernel/caller';
import { actorOf, found, requireDepartment, requireOtherPerson } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { requireReason } from '../kernel/reason';
import { openCase, recordAct, type CaseRule } from './chain';
import { inspectionStage } from './clocks';
import type { CaseRecord } from './records';
import type { CommitmentBarRecord } from './commitment-records';

/**
 * R14: a head of the owner, who is not the one that decided, revokes a decision on the grounds of Administrative Licensing
 * Law art 69, with reasons, remedy and document; a delivered or archived case takes it too. When a commitment was broken
 * (Zhejiang regulation art 14) the inspection must have failed finally, and the applicant may commit itself in this
 * matter no more.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, REASON_REQUIRED,
 *   INSPECTION_NOT_FAILED
 */
export const revokeDecision: CaseRule<'case.revokeDecision'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, [
    'DECIDED_GRANTED',
    'DECIDED_REFUSED',
    'COMPLETED',
    'DELIVERED',
    'ARCHIVED',
  ]);
  requireDepartment(member, before.owner);
  const { caseNo, decision } = before;
  requireOtherPerson(found(decision, { caseNo }).by, member);
  const reason = requireReason(input.reason, {
    remedy: true,
    codes: [
      'abuseOfOffice',
      'beyondPowers',
      'againstProcedure',
      'applicantUnqualified',
      'obtainedByDeceit',
      'commitmentBroken',
      'other',
    ],
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
  return broken ? { ...outcome, also: [...outcome.also, barOf(before, member, at)] } : outcome;
};

function barOf(record: CaseRecord, member: Member, at: string): CommitmentBarRecord {
  const { taskCode, applicant, caseNo } = record;
  return { kind: 'commitmentBar', v: 1, taskCode, applicant, caseNo, by: actorOf(member), at };
}
