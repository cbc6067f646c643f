import { z } from 'zod';
import { refusedOn, type BasisName } from './errors';
import { digest, fieldCode, materialCode, text } from './scalars';
import { namesOf, type Vocabulary } from './words';

/** What a reason must carry where it is given. */
export interface ReasonRule {
  readonly remedy: boolean;
  readonly codes?: readonly Reason['code'][];
  /** What the demand rests on. */
  readonly basis: BasisName<'REASON_REQUIRED'>;
}

/**
 * R5: code, digest of the written reasons, and the remedy where the refusal ends the case (Administrative Licensing Law
 * art 38(2)); lack of competence names the competent organ (art 32(1)(2)).
 * @throws ContractError REASON_REQUIRED, with what is missing
 */
export function requireReason(reason: Reason | undefined, rule: ReasonRule): Reason {
  const refuse = (details: object) => {
    throw refusedOn('REASON_REQUIRED', rule.basis, { ...details });
  };
  if (reason === undefined) return refuse({ missing: ['reason'] });
  if (rule.codes !== undefined && !rule.codes.includes(reason.code)) {
    refuse({ code: reason.code, allowed: rule.codes });
  }
  const missing = [
    ...(rule.remedy && reason.remedy === undefined ? ['remedy'] : []),
    ...(reason.code === 'notCompetent' && reason.competentOrgan === undefined
      ? ['competentOrgan']
      : []),
  ];
  if (missing.length > 0) refuse({ missing });
  return reason;
}

/**
 * Grounds of a refusal at the door (Administrative Licensing Law art 32), of a refusal or a disagreement, and of a
 * revocation: of an acceptance (Zhejiang regulation art 11(2)) or of a decision (Administrative Licensing Law art 69,
 * Zhejiang regulation art 14(2)).
 */
export const reasonWords = {
  notRequired: { zh: '依法不需要取得行政许可', en: 'no application is needed' },
  notCompetent: { zh: '不属于本机关职权范围', en: 'not competent' },
  stillIncomplete: { zh: '补正后仍不符合要求', en: 'still not as required after the notice' },
  conditionsNotMet: { zh: '不符合条件', en: 'conditions not met' },
  outsideDuty: { zh: '不属于本部门职责', en: "outside the department's duty" },
  conflictsWithPlan: { zh: '与规划不符', en: 'conflicts with a plan' },
  budgetNotAvailable: { zh: '没有预算', en: 'no budget' },
  supplementOverdue: { zh: '逾期未补正', en: 'supplement overdue' },
  abuseOfOffice: { zh: '滥用职权、玩忽职守', en: 'abuse of office' },
  beyondPowers: { zh: '超越法定职权', en: 'beyond powers' },
  againstProcedure: { zh: '违反法定程序', en: 'against procedure' },
  applicantUnqualified: { zh: '申报部门不具备资格', en: 'applicant unqualified' },
  obtainedByDeceit: { zh: '以欺骗、贿赂等手段取得', en: 'obtained by deceit' },
  commitmentBroken: { zh: '违反承诺', en: 'commitment broken' },
  other: { zh: '其他', en: 'other' },
} satisfies Vocabulary;

/** Reasons that are a code alone: what a withdrawal, a correction, an extension or a delegation says in a record. */
export const plainReasonWords = {
  notNeeded: { zh: '不再需要', en: 'no longer needed' },
  changedMind: { zh: '情况有变', en: 'circumstances changed' },
  persuaded: { zh: '经沟通撤回', en: 'withdrawn after a talk' },
  duplicate: { zh: '重复提交', en: 'filed twice' },
  filedInError: { zh: '填报有误', en: 'filed in error' },
  clerical: { zh: '笔误', en: 'clerical error' },
  siteSurvey: { zh: '需现场勘查', en: 'site survey' },
  complex: { zh: '情况复杂', en: 'complex case' },
  underReview: { zh: '正在核查', en: 'under review' },
  reviewed: { zh: '核查完毕', en: 'reviewed' },
  dataWrong: { zh: '数据有误', en: 'wrong data' },
  dataChanged: { zh: '数据已变更', en: 'the data changed' },
  lost: { zh: '遗失', en: 'lost' },
  replaced: { zh: '已更换', en: 'replaced' },
  leave: { zh: '休假', en: 'leave' },
  training: { zh: '培训', en: 'training' },
  businessTrip: { zh: '出差', en: 'business trip' },
  back: { zh: '已返岗', en: 'back at work' },
  merged: { zh: '已合并', en: 'merged' },
  superseded: { zh: '已被新规定代替', en: 'superseded by a new rule' },
  other: reasonWords.other,
} satisfies Vocabulary;
type PlainReason = Exclude<keyof typeof plainReasonWords, 'other'>;

/** The reasons that fit an act, and 其他. Records are read with any code: older acts could give what they liked. */
export const plainReason = <R extends PlainReason>(...fitting: [R, ...R[]]) =>
  z.enum([...fitting, 'other']);
/** Of what somebody asked for and takes back. */
export const withdrawalReason = plainReason(
  ...(['notNeeded', 'changedMind', 'duplicate', 'filedInError', 'persuaded'] as const),
);
/** Of a version that ends. */
export const retirementReason = plainReason('merged', 'superseded', 'notNeeded');

/** 理由: a code, the digest of the written reasons and, where it ends a case, the way to appeal (art 38(2)). */
export const reason = z.strictObject({
  code: z.enum(namesOf(reasonWords)),
  text: digest,
  remedy: text(500).exactOptional(),
  /** The organ that is competent, when this one is not (art 32(1)(2)). */
  competentOrgan: text(200).exactOptional(),
});
export type Reason = z.output<typeof reason>;

export const deficiencyWords = {
  missing: { zh: '缺少', en: 'missing' },
  unclear: { zh: '不清楚', en: 'unclear' },
  wrong: { zh: '有误', en: 'wrong' },
  expired: { zh: '已过期', en: 'expired' },
} satisfies Vocabulary;
const deficiency = z.enum(namesOf(deficiencyWords));
const marked = { deficiency, note: text(500).exactOptional() };
export const noticeItem = z.strictObject({ code: materialCode, ...marked });
/** A field of the form that is wrong, marked so that the applicant need not search. */
export const noticeField = z.strictObject({ code: fieldCode, ...marked });
