import type { CommandInput } from '../kernel/commands';
import { ContractError } from '../kernel/errors';
import type { MatterContent } from '../matter/records';
import type { CommitmentBarRecord } from './commitment-records';

/**
 * 告知承诺 at filing: the matter's version allows it, for these materials, and the applicant has not lost the use of it
 * (Zhejiang regulation art 14).
 * @throws ContractError COMMITMENT_NOT_ALLOWED, COMMITMENT_BARRED
 */
export function checkCommitment(
  content: MatterContent,
  { commitment, taskCode, materials }: CommandInput<'case.submit'>,
  bar: CommitmentBarRecord | undefined,
): void {
  if (commitment === undefined) return;
  const allowed = content.commitment?.materials ?? [];
  const strange = commitment.materials.filter((code) => !allowed.includes(code));
  if (strange.length > 0) {
    throw new ContractError('COMMITMENT_NOT_ALLOWED', { taskCode, codes: strange, allowed });
  }
  const twice = materials.map(({ code }) => code).filter((c) => commitment.materials.includes(c));
  if (twice.length > 0) throw new ContractError('COMMITMENT_NOT_ALLOWED', { given: twice });
  if (bar !== undefined) {
    throw new ContractError('COMMITMENT_BARRED', { taskCode, caseNo: bar.caseNo, at: bar.at });
  }
}
