import { ContractError } from '../kernel/errors';
import { isLicence } from './handling-laws';
import type { MatterContent } from './records';

const riskAreas = [
  'publicSafety',
  'financialSafety',
  'ecology',
  'health',
  'lifeAndProperty',
] as const;

/**
 * 告知承诺 is for licences (Zhejiang regulation art 14): where none of the risk areas is concerned, which the version says of
 * each; in the scope that the provincial government approved; for listed materials of the applicant's own. Commitments in
 * place of proofs for what is no licence are another institution, which no law that is known here carries.
 * @throws ContractError COMMITMENT_ONLY_LICENCES, COMMITMENT_RISK, COMMITMENT_UNDOCUMENTED, MATERIAL_UNKNOWN,
 *   COMMITMENT_NOT_ALLOWED
 */
export function checkMatterCommitment(content: MatterContent): void {
  const { commitment, materials, matterType } = content;
  if (commitment === undefined) return;
  if (!isLicence(content)) throw new ContractError('COMMITMENT_ONLY_LICENCES', { matterType });
  const areas = riskAreas.filter((area) => commitment.concerns[area] !== false);
  if (areas.length > 0) throw new ContractError('COMMITMENT_RISK', { areas });
  checkDocuments(content, commitment);
  for (const code of commitment.materials) {
    const material = materials.find((listed) => listed.code === code);
    if (material === undefined) throw new ContractError('MATERIAL_UNKNOWN', { code });
    if (material.source === 'sharing') {
      throw new ContractError('COMMITMENT_NOT_ALLOWED', { codes: [code] });
    }
  }
}

/** The scope, and another time to inspect, are set by documents that the version lists. */
function checkDocuments(
  { policyDocuments }: MatterContent,
  { scopeDocument, inspection }: NonNullable<MatterContent['commitment']>,
): void {
  const cited = { scope: scopeDocument, ...(inspection && { inspection: inspection.document }) };
  for (const [what, document] of Object.entries(cited)) {
    if (policyDocuments.some(({ number }) => number === document)) continue;
    throw new ContractError('COMMITMENT_UNDOCUMENTED', { what, document: document ?? '' });
  }
}
