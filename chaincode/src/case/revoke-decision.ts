import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { actorOf, found, requireDepartment, requireOtherPerson } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { requireReason } from '../kernel/reason';
import { openCase, recordAct } from './chain';
import { inspectionStage } from './clocks';
import type { CaseRecord } from './records';
import type { CommitmentBarRecord } from './time-records';

/**
 * R14: a head of the owner, who is not the one that decided, revokes a decision on the grounds of Administrative Licensing
 * Law art 69, with reasons, remedy and document; a delivered or archived case takes it too. When a commitment was broken
 * (Zhejiang regulation art 14) the inspection must have failed finally, and the applicant may commit itself in this
 * matter no more.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, REASON_REQUIRED,
 *   INSPECTION_NOT_FAILED
 */
export function revokeDecision(
  state: { readonly case: CaseRecord | undefined },
  input: CommandInput<'case.revokeDecision'>,
  member: Member,
): Outcome<CaseRecord> {
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
  const { at } = nowFor(member);
  const { document } = input;
  const revocation = { of: 'decision', reason, document, by: actorOf(member), at } as const;
  const outcome = recordAct({ ...before, revocation, state: 'DECISION_REVOKED' }, before, {
    type: 'case.revokeDecision',
    member,
    at,
    input,
  });
  return broken ? { ...outcome, also: [...outcome.also, barOf(before, member, at)] } : outcome;
}

function barOf(record: CaseRecord, member: Member, at: string): CommitmentBarRecord {
  const { taskCode, applicant, caseNo } = record;
  return { kind: 'commitmentBar', v: 1, taskCode, applicant, caseNo, by: actorOf(member), at };
}
