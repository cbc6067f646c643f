import { z } from 'zod';
import { cardBases } from '../kernel/card-bases';
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
  closed: { zh: '已作结论', en: 'closed' },
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
  goodFaith: { zh: '善意过失', en: 'good faith' },
} satisfies Vocabulary;
export const appealGround = z.enum(namesOf(appealGroundWords));

/** The five conditions under which an error made in good faith is not held against anybody (Zhejiang regulation art 46). */
export const exemptionWords = {
  serviceOfReform: { zh: '符合国家和省确定的改革方向', en: 'in the service of reform' },
  noBannedAct: {
    zh: '未违反法律、法规禁止性、义务性规定',
    en: 'nothing done that is banned and nothing left undone that is demanded',
  },
  dueProcedure: { zh: '决策程序符合法律、法规规定', en: 'due procedure' },
  noPersonalGain: { zh: '勤勉尽责、未牟取私利', en: 'diligence, and no personal gain' },
  harmPreventedOrMended: {
    zh: '主动挽回损失、消除不良影响或者有效阻止危害结果发生',
    en: 'harm prevented or mended',
  },
} satisfies Vocabulary;
export const exemptionConditions = namesOf(exemptionWords);

export const cardRulingWords = {
  upheld: { zh: '维持', en: 'upheld' },
  cancelled: { zh: '撤销', en: 'cancelled' },
  exempted: { zh: '容错免责', en: 'exempted' },
} satisfies Vocabulary;
export const cardRuling = z.enum(namesOf(cardRulingWords));

/**
 * To whom a missed limit is explained. The law wants a public explanation where a matter of market entities is over its time
 * (Optimising the Business Environment Regulation art 36(2)); elsewhere the parties are told, which is a house rule.
 */
export const explanationReachWords = {
  parties: { zh: '向当事部门说明', en: 'to the parties' },
  public: { zh: '公开说明理由', en: 'in public' },
} satisfies Vocabulary;

/** Why a supervision order is given: who decided that the matter is supervised (Government Supervision Regulation art 11). */
export const mandateWords = {
  governmentDecision: { zh: '本级人民政府决定', en: 'decision of the government' },
  headInstruction: {
    zh: '本级人民政府行政首长指令',
    en: 'instruction of the head of the government',
  },
  approvedProposal: {
    zh: '经本级人民政府行政首长批准的督查工作建议',
    en: 'proposal that the head of the government approved',
  },
} satisfies Vocabulary;

/** Why a conclusion is contested: what art 16(2) asks of one, and whose duty it is about. */
export const reviewGroundWords = {
  factsUnclear: { zh: '事实不清', en: 'facts unclear' },
  evidenceInsufficient: { zh: '证据不充分', en: 'evidence insufficient' },
  notImpartial: { zh: '有失客观公正', en: 'not impartial' },
  notResponsible: { zh: '不属于本部门责任', en: 'not responsible' },
} satisfies Vocabulary;

/** What the government decides on a contested conclusion. */
export const reviewOutcomeWords = {
  upheld: { zh: '维持', en: 'upheld' },
  cancelled: { zh: '撤销', en: 'cancelled' },
} satisfies Vocabulary;

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
  /** After the day by which it was to be decided; rulings of before do not say. */
  late: z.boolean().exactOptional(),
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
  /** The article on whoever misses the limit, or that there is none; cards of before do not say. */
  basis: z.enum(cardBases).exactOptional(),
  /** Parties of what it is about, and a government's office that reviews it: who sees it. */
  parties: z.array(departmentId).min(1).max(42),
  raisedBy: actor,
  raisedAt: timestamp,
  /** A red card is explained within five working days: a house rule. */
  explainBy: date.exactOptional(),
  /** To whom a red card is explained; without it to the parties. */
  explainTo: z.enum(namesOf(explanationReachWords)).exactOptional(),
  explanation: z
    .strictObject({
      code: explanationCode,
      text: digest,
      /** What of it is for the public, in the author's own words; explanations of before have none. */
      publicText: text(1000).exactOptional(),
      late: z.boolean(),
      ...act,
    })
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

/** The decision or instruction behind an order, by its number; the document itself stays off the ledger. */
const mandate = z.strictObject({
  by: z.enum(namesOf(mandateWords)),
  number: text(100),
  document: digest,
});

/** A contested conclusion: the department's application (申请复核), and the government's decision (复核决定). */
const review = z.strictObject({
  ground: z.enum(namesOf(reviewGroundWords)),
  text: digest,
  /** Of the office that was to decide when it was asked. */
  office: departmentId,
  decideBy: date,
  ...act,
  decision: z
    .strictObject({
      outcome: z.enum(namesOf(reviewOutcomeWords)),
      document: digest,
      late: z.boolean(),
      ...act,
    })
    .exactOptional(),
});

const orderSchema = recordOf('order', {
  orderId,
  department: departmentId,
  caseNo: caseNo.exactOptional(),
  subject: text(500),
  document: digest,
  /** Orders of before do not say. */
  mandate: mandate.exactOptional(),
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
        review: review.exactOptional(),
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

/** The last order to a department on a case: whether another would be a second one at a time. */
export const orderTargetRecord = recordOf('orderTarget', {
  department: departmentId,
  caseNo,
  orderId,
});
export type OrderTargetRecord = z.output<typeof orderTargetRecord>;

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
  /** 追评: how it is after the answer, once; the first mark stays. */
  followUp: z
    .strictObject({ score: z.int().min(1).max(5), note: digest.exactOptional(), ...act })
    .exactOptional(),
});
export type EvaluationRecord = z.output<typeof evaluationRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  card: keyKind('card', cardRecord, (r) => [cardShelf(r.cardId), r.cardId]),
  urge: keyKind('urge', urgeRecord, (r) => [r.caseNo, r.urgeId]),
  order: keyKind('order', orderRecord, (r) => [r.orderId]),
  orderTarget: keyKind('orderTarget', orderTargetRecord, (r) => [r.caseNo, r.department]),
  evaluation: keyKind('evaluation', evaluationRecord, (r) => [r.caseNo]),
};
