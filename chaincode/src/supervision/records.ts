import { z } from 'zod';
import { cardClockKinds, cardColours } from '../kernel/clock-kinds';
import { actor } from '../kernel/roles';
import {
  cardId,
  caseNo,
  challengeId,
  datasetId,
  date,
  departmentId,
  digest,
  limit,
  orderId,
  recordOf,
  rulingId,
  shareId,
  taskCode,
  text,
  timestamp,
  urgeId,
  version,
} from '../kernel/scalars';
import { keyKind } from '../kernel/keys';
import { cardShelf } from './card-id';
import { namesOf, type Vocabulary, type Words } from '../kernel/words';

/** How far a supervision order is. */
export const orderStatusWords = {
  open: { zh: '待回复', en: 'open' },
  replied: { zh: '已回复', en: 'replied' },
  closed: { zh: '已办结', en: 'closed' },
} satisfies Vocabulary;

const act = { by: actor, at: timestamp };

/** Why a limit was missed; `goodFaith` asks for the exemption of Zhejiang regulation art 46. */
export const explanationWords = {
  workload: { zh: '任务集中', en: 'workload' },
  waitedForOthers: { zh: '等待其他部门', en: 'waited for others' },
  complexCase: { zh: '情况复杂', en: 'complex case' },
  systemFailure: { zh: '系统故障', en: 'system failure' },
  forceMajeure: { zh: '不可抗力', en: 'force majeure' },
  ownFault: { zh: '本部门原因', en: 'own fault' },
  other: { zh: '其他', en: 'other' },
} satisfies Vocabulary;
export const explanationCode = z.enum(namesOf(explanationWords));

export const appealGroundWords = {
  factsWrong: { zh: '事实有误', en: 'facts wrong' },
  notResponsible: { zh: '不属于本部门责任', en: 'not responsible' },
  clockWrong: { zh: '计时有误', en: 'clock wrong' },
  goodFaith: { zh: '善意', en: 'good faith' },
} satisfies Vocabulary;
export const appealGround = z.enum(namesOf(appealGroundWords));

/** The five conditions under which an error made in good faith is not held against anybody (Zhejiang regulation art 46). */
export const exemptionWords = {
  serviceOfReform: { zh: '符合改革方向', en: 'in the service of reform' },
  noBannedAct: { zh: '未违反禁止性规定', en: 'no banned act' },
  dueProcedure: { zh: '决策程序合法', en: 'due procedure' },
  noPersonalGain: { zh: '未谋取私利', en: 'no personal gain' },
  harmPreventedOrMended: { zh: '主动防止或者挽回损失', en: 'harm prevented or mended' },
} satisfies Vocabulary;
export const exemptionConditions = namesOf(exemptionWords);

export const cardRulingWords = {
  upheld: { zh: '维持', en: 'upheld' },
  cancelled: { zh: '撤销', en: 'cancelled' },
  exempted: { zh: '容错免责', en: 'exempted' },
} satisfies Vocabulary;
export const cardRuling = z.enum(namesOf(cardRulingWords));

/** 满意度 (GB/T 39046 A.8), by its code; 4 and 5 are bad. */
export const satisfactionWords: Readonly<Record<number, Words>> = {
  1: { zh: '非常满意', en: 'very satisfied' },
  2: { zh: '满意', en: 'satisfied' },
  3: { zh: '基本满意', en: 'fairly satisfied' },
  4: { zh: '不满意', en: 'dissatisfied' },
  5: { zh: '非常不满意', en: 'very dissatisfied' },
};

const ruling = z.strictObject({
  outcome: cardRuling,
  document: digest,
  ...act,
});

