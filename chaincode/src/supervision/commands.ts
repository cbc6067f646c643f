import { z } from 'zod';
import { cardColours, caseClockKinds, otherClockKinds } from '../kernel/clock-kinds';
import { command, heads, officials, query, timekeepers } from '../kernel/operation';
import type { Role } from '../kernel/roles';
import {
  cardId,
  caseNo,
  challengeId,
  datasetId,
  departmentId,
  digest,
  listOf,
  orderId,
  positiveLimit,
  rulingId,
  shareId,
  taskCode,
  text,
  urgeId,
  version,
} from '../kernel/scalars';
import {
  appealGround,
  cardRecord,
  cardRuling,
  evaluationRecord,
  exemptionConditions,
  explanationCode,
  mandateWords,
  orderRecord,
  reviewGroundWords,
  reviewOutcomeWords,
  urgeRecord,
} from './records';
import { signatoryWords } from '../kernel/roles';
import { namesOf } from '../kernel/words';

const cards = { plural: 'cards', key: 'cardId' } as const;
const urges = { plural: 'urges', key: 'urgeId' } as const;
const orders = { plural: 'orders', key: 'orderId' } as const;
const evaluations = { plural: 'evaluations', key: 'caseNo' } as const;

/** Whoever has a part in the ledger: what time makes due waits for nobody. */
const members: readonly Role[] = [...timekeepers, 'supervisor'];
/** Supervisors, and heads of a government's office on what concerns the supervision office itself: see office.ts. */
const supervisorsOrHeads: readonly Role[] = ['supervisor', ...heads];

export const raiseCardInput = z.strictObject({
  caseNo,
  what: z.enum(caseClockKinds),
  /** The step of an opinion, the number of a special procedure. */
  step: text(64).exactOptional(),
  colour: z.enum(cardColours),
});
/** Which ids each clock outside cases needs, sorted; an update that came too late is of the version that brought it. */
const idsOf: Readonly<Record<(typeof otherClockKinds)[number], readonly string[]>> = {
  reply: ['shareId'],
  deliver: ['shareId'],
  mend: ['shareId'],
  dispose: ['shareId'],
  answerChallenge: ['challengeId,shareId'],
  review: ['dutyVersion,side,taskCode,version'],
  ruling: ['rulingId'],
  update: ['datasetId', 'datasetId,version'],
  entryReview: ['datasetId,version'],
};

export const raiseOtherCardInput = z
  .strictObject({
    what: z.enum(otherClockKinds),
    colour: z.enum(cardColours),
    shareId: shareId.exactOptional(),
    challengeId: challengeId.exactOptional(),
    taskCode: taskCode.exactOptional(),
    version: version.exactOptional(),
    dutyVersion: version.exactOptional(),
    /** Whose signature under the review is missing. */
    side: z.enum(namesOf(signatoryWords)).exactOptional(),
    rulingId: rulingId.exactOptional(),
    datasetId: datasetId.exactOptional(),
  })
  .refine(
    ({ what, ...rest }) =>
      idsOf[what].includes(
        Object.keys(rest)
          .filter((name) => name !== 'colour')
          .sort()
          .join(),
      ),
    'a share’s clock needs shareId, a challenge’s challengeId as well, a review’s taskCode, version, dutyVersion and side, ' +
      'a ruling’s rulingId, an entry’s datasetId, its review’s version as well, and nothing else',
  );
export const explainCardInput = z.strictObject({
  cardId,
  code: explanationCode,
  text: digest,
  /** Of a card that is explained in public, and of no other: anybody may read it. */
  publicText: text(1000).exactOptional(),
});
export const appealCardInput = z.strictObject({
  cardId,
  ground: appealGround,
  text: digest,
});
export const ruleCardInput = z.strictObject({
  cardId,
  outcome: cardRuling,
  document: digest,
  /** To exempt: all five conditions of Zhejiang regulation art 46, each found to hold. */
  conditions: listOf(z.enum(exemptionConditions), 5, (name) => name).exactOptional(),
});
export const urgeInput = z.strictObject({
  urgeId,
  caseNo,
  department: departmentId,
  note: text(500),
});
export const issueOrderInput = z.strictObject({
  orderId,
  department: departmentId,
  caseNo: caseNo.exactOptional(),
  subject: text(500),
  document: digest,
  /** Who decided that it is supervised (Government Supervision Regulation art 11). */
  mandate: z.enum(namesOf(mandateWords)),
  mandateNumber: text(100),
  mandateDocument: digest,
  limit: positiveLimit,
});
export const askReviewInput = z.strictObject({
  orderId,
  ground: z.enum(namesOf(reviewGroundWords)),
  text: digest,
});
export const decideReviewInput = z.strictObject({
  orderId,
  outcome: z.enum(namesOf(reviewOutcomeWords)),
  document: digest,
});
export const replyOrderInput = z.strictObject({ orderId, document: digest });
export const concludeOrderInput = z.strictObject({
  orderId,
  satisfied: z.boolean(),
  document: digest,
  /** When not satisfied: the time for another reply. */
  limit: positiveLimit.exactOptional(),
});
export const giveEvaluationInput = z.strictObject({
  caseNo,
  /** 1 very satisfied to 5 very dissatisfied; 4 and 5 need a note. */
  score: z.int().min(1).max(5),
  note: digest.exactOptional(),
});
export const followUpEvaluationInput = giveEvaluationInput;
export const answerEvaluationInput = z.strictObject({ caseNo, document: digest });

