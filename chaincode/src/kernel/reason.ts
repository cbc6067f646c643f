import { z } from 'zod';
import { ContractError } from './errors';
import { digest, fieldCode, materialCode, text } from './scalars';

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

/**
 * Grounds of a refusal at the door (Administrative Licensing Law art 32), of a refusal or a disagreement, and of a
 * revocation: of an acceptance (Zhejiang regulation art 11) or of a decision (Administrative Licensing Law art 69,
 * Zhejiang regulation art 14).
 */
export const reasonCodes = [
  'notRequired',
  'notCompetent',
  'stillIncomplete',
  'conditionsNotMet',
  'outsideDuty',
  'conflictsWithPlan',
  'budgetNotAvailable',
  'supplementOverdue',
  'abuseOfOffice',
  'beyondPowers',
  'againstProcedure',
  'applicantUnqualified',
  'obtainedByDeceit',
  'commitmentBroken',
  'other',
] as const;

/** 理由: a code, the digest of the written reasons and, where it ends a case, the way to appeal (art 38). */
export const reason = z.strictObject({
  code: z.enum(reasonCodes),
  text: digest,
  remedy: text(500).exactOptional(),
  /** The organ that is competent, when this one is not (art 32(2)). */
  competentOrgan: text(200).exactOptional(),
});
export type Reason = z.output<typeof reason>;

export const deficiencies = ['missing', 'unclear', 'wrong', 'expired'] as const;
export const noticeItem = z.strictObject({
  code: materialCode,
  deficiency: z.enum(deficiencies),
  note: text(500).exactOptional(),
});
/** A field of the form that is wrong, marked so that the applicant need not search. */
export const noticeField = z.strictObject({
  code: fieldCode,
  deficiency: z.enum(deficiencies),
  note: text(500).exactOptional(),
});
