import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** R1 to R6: filing, acceptance, supplements, refusals and due dates. */
export const filingRows: readonly RuleRow[] = [
  {
    id: 'R1',
    zh: '只能按已公布且在有效期内的事项版本申报',
    en: 'A case is filed only against a published version that is in force',
    basis: [cite(laws.onceReform, { article: 4, paragraph: 3 })],
    functions: ['submitCase'],
    tests: {
      'case/filing': [
        'is refused against a version that is a draft, retired, or unknown (R1)',
        'is refused outside the days on which the version is in force (R1)',
      ],
    },
    codes: ['MATTER_NOT_PUBLISHED', 'MATTER_NOT_EFFECTIVE'],
    figures: [],
  },
  {
    id: 'R2',
    zh: '必需材料须已提交、可共享取得或者列明可容缺',
    en: 'Every required material is present, shared or listed as tolerable',
    basis: [cite(laws.onceReform, { article: 7, paragraph: 1 }, { article: 11, paragraph: 3 })],
    functions: ['submitCase', 'acceptCase', 'supplementCase'],
    tests: {
      'case/filing': [
        'is refused without a required material, unless it is shared or tolerable (R2)',
      ],
      'case/answering': ['takes the supplement whole, and the owner’s five days begin again'],
    },
    codes: ['MATERIAL_MISSING'],
    figures: ['documents-per-case'],
  },
  {
    id: 'R2-shared',
    zh: '能够共享取得的、办事指南未列的材料不得要求提供',
    en: 'Nothing that comes by sharing or is not listed may be asked for',
    basis: [
      cite(laws.sharing, { article: 19, paragraph: 1 }),
      cite(laws.onceReform, { article: 7, paragraph: 2 }),
      cite(laws.onceReform, { article: 43, item: 3 }),
    ],
    functions: ['submitCase', 'supplementNotice', 'tolerantAcceptCase'],
    tests: {
      'case/filing': ['is refused with a material that is not listed, or that comes by sharing'],
      'case/answering': [
        'asks once for what is listed and not shared, and waits (R3)',
        'does not accept while a tolerable material is missing, but accepts tolerantly',
      ],
    },
    codes: ['MATERIAL_SHARED', 'MATERIAL_UNKNOWN'],
    figures: ['extra-materials-refused', 'repeat-asks-refused', 'materials-shared-rate'],
  },
  {
    id: 'R2-contested',
    zh: '申报部门认为共享数据与实际不符的，以申报部门提供的材料为准，存证不得替换，并告知数源部门',
    en: 'Against shared data that the applicant contests its own document counts; no attestation displaces it, and the source department is told',
    basis: [cite(laws.onceReform, { article: 7, paragraph: 2 })],
    functions: ['submitCase', 'supplementCase', 'acceptCase', 'decideCase'],
    tests: {
      'case/evidence': [
        'is taken at filing when the data are contested, and only then',
        'is of a material that comes by sharing, and among those given',
        'is displaced by no attestation of the owner’s, decides the case, and saves nothing',
      ],
    },
    codes: ['MATERIAL_CONTESTED', 'CONTEST_NOT_SHARED', 'MATERIAL_SHARED', 'MATERIAL_MISSING'],
    figures: ['materials-saved', 'materials-shared-rate'],
  },
  {
    id: 'R2-substitute',
    zh: '不能提供的材料可由其他证明材料代替，由受理或者决定的人员认定并记录',
    en: 'Other evidence may stand for a material that cannot be had; the official who accepts or decides on it is recorded',
    basis: [cite(laws.onceReform, { article: 9, paragraph: 1 })],
    uncited: 'what may be done is refused to nobody; the codes are of what it is done with',
    functions: ['acceptCase', 'tolerantAcceptCase', 'decideCase'],
    tests: {
      'case/evidence': ['is found by the owner itself, of a listed material'],
    },
    codes: ['MATERIAL_UNKNOWN'],
    figures: [],
  },
  {
    id: 'R2-tolerant',
    zh: '容缺受理限于列明可容缺的材料，补齐有期限',
    en: 'Tolerant acceptance covers exactly the listed gaps, until a day',
    basis: [cite(laws.onceReform, { article: 11, paragraph: 2 })],
    functions: ['tolerantAcceptCase', 'supplementCase'],
    tests: {
      'case/answering': [
        'does not accept while a tolerable material is missing, but accepts tolerantly',
        'does not accept tolerantly when nothing is missing',
        'takes the tolerated material until its day, and nothing else',
      ],
    },
    codes: [
      'MATERIAL_NOT_TOLERABLE',
      'TOLERATED_LIST_WRONG',
      'NOTHING_MISSING',
      'SUPPLEMENT_OVERDUE',
      'MATERIAL_NOT_REQUESTED',
    ],
    figures: [],
  },
  {
    id: 'R2-pledge',
    zh: '容缺受理须有申报部门的书面承诺',
    en: 'Tolerant acceptance rests on the applicant’s signed promise',
    functions: ['tolerantAcceptCase'],
    tests: { 'case/endings': ['rests on the promise that the acceptance rested on'] },
    codes: ['PLEDGE_REQUIRED'],
    figures: [],
  },
  {
    id: 'R2-tolerant-revoked',
    zh: '容缺材料逾期未补或者补交后仍不符合要求的撤销受理，由另一负责人说明理由和救济途径',
    en: 'What was tolerated and did not come in time, or came and does not meet, revokes the acceptance, with reasons, by another head',
    basis: [cite(laws.onceReform, { article: 11, paragraph: 2 })],
    functions: ['revokeAcceptance'],
    tests: {
      'case/endings': [
        'ends a case whose tolerated materials did not come in time, with reasons and remedy',
        'ends a case too whose tolerated materials came and still do not meet the requirements',
        'is not signed by who accepted',
        'is of no case that was complete, or accepted by the owner’s silence',
      ],
    },
    codes: ['SUPPLEMENT_NOT_OVERDUE', 'REASON_REQUIRED', 'MAKER_IS_CHECKER', 'NOTHING_TOLERATED'],
    figures: [],
  },
  {
    id: 'R3',
    zh: '补正当场、至迟五个工作日内一次性告知，限于列明且不能共享的材料；再次告知须有新事实（本系统规定）',
    en: 'What is missing is told once, on the spot or within five working days; a second notice needs a new fact (a rule of this system)',
    basis: [
      cite(laws.onceReform, { article: 11, paragraph: 3 }),
      cite(laws.licensing, { article: 32, paragraph: 1, item: 4 }),
    ],
    functions: ['supplementNotice'],
    tests: {
      'case/answering': [
        'gives no second notice without a new fact, and flags one with it (R3)',
        'gives ten notices at most',
      ],
      'case/endings': [
        'is refused by a matter that lists no such field, and when it marks nothing',
      ],
    },
    codes: ['SECOND_NOTICE', 'FORM_FIELD_UNKNOWN', 'NOTHING_MISSING', 'LIMIT_REACHED'],
    figures: ['repeat-asks-refused', 'extra-materials-refused'],
  },
  {
    id: 'R3-present',
    zh: '已经提交的材料不得作为缺少的材料再次要求提供',
    en: 'What was handed in is not asked for as missing',
    basis: [cite(laws.onceReform, { article: 7, paragraph: 1 }, { article: 43, item: 3 })],
    functions: ['supplementNotice'],
    tests: { '../histories/h4-second-notice': ['do not ask for what was handed in'] },
    codes: ['MATERIAL_PRESENT'],
    figures: [],
  },
  {
    id: 'R3-consent',
    zh: '再次告知补正须有清单所列事由，由未签发前次告知的负责人签发',
    en: 'A second notice falls under a listed ground and is signed by a head who did not give the one before',
    functions: ['supplementNotice'],
    tests: {
      '../histories/h4-second-notice': [
        'need the head and a ground of the list the second time',
        'are not consented to by the head who gave the notice before',
      ],
    },
    codes: ['NOTICE_CONSENT_REQUIRED', 'MAKER_IS_CHECKER'],
    figures: ['second-notices'],
  },
  {
    id: 'R3-supplement',
    zh: '补正须在期限内、按通知补齐；逾期视为撤回申请',
    en: 'A supplement comes in time and as it was asked for; without it the case is deemed withdrawn',
    basis: [cite(laws.onceReform, { article: 11, paragraph: 3 })],
    functions: ['supplementCase', 'deemWithdrawn'],
    tests: {
      'case/answering': [
        'deems a case withdrawn whose notice was not answered, and not a day early',
      ],
      'case/endings': ['brings the form anew, and only then', 'is what a new form needs'],
    },
    codes: ['SUPPLEMENT_OVERDUE', 'SUPPLEMENT_NOT_OVERDUE', 'FORM_REQUIRED', 'FORM_NOT_REQUESTED'],
    figures: ['documents-per-case'],
  },
  {
    id: 'R4',
    zh: '应当当场、至迟五个工作日内告知补正；逾期不告知的，自收到之日起即为受理',
    en: 'A notice comes on the spot, within five working days at the latest; without one an incomplete file is accepted from the day of receipt',
    basis: [cite(laws.licensing, { article: 32, paragraph: 1, item: 4 })],
    functions: ['supplementNotice', 'tolerantAcceptCase', 'refuseCase', 'deemAccepted'],
    tests: {
      'case/answering-in-time': [
        'refuses notice, tolerant acceptance and refusal for the materials after the fifth working day (R4)',
        'lets any member record acceptance by silence, from the day of receipt, and not before its time (R4)',
      ],
    },
    codes: ['NOTICE_TOO_LATE', 'DEEMED_ACCEPTANCE_NOT_DUE'],
    figures: ['deemed-acceptances'],
  },
  {
    id: 'R4-follow-up',
    zh: '视为受理时所缺材料在决定作出前可以补交，自登记之日起五个工作日内不得以此不予批准',
    en: 'What is missing when silence accepts may follow until the decision; for five working days from the record it is held against nobody',
    functions: ['deemAccepted', 'supplementCase', 'decideCase'],
    tests: {
      '../histories/h1-silence': [
        'is not held against the applicant before its day',
        'is no trap either in records whose day was over before the silence was recorded',
      ],
    },
    codes: ['SUPPLEMENT_NOT_OVERDUE'],
    figures: ['deemed-acceptances'],
  },
  {
    id: 'R4-voucher',
    zh: '受理、容缺受理、撤销受理和不予受理须出具注明日期、加盖印章的书面凭证；当场办结的受理除外',
    en: 'Acceptance, tolerant acceptance, its revocation and refusal have a dated and sealed voucher, except what is finished on the spot',
    basis: [
      cite(laws.licensing, { article: 32, paragraph: 2 }),
      cite(laws.onceReform, { article: 11, paragraph: 1 }, { article: 11, paragraph: 4 }),
    ],
    functions: ['acceptCase', 'tolerantAcceptCase', 'revokeAcceptance', 'refuseCase'],
    tests: {
      'case/vouchers': [
        'is whole, or nothing is accepted or refused',
        'goes out with a tolerant acceptance',
        'goes out with the revocation of an acceptance (Zhejiang regulation art 11(4))',
        'is not needed of what is finished on the spot, unless it is refused',
      ],
    },
    codes: ['VOUCHER_REQUIRED'],
    figures: [],
  },
  {
    id: 'R5',
    zh: '不予受理、不予批准须说明理由和救济途径；会办不同意须说明理由（本系统规定）',
    en: 'A refusal has its ground, its reasons and the remedy; a disagreement its reasons (a rule of this system)',
    basis: [
      cite(laws.licensing, { article: 38, paragraph: 2 }),
      cite(laws.onceReform, { article: 11, paragraph: 2 }, { article: 11, paragraph: 3 }),
    ],
    functions: ['refuseCase', 'decideCase', 'giveOpinion'],
    tests: {
      'case/answering': ['refuses at the door only with ground, reason and remedy (R5)'],
      'case/deciding': [
        'cannot be a grant against a department’s disagreement',
        'that disagree need a reason',
      ],
    },
    codes: ['REASON_REQUIRED', 'NOTICE_REQUIRED', 'OPINION_DISAGREES'],
    figures: [],
  },
  {
    id: 'R6',
    zh: '期限按账本上的工作日历计算，至最后一日二十四时届满（本系统规定）；承诺办结时限不得长于法定办结时限',
    en: 'Due dates come from calendars on the ledger and end at 24:00 of their last day (as a rule of this system); what is promised is not longer than the law allows',
    basis: [cite(laws.onceReform, { article: 12, paragraph: 1 }), cite(laws.licensing, 82)],
    functions: ['draftMatter', 'submitCase', 'createWorkingDayCounter'],
    tests: {
      'matter/matters': ['refuses a promised limit longer than the statutory one (R6)'],
      'calendar/working-days': [
        'a count that reaches a year without a calendar is refused and says which year',
      ],
      'case/filing': ['is refused in a year without a calendar, not on its eve'],
    },
    codes: ['LIMIT_EXCEEDS_STATUTORY', 'CALENDAR_MISSING'],
    figures: ['on-time-rate', 'limit-per-matter'],
  },
  {
    id: 'R6-calendar',
    zh: '工作日历由政务数据共享主管部门提出、另一部门确认，日期不得冲突（同一日不得既为休息日又为上班日），放假和补班天数不得超出国家统一安排可能的范围',
    en: 'A calendar is proposed by the lead authority and confirmed by another department, free of contradictions, with no more days off or worked weekends than a national arrangement can have',
    basis: [cite(laws.holidays, 2, 6, 7)],
    functions: ['importCalendar', 'confirmCalendar'],
    tests: {
      'calendar/calendars': [
        'are refused from another department, by the proposer’s own head, and under another digest',
        'are refused when they contradict themselves',
        'are refused with more days off, or more worked weekends, than a national arrangement can have',
        'are refused when no lead authority is in force',
      ],
    },
    codes: [
      'WRONG_DEPARTMENT',
      'MAKER_IS_CHECKER',
      'DIGEST_MISMATCH',
      'CALENDAR_INVALID',
      'FUNCTION_VACANT',
    ],
    figures: ['governance-by-two', 'parameters-documented'],
  },
];
