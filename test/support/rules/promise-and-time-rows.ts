import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** Commitments, own applications, and what the passing of time leaves on a case. */
export const promiseAndTimeRows: readonly RuleRow[] = [
  {
    id: 'commitment',
    zh: '告知承诺只适用于行政许可，不适用于直接涉及公共安全、金融安全、生态环境保护以及直接关系人身健康、生命财产安全的事项；范围须经省人民政府批准，限于列明的材料',
    en: 'Commitments are for licences, in the scope that the provincial government approved, where no safety, finance, ecology, health, life or property is concerned, and only for listed materials',
    basis: [cite(laws.onceReform, { article: 14, paragraph: 1 })],
    functions: ['draftMatter', 'submitCase'],
    tests: {
      'case/commitments': [
        'does not concern ${area}',
        'says of every area that it does not concern it',
        'is a licence',
        'lists the documents that set their scope, and another time to inspect',
        'names only materials that the matter allows it for, and gives none of them twice',
        'is not possible where the matter takes none',
      ],
    },
    codes: [
      'COMMITMENT_RISK',
      'COMMITMENT_NOT_ALLOWED',
      'COMMITMENT_ONLY_LICENCES',
      'COMMITMENT_UNDOCUMENTED',
    ],
    figures: ['materials-saved'],
  },
  {
    id: 'own-application',
    zh: '部门不得向本部门申请；事项写明可以的，由另一部门共同决定',
    en: 'A department files nothing with itself unless the matter says so, and then another department decides with it',
    functions: ['submitCase', 'coDecideCase', 'decideCase', 'draftMatter'],
    tests: {
      '../histories/h8-own-application': [
        'is not taken where the matter does not say that it serves its owner too',
        'and no matter says so without another department that decides beside',
        'is granted only with that department’s own decision',
        'and not against it, which has its reasons',
        'while others file as before, and nobody decides beside',
      ],
    },
    codes: [
      'OWN_MATTER',
      'DEPARTMENT_UNKNOWN',
      'CO_DECISION_MISSING',
      'WRONG_DEPARTMENT',
      'ALREADY_CONFIRMED',
      'REASON_REQUIRED',
      'NOT_A_PARTY',
    ],
    figures: [],
  },
  {
    id: 'act-time',
    zh: '操作的时间以签名人所述为准；早于账本已显示的时间十四分钟以上的不再生效，不论签名后被滞留多久',
    en: 'The time of an act is what its signer says; one that is fourteen minutes older than the ledger shows time to be does not commit, however it was held back',
    functions: ['nowFor', 'requireRecent', 'watchedSlot', 'showPeriod'],
    tests: {
      'time/beacon': [
        'is shown once a period, and does not go back',
        'ends the time of whoever watches the slot, and of nobody else',
        'is what every command looks at, whose act is refused once it is too old',
      ],
    },
    codes: ['ACT_TOO_OLD', 'BEACON_NOT_DUE'],
    figures: [],
  },
  {
    id: 'limit-passed',
    zh: '期限届满超过时钟容差之后，才可以对未按期办理的部门登记逾期、亮牌或者视为受理、撤回',
    en: 'What may be done against whoever missed a limit may be done once it has passed by more than clocks may differ',
    functions: [
      'stillRuns',
      'settledNow',
      'lapseStep',
      'deemAccepted',
      'deemWithdrawn',
      'raiseCard',
    ],
    tests: {
      'calendar/passed': ['is not missed because a rival’s clock was ahead'],
    },
    codes: ['DEEMED_ACCEPTANCE_NOT_DUE', 'CARD_NOT_DUE'],
    figures: [],
  },
  {
    id: 'lateness-stays',
    zh: '办件保留每个时限的到期、终止和是否逾期，撤回、不予受理等任何终结方式都不消除逾期；他人的操作时间不使在限内办理的部门逾期',
    en: 'A case keeps of every clock when it was due, when it ended and whether that was late; a withdrawal takes no lateness away, and nobody is late by another’s stamp',
    functions: ['endedClocks', 'hasMissedLimit', 'withdrawCase', 'lateActs', 'raiseCard'],
    tests: {
      '../histories/h6-midnight': [
        'what was done inside its limit stays on time, whatever others stamped before',
      ],
      '../histories/h7-withdraw-and-file-again': [
        'still brings the red card',
        'says nothing of a withdrawal in time',
      ],
    },
    codes: ['CARD_NOT_DUE'],
    figures: ['on-time-rate', 'withdrawals-after-limit'],
  },
  {
    id: 'recount',
    zh: '工作日历公布或者调整后，已计算的期限只能以登记的操作重算，写明经办人、依据、前后日期，只延不缩；次年日历未公布的暂按平常周计算',
    en: 'What was counted moves with a calendar declared or corrected since only by a recorded act, with who, on which notice, before and after; nothing becomes shorter. Until next year’s calendar is declared the plain week counts',
    functions: ['recountCase', 'withCaseCalendars'],
    tests: {
      'case/recount': [
        'moves due dates only by a recorded act: who, on which notice, what before and after',
        'never makes a limit shorter: worked weekends, and days off taken back, do not count',
        'makes nothing timely that was missed: days before its confirmation are none of it',
        'needs a calendar in force, and a case that counted with that year',
        'takes of a correction of that calendar no day before its confirmation',
      ],
      'calendar/undeclared-year': ['while in the new year itself nothing is counted without it'],
    },
    codes: ['RECOUNT_NOTHING', 'CALENDAR_MISSING', 'CASE_CLOSED'],
    figures: [],
  },
  {
    id: 'commitment-inspection',
    zh: '批准后六十个工作日内（或者省人民政府有关部门确定的期限内）核查承诺；不实的限期改正，仍不改的撤销，在不良信息期限届满或者信用修复前不再适用',
    en: 'A commitment is inspected within sixty working days, or the time that the province’s department set; one broken for good revokes the decision and bars others until the bad record ends or is repaired',
    basis: [cite(laws.onceReform, { article: 14, paragraph: 2 })],
    functions: ['recordInspection', 'revokeDecision', 'submitCase', 'liftCommitmentBar'],
    tests: {
      'case/commitments': [
        'is another official’s than the one that decided, of the owner',
        'sets a time to put right a first failure, within which only success is recorded',
        'is of cases that were granted on one',
        'is due sixty working days after the grant, and ends with a pass',
        'that fails for good leaves the revocation, and bars the applicant’s commitments',
        'bars them in every matter',
        'bars them until the bad record ends',
        'bars them until the bad record is repaired, which the owner’s head records once',
      ],
    },
    codes: [
      'MAKER_IS_CHECKER',
      'CORRECTION_PERIOD_WRONG',
      'CORRECTION_RUNNING',
      'NO_COMMITMENT',
      'INSPECTION_DONE',
      'INSPECTION_NOT_FAILED',
      'COMMITMENT_BARRED',
      'ALREADY_CONFIRMED',
    ],
    figures: [],
  },
];
