import { z } from 'zod';
import { actor } from '../kernel/roles';
import { caseNo, date, departmentId, digest, rulingId, timestamp } from '../kernel/scalars';
import { dutyClause, handover, transferSubject } from './handover-records';
import type { KeyKinds } from '../kernel/keys';

/** A question of duty that two departments threw at each other, for the Establishment Office (职责裁定). */
export const dutyRulingRecord = z.strictObject({
  kind: z.literal('dutyRuling'),
  v: z.literal(1),
  rulingId,
  caseNo,
  subject: transferSubject,
  /** The Establishment Office when it was opened. */
  office: departmentId,
  status: z.enum(['open', 'decided']),
  /** Who was responsible when it was opened. */
  responsible: departmentId,
  /** The declined offers of the subject. */
  bounces: z.array(handover).min(1).max(20),
  openedAt: timestamp,
  dueOn: date,
  decision: z
    .strictObject({
      department: departmentId,
      clause: dutyClause,
      /** Digest of the written ruling. */
      document: digest,
      by: actor,
      at: timestamp,
      late: z.boolean(),
      /** `none`: there was nothing left to move, because the subject had been answered, decided or closed meanwhile. */
      effect: z.enum(['moved', 'confirmed', 'none']),
    })
    .exactOptional(),
});
export type DutyRulingRecord = z.output<typeof dutyRulingRecord>;

/** How its records are kept in the world state. */
export const caseDutyRulingKinds = {
  dutyRuling: {
    objectType: 'dutyRuling',
    schema: dutyRulingRecord,
    attributes: (r) => [r.rulingId],
  },
} as const satisfies KeyKinds<'dutyRuling'>;

declare module '../kernel/records' {
  interface LedgerRecords {
    dutyRuling: DutyRulingRecord;
  }
}
