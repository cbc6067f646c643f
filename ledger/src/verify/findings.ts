/** The chain could not be judged. */
const unverifiable = ['PIN_MALFORMED', 'INPUT_UNREADABLE', 'CONFIG_UNSUPPORTED'] as const;

/** Something was missing and could not be checked. */
const incomplete = [
  'BLOCK_MISSING',
  'CODES_MISSING',
  'CODES_UNCHECKED',
  'SIGNATURES_UNCHECKED',
] as const;

/** Something was checked and is wrong. */
const failed = [
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
] as const;

/** Not an error, but worth a look. */
const remarked = ['TIME_LAGS', 'TIME_LEADS'] as const;

/** Every code an {@link AuditFinding} can have (docs/errors.md). */
export const auditFindingCodes = [...unverifiable, ...incomplete, ...failed, ...remarked] as const;

type AuditFindingCode = (typeof auditFindingCodes)[number];

/** Something that an auditor must know. */
export interface AuditFinding {
  readonly code: AuditFindingCode;
  /** Number of the block; undefined when the finding is not about a block. */
  readonly block: bigint | undefined;
  /** Position of the transaction in the block; undefined when the finding is about the whole block. */
  readonly tx: number | undefined;
  /** A sentence for people; parts of it may come from the blocks. */
  readonly detail: string;
}

/**
 * VERIFIED: everything was present and is correct, with or without remarks. FAILED: something is wrong. UNVERIFIABLE:
 * it could not be judged. INCOMPLETE: what was present is correct, but something was missing.
 */
export type AuditVerdict = 'VERIFIED' | 'FAILED' | 'INCOMPLETE' | 'UNVERIFIABLE';

/** The verdict for a list of findings: proof of a fault outweighs missing input. */
export function auditVerdict(findings: readonly Pick<AuditFinding, 'code'>[]): AuditVerdict {
  const has = (codes: readonly string[]) => findings.some(({ code }) => codes.includes(code));
  if (has(failed)) return 'FAILED';
  if (has(unverifiable)) return 'UNVERIFIABLE';
  return has(incomplete) ? 'INCOMPLETE' : 'VERIFIED';
}

/** Records a finding about one block. */
export type Report = (code: AuditFindingCode, detail: string, tx?: number) => void;