/** A warning card (预警灯): computed from the ledger's own days. Nobody can skip or delete one; what is said to it is added. */
export const cardRecord = recordOf('card', {
  cardId,
  /**
   * What it is about: a case; a share, or one of its challenges; the review of a matter; a duty ruling; a data set, or a
   * version of one.
   */
  caseNo: caseNo.exactOptional(),
  shareId: shareId.exactOptional(),
  challengeId: challengeId.exactOptional(),
  review: z.strictObject({ taskCode, version, dutyVersion: version }).exactOptional(),
  rulingId: rulingId.exactOptional(),
  datasetId: datasetId.exactOptional(),
  datasetVersion: version.exactOptional(),
  colour: z.enum(cardColours),
  clock: z.strictObject({
    what: z.enum(cardClockKinds),
    step: z.string().exactOptional(),
    startedOn: date,
    dueOn: date,
    /** Of an on-the-spot item: the instant itself. */
    dueAt: timestamp.exactOptional(),
    limitDays: z.int().min(0),
    /** The day of the act that came too late, when it has come. */
    actedOn: date.exactOptional(),
  }),
  /** Whose limit it is. */
  department: departmentId,
  /** Parties of what it is about: who sees it. */
  parties: z.array(departmentId).min(1).max(41),
  raisedBy: actor,
  raisedAt: timestamp,
  /** A red card is explained within five working days (Optimising the Business Environment Regulation art 36). */
  explainBy: date.exactOptional(),
  explanation: z
    .strictObject({ code: explanationCode, text: digest, late: z.boolean(), ...act })
    .exactOptional(),
  appeal: z
    .strictObject({ ground: appealGround, text: digest, decideBy: date, ...act })
    .exactOptional(),
  ruling: ruling.exactOptional(),
});
export type CardRecord = z.output<typeof cardRecord>;

/** A reminder (催办): on the record, without a duty to answer. */
export const urgeRecord = recordOf('urge', {
  urgeId,
  caseNo,
  /** Who is reminded. */
  department: departmentId,
  parties: z.array(departmentId).min(1).max(40),
  note: text(500),
  ...act,
});
export type UrgeRecord = z.output<typeof urgeRecord>;

const orderSchema = recordOf('order', {
  orderId,
  department: departmentId,
  caseNo: caseNo.exactOptional(),
  subject: text(500),
  document: digest,
  limit,
  dueOn: date,
  issuedBy: actor,
  issuedAt: timestamp,
  status: z.enum(namesOf(orderStatusWords)),
  /** Each reply, and what the supervisors said to it. */
  replies: z
    .array(
      z.strictObject({
        document: digest,
        late: z.boolean(),
        ...act,
        conclusion: z
          .strictObject({ satisfied: z.boolean(), document: digest, ...act })
          .exactOptional(),
      }),
    )
    .max(10),
});
type OrderRecordShape = typeof orderSchema;
/** The type of {@link orderRecord} under a name, which keeps the compiler fast: see kernel/commands.ts. */
export interface OrderRecordSchema extends OrderRecordShape {}
/** A supervision order (督办): a deadline, a reply, a conclusion (Government Supervision Regulation). */
export const orderRecord: OrderRecordSchema = orderSchema;
export type OrderRecord = z.output<typeof orderRecord>;

/** The applicant's evaluation of a delivered case (好差评), 1 very satisfied to 5 very dissatisfied (GB/T 39046 A.8). */
export const evaluationRecord = recordOf('evaluation', {
  caseNo,
  owner: departmentId,
  parties: z.array(departmentId).min(1).max(40),
  score: z.int().min(1).max(5),
  note: digest.exactOptional(),
  ...act,
  /** A bad evaluation is answered with what was done. */
  answerBy: date.exactOptional(),
  answer: z.strictObject({ document: digest, late: z.boolean(), ...act }).exactOptional(),
});
export type EvaluationRecord = z.output<typeof evaluationRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  card: keyKind('card', cardRecord, (r) => [cardShelf(r.cardId), r.cardId]),
  urge: keyKind('urge', urgeRecord, (r) => [r.caseNo, r.urgeId]),
  order: keyKind('order', orderRecord, (r) => [r.orderId]),
  evaluation: keyKind('evaluation', evaluationRecord, (r) => [r.caseNo]),
};
