import { ContractError } from '../kernel/errors';
import type { MatterContent } from './records';

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
