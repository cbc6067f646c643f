import type { caseTypes, handlingScopes } from '@yici/domain/model';
import {
  handlingForms,
  type CardRecord,
  type CardClockKind,
  type CaseEventType,
  type CaseRecord,
  type MatterContent,
} from '@yici/domain/model';

/** Names that GB/T 39046-2020 gives with its codes, and those of the national case states. */

/** A.6 办件类型. */
export const caseTypeWords: Readonly<Record<keyof typeof caseTypes, string>> = {
  onTheSpot: '即办件',
  promised: '承诺件',
  other: '其他',
};

/** A.1 事项类型; 11 to 19 are extensions, used here for matters between departments. */
const matterTypeWords: Readonly<Record<string, string>> = {
  '01': '行政许可',
  '02': '行政处罚',
  '03': '行政强制',
  '04': '行政征收',
  '05': '行政给付',
  '06': '行政检查',
  '07': '行政确认',
  '08': '行政奖励',
  '09': '行政裁决',
  '10': '其他类别事项',
  '20': '公共服务事项',
};

export function matterTypeWord(code: MatterContent['matterType']): string {
  return matterTypeWords[code] ?? '政府内部审批';
}

/** A.2 行使层级. */
export const levelWords: Readonly<Record<MatterContent['exerciseLevel'], string>> = {
  national: '国家级/局(署、会)',
  province: '省级/直属',
  city: '市级/隶属',
  county: '县级',
  township: '镇(乡、街道)级',
  village: '村(社区)级',
};

/** A.3 实施主体性质. */
export const natureWords: Readonly<Record<MatterContent['ownerNature'], string>> = {
  statutory: '法定机关',
  authorised: '授权组织',
  entrusted: '受委托组织',
  other: '其他',
};

/** A.4 服务对象. */
export const serviceWords: Readonly<Record<MatterContent['serviceObject'][number], string>> = {
  person: '自然人',
  enterprise: '企业法人',
  institution: '事业法人',
  socialOrganization: '社会组织法人',
  administrativeOrgan: '行政机关',
  other: '其他组织',
};

/** A.5 办理形式. */
export const formWords: Readonly<Record<MatterContent['handlingForm'][number], string>> = {
  window: '窗口办理',
  web: '电脑端网上办理',
  mobile: '移动端网上申请',
  courier: '快递申请',
  other: '其他',
};

/** Names of 通办范围: the standard names them without codes. */
export const scopeWords: Readonly<Record<(typeof handlingScopes)[number], string>> = {
  nationwide: '全国',
  crossProvince: '跨省',
  crossCity: '跨市',
  crossCounty: '跨县',
};

/** A.5: cases are filed by computer, whatever other forms the matter allows. */
export const filingForm = handlingForms.web;

/** A.7 特别程序种类. */
export const procedureKinds = {
  extension: { code: '1', word: '延长审批' },
  other: { code: '2', word: '除延长审批之外的情况' },
} as const;

export const procedureWords: Readonly<
  Record<NonNullable<CaseRecord['pauses']>[number]['procedure'], string>
> = {
  hearing: '听证',
  tender: '招标',
  auction: '拍卖',
  inspection: '检验',
  test: '检测',
  quarantine: '检疫',
  appraisal: '鉴定',
  expertReview: '专家评审',
};

/** National numbers 1 to 15 of a case's state. */
const nationalWords: readonly string[] = [
  '已接件',
  '已撤件',
  '窗口受理',
  '不受理',
  '不予受理',
  '补正开始',
  '补正结束',
  '部门开始办理',
  '特别程序开始',
  '特别程序结束',
  '办结通过',
  '办结容缺通过',
  '办结不通过',
  '撤回',
  '撤销',
];

export function nationalWord(number: number): string {
  return nationalWords[number - 1] ?? '';
}

type Action = '通过' | '退回' | '其他';

