import { z } from 'zod';
import { passedOn } from '../kernel/departures';
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
  text,
  timestamp,
  version,
} from '../kernel/scalars';
import { namesOf, type Vocabulary } from '../kernel/words';

/** How far a duty ruling is. */
export const rulingStatusWords = {
  open: { zh: '待提出协调意见', en: 'open' },
  proposed: { zh: '待政府决定', en: 'proposed, waits for the decision' },
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
  /** Of one that was accepted: the Establishment Office, with which the agreement is filed (备案). */
  filedWith: departmentId.exactOptional(),
});
export type Handover = z.output<typeof handover>;

/** What a department has in a case that a reorganisation can give to another. */
export const successionPartWords = {
  owner: { zh: '实施主体', en: 'owner' },
  applicant: { zh: '申报部门', en: 'applicant' },
  coDecider: { zh: '共同决定', en: 'deciding beside the owner' },
  step: { zh: '会办环节', en: 'step' },
  above: { zh: '上级答复', en: 'answer from above' },
} satisfies Vocabulary;

/** 承继: a reorganisation gave a department's part in the case to another. */
export const caseSuccession = z.strictObject({
  part: z.enum(namesOf(successionPartWords)),
  step: stepId.exactOptional(),
  ...passedOn,
});
export type CaseSuccession = z.output<typeof caseSuccession>;

/** A case's own note of a ruling about it. */
export const rulingNote = z.strictObject({
  rulingId,
  subject: transferSubject,
  office: departmentId,
  openedAt: timestamp,
  dueOn: date,
  /** Once the office has proposed: who brings the decision, and by when. */
  proposed: z
    .strictObject({ at: timestamp, decides: departmentId, decideBy: date })
    .exactOptional(),
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

/**
 * A question of duty that departments did not settle between them (职责分工协调): the Establishment Office proposes, the
 * government decides (State Council Order 486 art 10).
 */
export const dutyRulingRecord = recordOf('dutyRuling', {
  rulingId,
  caseNo,
  subject: transferSubject,
  /** Who had to act first when it was opened: the Establishment Office or, in a dispute of its own, the government. */
  office: departmentId,
  /** The Establishment Office stands in the dispute itself: the government decides without its opinion. */
  ownCause: z.literal(true).exactOptional(),
  status: z.enum(namesOf(rulingStatusWords)),
  /** Who was responsible when it was opened. */
  responsible: departmentId,
  /** The declined offers of the subject. */
  bounces: z.array(handover).max(20),
  /** Who brought the question here (提请) and the clause that it cites, where the bounces did not by themselves. */
  requested: z.strictObject({ by: actor, clause: dutyClause }).exactOptional(),
  openedAt: timestamp,
  dueOn: date,
  /** 协调意见. Chains from before it was asked for have decisions without one. */
  proposal: z
    .strictObject({
      department: departmentId,
      clause: dutyClause,
      document: digest,
      by: actor,
      at: timestamp,
      late: z.boolean(),
      /** Who has to bring the decision, and by when: the government or, where nobody holds that function, the office. */
      decides: departmentId,
      decideBy: date,
    })
    .exactOptional(),
  decision: z
    .strictObject({
      department: departmentId,
      clause: dutyClause,
      /** Digest of the written decision. */
      document: digest,
      /** Where the office registered it: the organ that decided. */
      organ: text(200).exactOptional(),
      /** The number of the document. */
      number: text(100).exactOptional(),
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

/**
 * A department refused an application as outside its competence and named another that is on the ledger. It stands under
 * the applicant and the department that was named: should that one refuse too, the two are coordinated.
 */
export const referralRecord = recordOf('referral', {
  applicant: departmentId,
  to: departmentId,
  from: departmentId,
  clause: dutyClause,
  caseNo,
  at: timestamp,
});
export type ReferralRecord = z.output<typeof referralRecord>;
