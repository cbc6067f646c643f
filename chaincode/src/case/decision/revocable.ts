import { found, requireOwner, requireOtherPerson, type Member } from '../../kernel/caller';
import type { CommandInput } from '../../kernel/commands';
import { ContractError } from '../../kernel/errors';
import { requireReason, type Reason } from '../../kernel/reason';
import { openCase } from '../chain';
import { inspectionStage } from '../clocks/clocks';
import type { CaseRecord } from '../records';

/**
 * What article 69 of the Administrative Licensing Law speaks of: a grant, delivered and archived ones too, and a ground to
 * revoke it. What was obtained by deceit is to be revoked (69(2)), on the grounds of 69(1) it may be. For a broken commitment
 * (Zhejiang regulation art 14(2)) the inspection must have failed finally. It is for a head of the owner who did not decide.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, NOTHING_GRANTED,
 *   REASON_REQUIRED, INSPECTION_NOT_FAILED
 */
export function revocable(
  record: CaseRecord | undefined,
  { caseNo, reason: given }: CommandInput<'case.keepDecision'>,
  member: Member,
  { remedy }: { readonly remedy: boolean },
): { readonly before: CaseRecord; readonly reason: Reason } {
  const before = openCase(record, caseNo, [
    'DECIDED_GRANTED',
    'COMPLETED',
    'DELIVERED',
    'ARCHIVED',
  ]);
  requireOwner(before, member);
  const { by, outcome: decided } = found(before.decision, { caseNo });
  if (decided !== 'granted') throw new ContractError('NOTHING_GRANTED', { caseNo, decided });
  requireOtherPerson(by, member);
  const reason = requireReason(given, {
    ...{ remedy, codes: revocationGrounds },
    basis: 'decisionRevoked',
  });
  const stage = inspectionStage(before);
  if (reason.code === 'commitmentBroken' && stage !== 'failed') {
    throw new ContractError('INSPECTION_NOT_FAILED', { caseNo, stage });
  }
  return { before, reason };
}

const revocationGrounds = [
  'abuseOfOffice',
  'beyondPowers',
  'againstProcedure',
  'applicantUnqualified',
  'obtainedByDeceit',
  'commitmentBroken',
  'other',
] as const satisfies readonly Reason['code'][];
