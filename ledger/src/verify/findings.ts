/** What makes it impossible to judge. */
const unverifiable = ['PIN_MALFORMED', 'INPUT_UNREADABLE', 'CONFIG_UNSUPPORTED'] as const;

/** What was not there to be checked. */
const incomplete = [
  'BLOCK_MISSING',
  'CODES_MISSING',
  'CODES_UNCHECKED',
  'SIGNATURES_UNCHECKED',
] as const;

/** What was checked and is not as it must be. */
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

/** What holds, and is worth a look. */
const remarked = ['TIME_LAGS', 'TIME_LEADS'] as const;

/** Every code an {@link AuditFinding} can have (docs/errors.md). */
export const auditFindingCodes = [...unverifiable, ...incomplete, ...failed, ...remarked] as const;

type AuditFindingCode = (typeof auditFindingCodes)[number];

/** Something that an auditor must know of. */
export interface AuditFinding {
  readonly code: AuditFindingCode;
  /** Number of the block; undefined when it is about no block. */
  readonly block: bigint | undefined;
  /** Position of the transaction in the block; undefined when it is about the whole block. */
  readonly tx: number | undefined;
  /** A sentence for people; parts of it may come from the blocks. */
  readonly detail: string;
}

/**
 * VERIFIED: all was there and all of it holds, remarks or not. FAILED: something does not hold. UNVERIFIABLE: it could not be judged.
 * INCOMPLETE: what was there holds, but something was not.
 */
export type AuditVerdict = 'VERIFIED' | 'FAILED' | 'INCOMPLETE' | 'UNVERIFIABLE';

/** The verdict that findings amount to: proof of a fault outweighs what could not be looked at. */
export function auditVerdict(findings: readonly Pick<AuditFinding, 'code'>[]): AuditVerdict {
  const has = (codes: readonly string[]) => findings.some(({ code }) => codes.includes(code));
  if (has(failed)) return 'FAILED';
  if (has(unverifiable)) return 'UNVERIFIABLE';
  return has(incomplete) ? 'INCOMPLETE' : 'VERIFIED';
}

/** Takes down findings about one block. */
export type Report = (code: AuditFindingCode, detail: string, tx?: number) => void;