const card = { output: cardRecord } as const;
const order = { output: orderRecord } as const;
const evaluation = { output: evaluationRecord } as const;

export const commands = {
  'card.raise': command({
    ...card,
    of: cards,
    creates: true,
    input: raiseCardInput,
    roles: members,
    summary: { zh: '亮黄牌、红牌', en: 'Raise the card that a clock has come to' },
    leadsTo: 'explainCard',
  }),
  'card.raiseOther': command({
    ...card,
    of: cards,
    input: raiseOtherCardInput,
    roles: members,
    summary: {
      zh: '对数据共享、政务数据目录、事项复核、职责分工协调亮黄牌、红牌',
      en: 'Raise the card that a clock of a share, a catalogue entry, a review or a ruling has come to',
    },
    leadsTo: 'explainCard',
  }),
  'card.explain': command({
    ...card,
    of: cards,
    input: explainCardInput,
    roles: officials,
    finishes: true,
    summary: { zh: '说明逾期原因', en: 'Explain why a limit was missed' },
  }),
  'card.appeal': command({
    ...card,
    of: cards,
    input: appealCardInput,
    roles: heads,
    finishes: true,
    summary: { zh: '对红黄牌申请复核', en: 'Ask for the review of a card' },
    leadsTo: 'ruleCard',
  }),
  'card.rule': command({
    ...card,
    of: cards,
    input: ruleCardInput,
    roles: supervisorsOrHeads,
    summary: {
      zh: '对红黄牌作出复核决定（维持、撤销、容错免责）',
      en: 'Decide on the review of a card',
    },
  }),
  'urge.send': command({
    of: urges,
    creates: true,
    output: urgeRecord,
    input: urgeInput,
    roles: ['clerk', 'head', 'service', 'supervisor'],
    summary: { zh: '催办', en: 'Remind a department' },
    done: { zh: '已催办', en: 'Reminded a department' },
  }),
  'order.issue': command({
    ...order,
    of: orders,
    creates: true,
    input: issueOrderInput,
    roles: supervisorsOrHeads,
    summary: { zh: '督办', en: 'Issue a supervision order' },
    done: { zh: '已下达督办', en: 'Issued a supervision order' },
    leadsTo: 'replyOrder',
  }),
  'order.reply': command({
    ...order,
    of: orders,
    input: replyOrderInput,
    roles: heads,
    finishes: true,
    summary: { zh: '回复督办', en: 'Reply to a supervision order' },
    leadsTo: 'concludeOrder',
  }),
  'order.conclude': command({
    ...order,
    of: orders,
    input: concludeOrderInput,
    roles: supervisorsOrHeads,
    summary: { zh: '督办结论', en: 'Conclude on a reply' },
  }),
  'order.askReview': command({
    ...order,
    of: orders,
    input: askReviewInput,
    roles: heads,
    finishes: true,
    summary: { zh: '对督查结论申请复核', en: 'Ask for the review of a conclusion' },
    leadsTo: 'reviewConclusion',
  }),
  'order.decideReview': command({
    ...order,
    of: orders,
    input: decideReviewInput,
    roles: heads,
    summary: {
      zh: '对督查结论作出复核决定（维持、撤销）',
      en: 'Decide on the review of a conclusion',
    },
  }),
  'evaluation.give': command({
    ...evaluation,
    of: evaluations,
    input: giveEvaluationInput,
    roles: officials,
    summary: {
      zh: '好差评（1 非常满意、2 满意、3 基本满意、4 不满意、5 非常不满意；只能评价一次）',
      en: 'Evaluate a delivered case (1 very satisfied to 5 very dissatisfied; once)',
    },
  }),
  'evaluation.answer': command({
    ...evaluation,
    of: evaluations,
    input: answerEvaluationInput,
    roles: officials,
    finishes: true,
    summary: { zh: '差评整改答复', en: 'Answer a bad evaluation' },
  }),
  'evaluation.followUp': command({
    ...evaluation,
    of: evaluations,
    input: followUpEvaluationInput,
    roles: officials,
    finishes: true,
    summary: {
      zh: '追评（等级同好差评；只能追评一次）',
      en: 'Follow up a bad evaluation after its answer (once)',
    },
  }),
} as const;

export const queries = {
  'card.get': query({
    ...card,
    audience: 'concerned',
    input: z.strictObject({ cardId }),
    summary: { zh: '查询红黄牌', en: 'One card' },
  }),
  'order.get': query({
    ...order,
    audience: 'concerned',
    input: z.strictObject({ orderId }),
    summary: { zh: '查询督办', en: 'One supervision order' },
  }),
  'evaluation.get': query({
    ...evaluation,
    audience: 'concerned',
    input: z.strictObject({ caseNo }),
    summary: { zh: '查询好差评', en: 'The evaluation of a case' },
  }),
} as const;
