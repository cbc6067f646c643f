import { z } from 'zod';
import { actor } from '../../kernel/roles';
import {
  caseNo,
  date,
  departmentId,
  digest,
  listOf,
  materialCode,
  positiveLimit,
  recordOf,
  taskCode,
  timestamp,
} from '../../kernel/scalars';
import { namesOf, type Vocabulary } from '../../kernel/words';

/** 告知承诺: materials that the applicant's signed commitment stands for (Zhejiang regulation art 14). */
export const commitment = z.strictObject({
  document: digest,
  materials: listOf(materialCode, 64, (name) => name).min(1),
  /** Sixty working days after a grant, or those that the matter's version cites. */
  inspectBy: date.exactOptional(),
  inspectionDays: z.int().min(1).max(200).exactOptional(),
});

export const inspectionResultWords = {
  pass: { zh: '合格', en: 'passed' },
  fail: { zh: '不合格', en: 'failed' },
} satisfies Vocabulary;
export const inspectionResult = z.enum(namesOf(inspectionResultWords));

/** 核查 of a commitment. A failure sets a period to put things right; a failure after it is final. */
export const inspection = z.strictObject({
  result: inspectionResult,
  document: digest,
  by: actor,
  at: timestamp,
  correction: z.strictObject({ limit: positiveLimit, dueOn: date }).exactOptional(),
});

/**
 * The applicant broke a commitment in this matter. Kept of what was recorded before the bar was known to reach all commitments:
 * such a record is read as a bar of five years.
 */
export const commitmentBarRecord = recordOf('commitmentBar', {
  taskCode,
  applicant: departmentId,
  caseNo,
  by: actor,
  at: timestamp,
});
export type CommitmentBarRecord = z.output<typeof commitmentBarRecord>;

/**
 * The applicant broke a commitment, which the case showed, and may file no further one in any matter until the bad record
 * is kept no longer or is repaired (Zhejiang regulation art 14(2)).
 */
export const brokenCommitmentRecord = recordOf('brokenCommitment', {
  applicant: departmentId,
  caseNo,
  by: actor,
  at: timestamp,
  /** Last day for which the bad record is kept and disclosed. */
  until: date,
  /** 信用修复: the document that repaired the record. */
  lifted: z.strictObject({ document: digest, by: actor, at: timestamp }).exactOptional(),
});
export type BrokenCommitmentRecord = z.output<typeof brokenCommitmentRecord>;
