import { z } from 'zod';
import { actor } from '../kernel/roles';
import {
  datasetId,
  departmentId,
  documentRef,
  text,
  timestamp,
  topicCode,
} from '../kernel/scalars';
import type { KeyKinds } from '../kernel/keys';

/** `single`: one department's; `open`: claimed by several, no source named; `named`: the lead authority named one. */
export const dataTopicStatuses = ['single', 'open', 'named'] as const;

/**
 * What catalogue entries are about, and whose it is. Data that several departments collect have one source department
 * (数源部门), which the lead authority names and which alone provides them (Order 809 art 19).
 */
export const dataTopicRecord = z.strictObject({
  kind: z.literal('dataTopic'),
  v: z.literal(1),
  topic: topicCode,
  status: z.enum(dataTopicStatuses),
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

/** How its records are kept in the world state. */
export const datasetTopicKinds = {
  dataTopic: {
    objectType: 'dataTopic',
    schema: dataTopicRecord,
    attributes: (r) => [r.topic],
  },
} as const satisfies KeyKinds<'dataTopic'>;

declare module '../kernel/records' {
  interface LedgerRecords {
    dataTopic: DataTopicRecord;
  }
}
