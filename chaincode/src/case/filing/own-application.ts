import { ContractError } from '../../kernel/errors';
import type { MatterRecord } from '../../matter/records';
import type { CaseRecord } from '../records';

/**
 * Nobody decides in its own cause: a department files with itself only where the matter's version says that it serves its
 * owner too, and then another department decides with it.
 * @throws ContractError OWN_MATTER
 */
export function ownApplication(
  { owner, taskCode, content }: MatterRecord,
  applicant: string,
): Pick<CaseRecord, 'coDecider'> {
  if (applicant !== owner) return {};
  const coDecider = content.ownApplications?.coDecider;
  if (coDecider === undefined) throw new ContractError('OWN_MATTER', { taskCode, owner });
  return { coDecider };
}

/**
 * What a department applied for at itself is granted only with the other department's own decision to grant. A case that was
 * filed before there had to be one can be refused, withdrawn or handed over.
 * @throws ContractError CO_DECISION_MISSING
 */
export function requireCoDecision(record: CaseRecord): void {
  const { applicant, owner, coDecider, coDecision, caseNo } = record;
  if (applicant !== owner || coDecision?.outcome === 'granted') return;
  throw new ContractError('CO_DECISION_MISSING', {
    caseNo,
    ...(coDecider === undefined ? {} : { coDecider }),
    ...(coDecision === undefined ? {} : { outcome: coDecision.outcome }),
  });
}
