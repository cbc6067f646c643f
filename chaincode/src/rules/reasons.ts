import type { Reason } from '../model';
import { ContractError } from '../model';

/** What a reason must carry where it is given. */
export interface ReasonRule {
  readonly remedy: boolean;
  readonly codes?: readonly Reason['code'][];
}

/**
 * R5: code, digest of the written reasons, and the remedy where the refusal ends the case (Administrative Licensing Law
 * art 38); lack of competence names the competent organ (art 32(2)).
 * @throws ContractError REASON_REQUIRED, with what is missing
 */
export function requireReason(reason: Reason | undefined, rule: ReasonRule): Reason {
  if (reason === undefined) throw new ContractError('REASON_REQUIRED', { missing: ['reason'] });
  if (rule.codes !== undefined && !rule.codes.includes(reason.code)) {
    throw new ContractError('REASON_REQUIRED', { code: reason.code, allowed: rule.codes });
  }
  const missing = [
    ...(rule.remedy && reason.remedy === undefined ? ['remedy'] : []),
    ...(reason.code === 'notCompetent' && reason.competentOrgan === undefined
      ? ['competentOrgan']
      : []),
  ];
  if (missing.length > 0) throw new ContractError('REASON_REQUIRED', { missing });
  return reason;
}
