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
    zh: 'AB 岗代岗由负责人委托、有起止日期，不在岗人员（以所委托的岗位）和代岗人员均须签名确认；不得转委托，不增加权限',
    en: 'A delegation (A/B post) is granted by a head for a time and signed by both its ends, the absent one in the role handed on; it is not passed on, and gives no more than that role',
    functions: ['grantDelegation', 'acceptDelegation', 'endDelegation', 'actingUnder'],
    tests: {
      'delegation/delegation': [
        'is granted by a head, for a department’s own officials',
        'is granted neither by the delegate nor to oneself',
        'has a period that begins today at the earliest, and an end',
        'is signed by both its ends, the absent one in the role that is handed on',
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
      'ALREADY_CONFIRMED',
      'WRONG_STATE',
    ],
    figures: [],
  },
  {
    id: 'delegation-maker-checker',
    zh: '代岗时，代岗人员和不在岗人员都不得审核其一经办的事项',
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
    zh: '黄牌、红牌只在期限到点时发出，每项一次',
    en: 'A yellow or red card is raised when a clock has come to it, once',
    basis: [cite(laws.onceReform, { article: 43, item: 5 })],
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
    zh: '数据共享、数据目录、事项复核、职责裁定的期限同样亮黄牌、红牌',
    en: 'The clocks of a share, of the data catalogue, of a review and of a duty ruling come to the same cards',
    basis: [cite(laws.onceReform, { article: 43, item: 5 })],
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
    zh: '超时须由责任部门说明，说明一次',
    en: 'A department explains once why it missed a limit',
    basis: [cite(laws.businessEnvironment, 36)],
    functions: ['explainCard'],
    tests: { 'supervision/cards': ['are explained once by the department, late on the record'] },
    codes: ['ALREADY_EXPLAINED', 'WRONG_DEPARTMENT'],
    figures: ['cards-explained'],
  },
  {
    id: 'card-appeal',
    zh: '三十日内申请复核一次，由另一督查人员裁定；容错免责须逐条有据',
    en: 'An appeal within thirty days, once, ruled on by another supervisor; an exemption names its conditions',
    basis: [cite(laws.supervision, 20), cite(laws.onceReform, 46)],
    functions: ['appealCard', 'ruleCard'],
    tests: {
      'supervision/cards': [
        'are appealed against once, within thirty days, and ruled on by another supervisor',
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
    zh: '督办由督查机构发出，须有承办部门和期限，答复后作结论',
    en: 'A supervision order is the supervision office’s, to a department by a day, and ends with a conclusion',
    basis: [cite(laws.supervision, 15)],
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
    zh: '送达后评价一次，差评须说明原因，差评须答复',
    en: 'A delivered case is evaluated once, a bad mark with its reason, which is answered',
    basis: [cite(laws.onlineServices, 12)],
    functions: ['giveEvaluation', 'answerEvaluation'],
    tests: {
      'supervision/orders': [
        'evaluate a delivered case once, a bad one with its reason, which is answered',
        'do not evaluate what is not delivered, and answer no good evaluation',
      ],
    },
    codes: [
      'EVALUATION_NOT_OPEN',
      'EVALUATION_UNEXPLAINED',
      'EVALUATION_GOOD',
      'ALREADY_EXISTS',
      'ALREADY_ANSWERED',
    ],
    figures: [],
  },
];
