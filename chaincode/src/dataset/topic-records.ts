import { z } from 'zod';
import { actor } from '../kernel/roles';
import {
  datasetId,
  departmentId,
  documentRef,
  recordOf,
  text,
  timestamp,
  topicCode,
} from '../kernel/scalars';
import { namesOf, type Vocabulary } from '../kernel/words';

/** `single`: one department's; `open`: claimed by several, no source named; `named`: the lead authority named one. */
export const dataTopicStatusWords = {
  single: { zh: '一个部门', en: 'one department' },
  open: { zh: '待明确数源部门', en: 'no source named yet' },
  named: { zh: '已明确数源部门', en: 'source named' },
} satisfies Vocabulary;

/**
 * What catalogue entries are about, and whose it is. Data that several departments collect have one source department
 * (数源部门), which the lead authority names and which alone provides them (Order 809 art 19).
 */
export const dataTopicRecord = recordOf('dataTopic', {
  topic: topicCode,
  status: z.enum(namesOf(dataTopicStatusWords)),
  /** Entries about it, in the order in which they came. */
  claims: z.array(z.strictObject({ department: departmentId, datasetId })).max(64),
  /** Every naming, the last in force. */
  namings: z
    .array(
      z.strictObject({
        source: departmentId,
        text: text(2000),
        document: documentRef,
        by: actor,
        at: timestamp,
      }),
    )
    .max(20),
  updatedAt: timestamp,
});
export type DataTopicRecord = z.output<typeof dataTopicRecord>;
