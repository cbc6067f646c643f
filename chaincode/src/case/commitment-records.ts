import { z } from 'zod';
import { actor } from '../kernel/roles';
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
} from '../kernel/scalars';
import { namesOf, type Vocabulary } from '../kernel/words';

/** 告知承诺: materials that the applicant's signed commitment stands for (Zhejiang regulation art 14). */
export const commitment = z.strictObject({
  document: digest,
  materials: listOf(materialCode, 64, (name) => name).min(1),
  /** Sixty working days after a grant. */
  inspectBy: date.exactOptional(),
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
 * The applicant broke a commitment in this matter and may file no further one in it (Zhejiang regulation art 14). Nothing
 * lifts it; `caseNo` is the case that showed it.
 */
export const commitmentBarRecord = recordOf('commitmentBar', {
  taskCode,
  applicant: departmentId,
  caseNo,
  by: actor,
  at: timestamp,
});
export type CommitmentBarRecord = z.output<typeof commitmentBarRecord>;
