import { namesOf, type Vocabulary } from '../kernel/words';

/**
 * What the verifier of a channel can find, told apart by what it means; the same words as `@yici/ledger`, which this package
 * may not import and a test compares with them (docs/errors.md, "audit").
 */
export const auditFindingGroups = {
  /** It was checked and does not hold. */
  failed: [
    'GENESIS_MISMATCH',
    'BLOCK_MALFORMED',
    'BLOCK_OUT_OF_ORDER',
    'NUMBER_MISMATCH',
    'PREVIOUS_HASH_MISMATCH',
    'DATA_HASH_MISMATCH',
    'DATA_MALFORMED',
    'SIGNATURES_MALFORMED',
    'SIGNATURES_INSUFFICIENT',
    'LAST_CONFIG_MISMATCH',
    'CONFIG_MALFORMED',
    'CONFIG_REFUSED',
    'CODES_MALFORMED',
    'CODE_MISMATCH',
    'COMMIT_HASH_MISMATCH',
  ],
  /** It could not be judged. */
  unverifiable: ['PIN_MALFORMED', 'INPUT_UNREADABLE', 'CONFIG_UNSUPPORTED'],
  /** It was not there to be checked. */
  incomplete: ['BLOCK_MISSING', 'CODES_MISSING', 'CODES_UNCHECKED', 'SIGNATURES_UNCHECKED'],
  /** No fault, but unusual. */
  remarked: ['TIME_LAGS', 'TIME_LEADS'],
} as const;

/** Every code of a finding of an audit run. */
export const auditRunCodes = [
  ...auditFindingGroups.unverifiable,
  ...auditFindingGroups.incomplete,
  ...auditFindingGroups.failed,
  ...auditFindingGroups.remarked,
] as const;
export type AuditRunCode = (typeof auditRunCodes)[number];

/** `incomplete`: what was there holds, but something was missing. */
export const auditVerdictWords = {
  verified: { zh: '核验通过', en: 'verified' },
  failed: { zh: '核验不通过', en: 'failed' },
  unverifiable: { zh: '无法核验', en: 'could not be judged' },
  incomplete: { zh: '材料不全', en: 'incomplete' },
} satisfies Vocabulary;
export const auditRunVerdicts = namesOf(auditVerdictWords);
export type AuditRunVerdict = keyof typeof auditVerdictWords;

/** The verdict that findings amount to: proof of a fault outweighs what could not be looked at. */
export function auditRunVerdict(codes: readonly AuditRunCode[]): AuditRunVerdict {
  const worst = (['failed', 'unverifiable', 'incomplete'] as const).find((group) => {
    const known: readonly string[] = auditFindingGroups[group];
    return codes.some((code) => known.includes(code));
  });
  return worst ?? 'verified';
}

/** Whether a finding says that something does not hold. */
export function isProofFailure(code: AuditRunCode): boolean {
  const known: readonly string[] = auditFindingGroups.failed;
  return known.includes(code);
}
