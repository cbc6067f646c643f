import { z } from 'zod';
import { actor } from '../kernel/roles';
import {
  caseNo,
  code,
  date,
  departmentId,
  digest,
  dutyCode,
  recordOf,
  rulingId,
  stepId,
  timestamp,
  version,
} from '../kernel/scalars';
import { namesOf, type Vocabulary } from '../kernel/words';

/** How far a duty ruling is. */
export const rulingStatusWords = {
  open: { zh: '待决定', en: 'open' },
  decided: { zh: '已决定', en: 'decided' },
} satisfies Vocabulary;

/** What responsibility can be for: the whole case (its owner), or one step of it (its department). */
export const transferSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('case') }),
  z.strictObject({ kind: z.literal('step'), stepId }),
]);
export type TransferSubject = z.output<typeof transferSubject>;

/** A registered clause of a department's 三定 document, in the version that was in force when it was cited. */
export const dutyClause = z.strictObject({ department: departmentId, code: dutyCode, version });
export type DutyClause = z.output<typeof dutyClause>;

/**
 * `offered` waits for the receiver, and the sender stays responsible; `unanswered` was replaced by another offer after its
 * time; `ended`: its step was answered, or its case decided or closed, meanwhile.
 */
export const handoverStatusWords = {
  offered: { zh: '待接收', en: 'offered' },
  accepted: { zh: '已接收', en: 'accepted' },
  declined: { zh: '不接收', en: 'declined' },
  unanswered: { zh: '逾期未答复', en: 'not answered in time' },
  ended: { zh: '已终止', en: 'ended' },
} satisfies Vocabulary;

/** One hand-over (移交). */
export const handover = z.strictObject({
  subject: transferSubject,
  from: departmentId,
  to: departmentId,
  /** The receiver's clause that the sender rests on. */
  clause: dutyClause,
  offeredBy: actor,
  offeredAt: timestamp,
  answerBy: date,
  status: z.enum(namesOf(handoverStatusWords)),
  answeredBy: actor.exactOptional(),
  answeredAt: timestamp.exactOptional(),
  /** The clause by which the receiver says that it is not its duty. */
  counterClause: dutyClause.exactOptional(),
});
export type Handover = z.output<typeof handover>;

/** A case's own note of a ruling about it. */
export const rulingNote = z.strictObject({
  rulingId,
  subject: transferSubject,
  office: departmentId,
  openedAt: timestamp,
  dueOn: date,
  decidedAt: timestamp.exactOptional(),
  /** The department that was ruled responsible. */
  department: departmentId.exactOptional(),
});

/** `none`: there was nothing left to move, because the subject had been answered, decided or closed meanwhile. */
export const rulingEffectWords = {
  moved: { zh: '责任转移', en: 'responsibility moved' },
  confirmed: { zh: '维持原责任部门', en: 'responsibility confirmed' },
  none: { zh: '已无可转移事项', en: 'nothing left to move' },
} satisfies Vocabulary;

/** A question of duty that two departments threw at each other, for the Establishment Office (职责裁定). */
export const dutyRulingRecord = recordOf('dutyRuling', {
  rulingId,
  caseNo,
  subject: transferSubject,
  /** The Establishment Office when it was opened. */
  office: departmentId,
  status: z.enum(namesOf(rulingStatusWords)),
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
      effect: z.enum(namesOf(rulingEffectWords)),
    })
    .exactOptional(),
});
export type DutyRulingRecord = z.output<typeof dutyRulingRecord>;

/** 退件: a step's department gave the file back to the owner, whose answer is `resent`. The step's clock runs on. */
export const stepReturn = z.strictObject({
  by: actor,
  at: timestamp,
  reasonCode: code(32),
  text: digest,
  resent: z.strictObject({ by: actor, at: timestamp, document: digest }).exactOptional(),
});