/** Table 7: 环节名称 and 业务动作 of an act, unless its answer determines otherwise. */
export const links: Readonly<Record<CaseEventType, readonly [name: string, action: Action]>> = {
  'case.submit': ['申报', '其他'],
  'case.receive': ['收件', '通过'],
  'case.accept': ['受理', '通过'],
  'case.tolerantAccept': ['容缺受理', '通过'],
  'case.supplementNotice': ['一次性告知补正', '退回'],
  'case.supplement': ['补正', '其他'],
  'case.refuse': ['不予受理', '退回'],
  'case.opinion': ['会办意见', '通过'],
  'case.decide': ['决定', '通过'],
  'case.complete': ['办结', '通过'],
  'case.deliver': ['送达', '通过'],
  'case.withdraw': ['撤回申请', '其他'],
  'case.correct': ['更正', '其他'],
  'case.deemAccepted': ['视为受理', '通过'],
  'case.deemWithdrawn': ['视为撤回', '其他'],
  'case.startSpecialProcedure': ['启动特别程序', '其他'],
  'case.endSpecialProcedure': ['结束特别程序', '其他'],
  'case.requestExtension': ['申请延期', '其他'],
  'case.approveExtension': ['批准延期', '通过'],
  'case.lapseStep': ['超时', '其他'],
  'case.passStep': ['逾期意见不再等待', '其他'],
  'case.revokeAcceptance': ['撤销受理', '其他'],
  'case.recordInspection': ['核查承诺', '其他'],
  'case.revokeDecision': ['撤销决定', '其他'],
  'case.archive': ['归档', '通过'],
  'case.offerTransfer': ['提出移交', '其他'],
  'case.acceptTransfer': ['接收移交', '通过'],
  'case.declineTransfer': ['不接收移交', '退回'],
  'case.returnStep': ['退件', '退回'],
  'case.resendStep': ['重新送办', '其他'],
  'dutyRuling.decide': ['职责裁定', '其他'],
};

export const answerWords: Readonly<Record<string, string>> = {
  agree: '同意',
  disagree: '不同意',
  forward: '转报',
  granted: '准予',
  refused: '不予批准',
  pass: '合格',
  fail: '不合格',
};

export const handoverWords: Readonly<
  Record<NonNullable<CaseRecord['handovers']>[number]['status'], string>
> = {
  offered: '待接收',
  accepted: '已接收',
  declined: '不接收',
  unanswered: '逾期未答复',
  ended: '已终止',
};

/** A.8 满意度. */
export const satisfactionWords: Readonly<Record<number, string>> = {
  1: '非常满意',
  2: '满意',
  3: '基本满意',
  4: '不满意',
  5: '非常不满意',
};

export const cardWords: Readonly<Record<CardRecord['colour'], string>> = {
  yellow: '黄牌',
  red: '红牌',
};

/** 监察预警类型代码: one digit, for which the standard has no table; our own values. */
export const warningCodes: Readonly<Record<CardRecord['colour'], string>> = {
  yellow: '1',
  red: '2',
};

export const clockWords: Readonly<Record<CardClockKind, string>> = {
  reply: '答复是否受理',
  supplement: '补正',
  tolerated: '补交容缺材料',
  opinion: '会办意见',
  finish: '承诺办结',
  statutory: '法定办结',
  procedure: '特别程序',
  deliver: '送达',
  inspect: '核查承诺',
  correct: '限期改正',
  transfer: '答复移交',
  ruling: '职责裁定',
  answerChallenge: '答复校核',
  mend: '整改',
  dispose: '处置数据',
  review: '事项复核',
  update: '更新数据目录',
  entryReview: '审核数据目录',
};

export const explanationWords: Readonly<
  Record<NonNullable<CardRecord['explanation']>['code'], string>
> = {
  workload: '任务集中',
  waitedForOthers: '等待其他部门',
  complexCase: '情况复杂',
  systemFailure: '系统故障',
  forceMajeure: '不可抗力',
  ownFault: '本部门原因',
  other: '其他',
};

export const rulingWords: Readonly<Record<NonNullable<CardRecord['ruling']>['outcome'], string>> = {
  upheld: '维持',
  cancelled: '撤销',
  exempted: '容错免责',
};
