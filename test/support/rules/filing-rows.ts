import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** R1 to R6: filing, acceptance, supplements, refusals and due dates. */
export const filingRows: readonly RuleRow[] = [
  {
    id: 'R1',
    zh: '只能按已公布且在有效期内的事项版本申报',
    en: 'A case is filed only against a published version that is in force',
    basis: [cite(laws.onceReform, 4)],
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
    basis: [cite(laws.onceReform, 7, 11)],
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
    basis: [cite(laws.sharing, 19), cite(laws.onceReform, { article: 43, item: 3 })],
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
    id: 'R2-tolerant',
    zh: '容缺受理限于列明可容缺的材料，须有承诺，补齐有期限',
    en: 'Tolerant acceptance covers exactly the listed gaps, on a promise, until a day',
    basis: [cite(laws.onceReform, 11)],
    functions: ['tolerantAcceptCase', 'supplementCase'],
    tests: {
      'case/answering': [
        'does not accept while a tolerable material is missing, but accepts tolerantly',
        'does not accept tolerantly when nothing is missing',
        'takes the tolerated material until its day, and nothing else',
      ],
      'case/endings': ['rests on the promise that the acceptance rested on'],
    },
    codes: [
      'MATERIAL_NOT_TOLERABLE',
      'TOLERATED_LIST_WRONG',
      'PLEDGE_REQUIRED',
      'NOTHING_MISSING',
      'SUPPLEMENT_OVERDUE',
      'MATERIAL_NOT_REQUESTED',
    ],
    figures: [],
  },
  {
    id: 'R2-tolerant-revoked',
    zh: '容缺材料逾期未补的撤销受理，由另一负责人说明理由和救济途径',
    en: 'What was tolerated and did not come in time revokes the acceptance, with reasons, by another head',
    basis: [cite(laws.onceReform, 11)],
    functions: ['revokeAcceptance'],
    tests: {
      'case/endings': [
        'ends a case whose tolerated materials did not come in time, with reasons and remedy',
        'is not signed by who accepted',
        'is of no case that was complete, or accepted by the owner’s silence',
      ],
    },
    codes: ['SUPPLEMENT_NOT_OVERDUE', 'REASON_REQUIRED', 'MAKER_IS_CHECKER', 'NOTHING_TOLERATED'],
    figures: [],
  },
  {
    id: 'R3',
    zh: '补正一次性告知，限于列明且不能共享的材料；再次告知须有新事实',
    en: 'What is missing is told once; a second notice needs a new fact',
    basis: [
      cite(laws.onceReform, 11, { article: 43, item: 3 }),
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
    id: 'R3-supplement',
    zh: '补正须在期限内、按通知补齐；逾期视为撤回申请',
    en: 'A supplement comes in time and as it was asked for; without it the case is deemed withdrawn',
    basis: [cite(laws.onceReform, 11)],
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
    zh: '收到之日起五个工作日内不告知的，自收到之日起即为受理',
    en: 'Five working days without a notice: accepted from the day of receipt',
    basis: [cite(laws.licensing, { article: 32, paragraph: 1, item: 4 })],
    functions: ['supplementNotice', 'tolerantAcceptCase', 'refuseCase', 'deemAccepted'],
    tests: {
      'case/answering': [
        'refuses notice, tolerant acceptance and refusal after the fifth working day (R4)',
        'lets any member record acceptance by silence, from the day of receipt, and not before its time (R4)',
      ],
    },
    codes: ['NOTICE_TOO_LATE', 'DEEMED_ACCEPTANCE_NOT_DUE'],
    figures: ['deemed-acceptances'],
  },
  {
    id: 'R5',
    zh: '不予受理、不予批准、不同意须说明理由和救济途径',
    en: 'A refusal has its ground, its reasons and the remedy',
    basis: [cite(laws.licensing, { article: 38, paragraph: 2 })],
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
    zh: '期限按账本上的工作日历计算，至最后一日二十四时届满（本系统规定）；承诺时限不得长于法定时限',
    en: 'Due dates come from calendars on the ledger and end at 24:00 of their last day (as a rule of this system); what is promised is not longer than the law allows',
    basis: [cite(laws.onceReform, 12), cite(laws.licensing, 82)],
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
    zh: '工作日历由数据主管部门提出、另一部门确认，不得自相矛盾，放假和补班天数不得超出国家统一安排可能的范围',
    en: 'A calendar is proposed by the lead authority and confirmed by another department, free of contradictions, with no more days off or worked weekends than a national arrangement can have',
    basis: [cite(laws.holidays, 6), cite(laws.holidays, 7)],
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
