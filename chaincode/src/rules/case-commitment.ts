import type { CommandInput, CommitmentBarRecord, MatterContent } from '../model';
import { ContractError } from '../model';

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

const riskAreas = ['publicSafety', 'financialSafety', 'ecology', 'health'] as const;

/**
 * A matter takes commitments only where none of the risk areas is concerned, and for listed materials of the applicant's
 * own (Zhejiang regulation art 14).
 * @throws ContractError COMMITMENT_RISK, MATERIAL_UNKNOWN, COMMITMENT_NOT_ALLOWED
 */
export function checkMatterCommitment({ commitment, materials }: MatterContent): void {
  if (commitment === undefined) return;
  const areas = riskAreas.filter((area) => commitment.concerns[area]);
  if (areas.length > 0) throw new ContractError('COMMITMENT_RISK', { areas });
  for (const code of commitment.materials) {
    const material = materials.find((listed) => listed.code === code);
    if (material === undefined) throw new ContractError('MATERIAL_UNKNOWN', { code });
    if (material.source === 'sharing') {
      throw new ContractError('COMMITMENT_NOT_ALLOWED', { codes: [code] });
    }
  }
}
