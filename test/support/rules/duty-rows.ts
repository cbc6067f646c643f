import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** Who is responsible, who stands in for whom, and supervision. */
export const dutyRows: readonly RuleRow[] = [
  {
    id: 'R12-decline',
    zh: '“非本部门职责”须引用三定条款；第二次推诿自动提交职责裁定，期限照走',
    en: '"Not my duty" cites its clause; the second bounce opens a duty ruling by itself, and the clock runs on',
    basis: [cite(laws.staffing, 10)],
    functions: ['declineTransfer', 'offerTransfer'],
    tests: {
      'case/responsibility': [
        'needs the clause that says it is not the receiver’s',
        'takes no more offers of that subject while the ruling is open, nor after it',
      ],
    },
    codes: ['DUTY_UNKNOWN', 'DUTY_RULING_OPEN', 'DUTY_RULED'],
    figures: ['bounces', 'cases-bounced-again'],
  },
  {
    id: 'duty-ruling',
    zh: '职责裁定由编办负责人依登记条款作出，参与争议者不得裁定',
    en: 'A duty ruling is the Establishment Office’s head’s, by a registered clause, and of nobody in the dispute',
    basis: [cite(laws.staffing, 10)],
    functions: ['decideDutyRuling'],
    tests: {
      'case/responsibility': [
        'is the Establishment Office’s head’s, by a registered clause, and never for the applicant',
        'is not decided by an official who took part in the dispute',
        'moves the responsibility without the loser’s consent, in the case’s chain, at no cost of time',
      ],
    },
    codes: [
      'WRONG_DEPARTMENT',
      'ROLE_REFUSED',
      'DUTY_UNKNOWN',
      'TRANSFER_INVALID',
      'MAKER_IS_CHECKER',
      'WRONG_STATE',
    ],
    figures: ['ruling-days'],
  },
  {
    id: 'returned-step',
    zh: '退件一次，说明理由，期限照走；不得以退件推诿职责',
    en: 'A step is returned once, with reasons, its clock running; it is no way to say "not my duty"',
    basis: [cite(laws.licensing, 38), cite(laws.staffing, 10)],
    functions: ['returnStep', 'resendStep'],
    tests: {
      'case/returned-steps': [
        'happens once, with reasons, by its department',
        'is no way to say "not my duty"',
        'is answered by the owner, when there is something to answer',
      ],
    },
    codes: ['ALREADY_RETURNED', 'REASON_REQUIRED', 'TRANSFER_REQUIRED', 'STEP_NOT_RETURNED'],
    figures: ['step-dwell'],
  },
  {
    id: 'delegation',
    zh: 'AB岗代办由负责人授予、有起止日期，不得转授，不增加权限',
    en: 'A delegation (A/B post) is granted by a head for a time, not passed on, and gives no more than the absent official’s role',
    functions: ['grantDelegation', 'endDelegation', 'actingUnder'],
    tests: {
      'delegation/delegation': [
        'is granted by a head, for a department’s own officials',
        'is granted neither by the delegate nor to oneself',
        'has a period that begins today at the earliest, and an end',
        'counts on its days only, until it is ended, and for its delegate only',
        'cannot be passed on, nor ended, by what it gives',
        'gives the absent official’s role and no more',
        'is ended by a head, by who is back or by the delegate, once',
      ],
    },
    codes: [
      'ROLE_REFUSED',
      'DELEGATION_INVALID',
      'VALIDITY_INVALID',
      'DELEGATION_NOT_VALID',
      'WRONG_STATE',
    ],
    figures: [],
  },
  {
    id: 'delegation-maker-checker',
    zh: '代办时，经办人和被代办人都不得审核其一经办的事项',
    en: 'Under a delegation both names count: neither checks what either made',
    functions: ['actingUnder', 'decideCase', 'cosignMatter'],
    tests: {
      'delegation/delegation': [
        'when the delegate made it',
        'when the absent official made it',
        'when the delegate made it in the absent official’s place',
        'in the catalogue too',
      ],
    },
    codes: ['MAKER_IS_CHECKER'],
    figures: [],
  },
  {
    id: 'card',
    zh: '黄牌、红牌只在期限到点时发出，每项一次，并载明该期限的罚则或者“未规定罚则”',
    en: 'A yellow or red card is raised when a clock has come to it, once, and names the article on that limit or that there is none',
    functions: ['raiseCard', 'caseLights'],
    tests: {
      'supervision/cards': [
        'are not given before a clock has come to them, whoever asks',
        'are raised once, by anybody, and name whose limit it was',
      ],
    },
    codes: ['CARD_NOT_DUE', 'ALREADY_EXISTS'],
    figures: ['cards'],
  },
  {
    id: 'card-other',
    zh: '数据共享、政务数据目录、事项复核、职责分工协调的期限同样亮黄牌、红牌',
    en: 'The clocks of a share, of the data catalogue, of a review and of a duty ruling come to the same cards',
    functions: ['raiseOtherCard', 'otherLights', 'otherOf'],
    tests: {
      'supervision/other-cards': [
        'of a share come with its reply, its delivery, its mending and its disposal',
        'of a review are each side’s own, until it has signed',
        'of a catalogue entry come with its update, also with five days more and when it is late',
        'of the review of an entry are the lead authority’s, after two working days',
      ],
    },
    codes: ['CARD_NOT_DUE', 'ALREADY_EXISTS'],
    figures: ['cards'],
  },
  {
    id: 'card-explanation',
    zh: '逾期须由责任部门说明，说明一次：涉及企业的事项超过办理时间的，依法公开说明理由，其他向当事部门说明',
    en: 'A department explains once why it missed a limit: in public where a matter for enterprises is over its time, else to the parties',
    basis: [cite(laws.businessEnvironment, 36)],
    uncited:
      'what is refused, the number of days and the explanation to the parties are rules of this system',
    functions: ['explainCard'],
    tests: { 'supervision/cards': ['are explained once by the department, late on the record'] },
    codes: ['ALREADY_EXPLAINED', 'WRONG_DEPARTMENT'],
    figures: ['cards-explained'],
  },
  {
    id: 'card-appeal',
    zh: '红黄牌由系统亮出，不是督查结论，参照督查结论申请复核：三十日内一次，由另一督查人员作出复核决定；容错免责须逐条有据',
    en: 'A card is raised by machine and is no supervision conclusion; its review follows that of one by analogy: asked for within thirty days, once, decided by another supervisor; an exemption names its conditions',
    basis: [cite(laws.supervision, 17), cite(laws.onceReform, 46)],
    functions: ['appealCard', 'ruleCard'],
    tests: {
      'supervision/cards': [
        'are reviewed once, asked for within thirty days, by another supervisor',
        'may be contested until the next working day where the thirtieth is a day off',
      ],
    },
    codes: [
      'ALREADY_APPEALED',
      'APPEAL_TOO_LATE',
      'APPEAL_MISSING',
      'EXEMPTION_UNFOUNDED',
      'CARD_CLOSED',
      'MAKER_IS_CHECKER',
    ],
    figures: ['exceptions'],
  },
  {
    id: 'supervision-order',
    zh: '督办由督查机构依本级人民政府的决定、行政首长的指令或者经其批准的建议发出，须有承办部门和期限，回复后作结论',
    en: 'A supervision order is the supervision office’s, as the government or its head decided, to a department by a day, and ends with a conclusion',
    basis: [cite(laws.supervision, 14, 18), cite(laws.supervision, 11)],
    functions: ['issueOrder', 'replyOrder', 'concludeOrder'],
    tests: {
      'supervision/orders': [
        'order a department to act by a day, until a reply satisfies',
        'need somebody to be ordered, and a case that exists',
      ],
    },
    codes: ['ORDER_NOT_OPEN', 'WRONG_DEPARTMENT', 'ROLE_REFUSED', 'DEPARTMENT_UNKNOWN'],
    figures: [],
  },
  {
    id: 'order-once',
    zh: '就同一办件对同一部门，前一督办办结前不得重复督办',
    en: 'A department has one order at a time on a case',
    basis: [cite(laws.supervision, 15)],
    functions: ['issueOrder'],
    tests: { 'supervision/orders': ['are one at a time on a case to a department'] },
    codes: ['ORDER_RUNNING'],
    figures: [],
  },
  {
    id: 'order-review',
    zh: '对督查结论自收到之日起三十日内申请复核一次，由本级人民政府三十日内作出复核决定；最后一日是休息日的顺延至下一工作日',
    en: 'A supervision conclusion is contested once within thirty days of receipt, and the government decides in thirty; a last day off moves to the next working day',
    basis: [cite(laws.supervision, 17)],
    functions: ['askReview', 'decideReview'],
    tests: {
      'supervision/orders': [
        'have their conclusion reviewed once, asked for in thirty days, decided by the government',
      ],
    },
    codes: [
      'CONCLUSION_MISSING',
      'ALREADY_APPEALED',
      'APPEAL_TOO_LATE',
      'APPEAL_MISSING',
      'FUNCTION_VACANT',
      'WRONG_DEPARTMENT',
    ],
    figures: [],
  },
  {
    id: 'own-cause',
    zh: '督查机构不得督办自己，不得复核对自己的红黄牌，由本级政府办理；参与作出督查结论的人员在复核中回避',
    en: 'The supervision office neither orders nor reviews itself: the government’s office does, by persons who took no part',
    basis: [cite(laws.supervision, 17)],
    uncited:
      'the law speaks of persons only; that no office judges itself is a rule of this system',
    functions: ['issueOrder', 'concludeOrder', 'decideReview', 'ruleCard'],
    tests: {
      '../histories/h9-own-cause': [
        'the supervision office does not review its own red card; the government’s office does',
        'the supervision office orders itself nothing; the government’s office orders it, and concludes',
        'a conclusion is reviewed by the government’s office, and not by who took part in it',
      ],
    },
    codes: ['OWN_CAUSE', 'MAKER_IS_CHECKER', 'FUNCTION_VACANT'],
    figures: [],
  },
  {
    id: 'urge',
    zh: '催办只能由办件当事部门或者督查机构向当事部门发出',
    en: 'A reminder goes to a party, from a party or a supervisor',
    basis: [cite(laws.sharing, 25)],
    functions: ['sendUrge'],
    tests: { 'supervision/orders': ['remind parties only, by parties or supervisors'] },
    codes: ['NOT_A_PARTY', 'ALREADY_EXISTS'],
    figures: [],
  },
  {
    id: 'audit-record',
    zh: '核验结果由督查机构登记，一次写成，全体成员可查；不得自相矛盾，不得重复登记',
    en: 'What a verification came to, the supervision office records once, for all to see, and not against itself',
    functions: ['recordAudit'],
    tests: {
      'audit/audits': [
        'are the supervision office’s to record, and nobody else’s',
        'are recorded once: a report that is there is not written over',
        'are about this channel, and not about what has not happened yet',
        'that call themselves verified left no block out',
        'have the verdict that their findings amount to, and every place',
      ],
    },
    codes: [
      'AUDIT_RECORD_INVALID',
      'ALREADY_EXISTS',
      'ROLE_REFUSED',
      'WRONG_DEPARTMENT',
      'FUNCTION_VACANT',
    ],
    figures: ['audit-runs', 'audit-proof-failures', 'audit-blocks', 'days-since-audit'],
  },
  {
    id: 'journal-anchor',
    zh: '网关每天锚定一次自己的审计日志，一天只有一次，之后不可改写',
    en: 'A gateway anchors its own audit journal once a day, and no head is put in the place of another',
    functions: ['anchorJournal'],
    tests: {
      'journal/anchors': [
        'are the gateway’s own to anchor, by its own name, and nobody else’s',
        'are anchored once a day: no head is put in the place of another',
      ],
    },
    codes: ['ALREADY_EXISTS', 'ROLE_REFUSED'],
    figures: [],
  },
  {
    id: 'evaluation',
    zh: '送达后评价一次，差评须说明原因、须答复，答复后可以追评一次',
    en: 'A delivered case is evaluated once, a bad mark with its reason, which is answered, and then once more',
    basis: [cite(laws.evaluationOpinions), cite(laws.evaluationPlan)],
    functions: ['giveEvaluation', 'answerEvaluation', 'followUpEvaluation'],
    tests: {
      'supervision/orders': [
        'evaluate a delivered case once, a bad one with its reason, which is answered',
        'do not evaluate what is not delivered, and answer no good evaluation',
        'evaluate once more after the answer: the first mark stays',
      ],
    },
    codes: [
      'EVALUATION_NOT_OPEN',
      'EVALUATION_UNEXPLAINED',
      'EVALUATION_GOOD',
      'FOLLOW_UP_NOT_OPEN',
      'ALREADY_EXISTS',
      'ALREADY_ANSWERED',
    ],
    figures: [],
  },
];
