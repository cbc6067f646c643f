import { cite, laws } from '@yici/domain/model';
import type { RuleRow } from './row.js';

/** R7 to R15: handling, endings, and who may do what. */
export const handlingRows: readonly RuleRow[] = [
  {
    id: 'R7',
    zh: '特别程序须写明种类、依据和天数；期间停止计时，重叠不重复计算',
    en: 'A special procedure names kind, basis and days; the clock stops, and no day is counted twice',
    basis: [cite(laws.licensing, 45), cite(laws.onceReform, 28)],
    functions: ['startSpecialProcedure', 'endSpecialProcedure', 'decideCase'],
    tests: {
      'case/special-procedures': [
        'takes longer than announced only with reasons and another letter, and is flagged',
        'gives back what it did not need when it ends early',
        'holds the decision but not the opinions, and a step that opens meanwhile has all its days after it',
        'is the owner’s, of an accepted case, and there are at most twenty',
      ],
    },
    codes: [
      'PROLONGING_UNEXPLAINED',
      'PROCEDURE_ENDED',
      'SPECIAL_PROCEDURE_RUNNING',
      'LIMIT_REACHED',
    ],
    figures: ['on-time-rate'],
  },
  {
    id: 'R8',
    zh: '延期一次，说明理由，由另一负责人批准，不超过法定天数',
    en: 'One extension, with reasons, approved by another head, within the days of the law',
    basis: [cite(laws.licensing, 42)],
    functions: ['requestExtension', 'approveExtension'],
    tests: {
      'case/extensions': [
        'comes once',
        'moves both limits of the whole, and no step’s, when a second head approves it',
        'has at most fifteen days, and cites the government’s approval beyond ten (art 42)',
        'has at most ten days where no other department takes part',
        'saves nothing that is overdue',
        'is not approved before it is asked for, and a new request takes the place of a pending one',
      ],
    },
    codes: [
      'EXTENSION_ONCE',
      'MAKER_IS_CHECKER',
      'ROLE_REFUSED',
      'EXTENSION_TOO_LONG',
      'GOVERNMENT_APPROVAL_MISSING',
      'EXTENSION_TOO_LATE',
      'EXTENSION_NOT_REQUESTED',
    ],
    figures: ['exceptions', 'exceptions-two-signers'],
  },
  {
    id: 'R9',
    zh: '并联环节同时开始，串联环节自前一环节办结时开始；意见未齐不得决定',
    en: 'Parallel steps start together, a sequential one with the end of those before it; no decision before all opinions',
    basis: [cite(laws.onceReform, 5)],
    functions: ['acceptCase', 'giveOpinion', 'decideCase'],
    tests: {
      'case/deciding': [
        'open a sequential step when the last prior one is given (R9)',
        'waits for every opinion',
      ],
    },
    codes: ['STEP_NOT_OPEN', 'OPINIONS_OUTSTANDING'],
    figures: ['parallel-rate', 'elapsed-to-steps', 'all-signed'],
  },
  {
    id: 'R10',
    zh: '每个参与部门只答复一次，由本部门签名',
    en: 'A participant answers once, under its own signature',
    functions: ['giveOpinion'],
    tests: {
      'case/deciding': ['are given once, each by its own department (R10)'],
    },
    codes: ['ALREADY_ANSWERED', 'WRONG_DEPARTMENT', 'ROLE_REFUSED', 'STEP_UNKNOWN'],
    figures: ['all-signed'],
  },
  {
    id: 'R11',
    zh: '意见逾期的，任何成员可以记录；仅在版本引用政策文件时默认同意，否则升级督办',
    en: 'Any member records an overdue opinion; it counts as agreement only by a cited policy, else it is escalated',
    basis: [cite(laws.onceReform, { article: 43, item: 5 }), cite(laws.onceReform, 5)],
    functions: ['lapseStep', 'passStep', 'draftMatter'],
    tests: {
      'case/lapses': [
        'is escalated by any member once its day has passed, and by nobody before',
        'is of a step that is there, open and without its answer',
        'may be passed over by another head of the owner when its escalation has had a working day',
        'cannot be drafted without the policy document',
      ],
    },
    codes: [
      'STEP_NOT_OVERDUE',
      'ALREADY_ESCALATED',
      'NOT_ESCALATED',
      'PASSING_TOO_EARLY',
      'MAKER_IS_CHECKER',
      'POLICY_NOT_CITED',
      'ALREADY_ANSWERED',
      'STEP_NOT_OPEN',
      'STEP_UNKNOWN',
    ],
    figures: ['steps-lapsed', 'steps-late', 'exceptions'],
  },
  {
    id: 'R12',
    zh: '移交须由接收部门签收；签收之前由移交部门负责',
    en: 'A hand-over needs the receiver’s signature; until then the sender is responsible',
    basis: [cite(laws.staffing, 10)],
    functions: ['offerTransfer', 'acceptTransfer'],
    tests: {
      'case/responsibility': [
        'is answered by its receiver alone, and only when there is an offer',
        'cites a clause of the receiver that is registered and in force',
        'goes neither to oneself nor to the applicant',
        'takes one offer of a subject at a time, until it was not answered in time',
        'is the responsible department’s alone to offer',
      ],
    },
    codes: [
      'TRANSFER_NOT_OFFERED',
      'WRONG_DEPARTMENT',
      'DUTY_NOT_IN_FORCE',
      'DUTY_UNKNOWN',
      'TRANSFER_INVALID',
      'TRANSFER_PENDING',
    ],
    figures: ['bounces-per-case'],
  },
  {
    id: 'R13',
    zh: '任何状态不得删除；更正是指向原记录的新记录',
    en: 'Nothing is deleted; a correction is a new event that points at the old one',
    functions: ['correctCase'],
    tests: {
      'case/deciding': [
        'leaves nothing but corrections (R14), each a new event that points at the old one (R13)',
        'takes a hundred corrections and no more',
      ],
    },
    codes: ['NOT_FOUND', 'WRONG_DEPARTMENT', 'LIMIT_REACHED'],
    figures: [],
  },
  {
    id: 'R14',
    zh: '终结的办件只接受更正、撤销决定、承诺核查和归档',
    en: 'A closed case takes corrections, the revocation of its decision, an inspection and its archiving',
    functions: ['archiveCase', 'withdrawCase', 'correctCase', 'revokeDecision'],
    tests: {
      'case/deciding': [
        'leaves nothing but corrections (R14), each a new event that points at the old one (R13)',
      ],
      'case/endings': ['archives after the delivery, by the owner, once'],
      'case/answering': ['lets the applicant withdraw, numbered by whether it had been accepted'],
    },
    codes: ['CASE_CLOSED', 'WRONG_STATE', 'WRONG_DEPARTMENT'],
    figures: [],
  },
  {
    id: 'R14-revocation',
    zh: '撤销决定由作出决定者以外的负责人作出，说明理由和救济途径',
    en: 'A decision is revoked by another head, with reasons and remedy',
    basis: [cite(laws.licensing, 38)],
    functions: ['revokeDecision'],
    tests: {
      'case/endings': [
        'undoes a delivered decision by another head, with reasons and remedy',
        'needs a decision',
      ],
    },
    codes: ['MAKER_IS_CHECKER', 'REASON_REQUIRED', 'WRONG_STATE'],
    figures: [],
  },
  {
    id: 'R15',
    zh: '督查人员的密钥只能写督查记录；角色只能做登记给它的事',
    en: 'A supervisor’s key writes nothing but supervision; a role does what the registry gives it',
    functions: ['authorize', 'actingUnder'],
    tests: {
      'runner/supervisor-keys': [
        'are refused every command that is not supervision, and write nothing (R15)',
      ],
      'delegation/delegation': [
        'makes no official of a supervisor, a service or an administrator (R15)',
      ],
      'case/filing': ['is refused to roles that do not file'],
    },
    codes: ['ROLE_REFUSED'],
    figures: ['supervisor-reads'],
  },
  {
    id: 'case-number',
    zh: '办件编号由事项编码和当日日期组成，不得重复',
    en: 'A case number is its matter’s and its day’s, and given once',
    functions: ['submitCase', 'submitOneThing'],
    tests: {
      'case/filing': [
        'is refused under a number that exists, or of another matter or day',
        'may give up a number that another case has, and no other',
      ],
    },
    codes: ['CASE_NUMBER_INVALID', 'ALREADY_EXISTS', 'NOT_FOUND'],
    figures: [],
  },
  {
    id: 'case-order',
    zh: '收件、办结、送达依次进行，由牵头部门作出',
    en: 'Receipt, completion and delivery come in their order, from the owner',
    basis: [cite(laws.onceReform, 4)],
    functions: ['receiveCase', 'completeCase', 'deliverCase'],
    tests: {
      'case/answering': ['begins with the owner’s receipt, once'],
      'case/deciding': [
        'is delivered only after it is completed, and completed only after it is decided',
      ],
    },
    codes: ['WRONG_STATE', 'WRONG_DEPARTMENT'],
    figures: ['on-time-rate'],
  },
  {
    id: 'maker-checker',
    zh: '受理的经办人不得作出决定',
    en: 'Whoever accepted a case does not decide it',
    functions: ['decideCase'],
    tests: {
      'case/deciding': [
        'is not taken by the official who accepted',
        'is the head’s, with ten working days to deliver',
      ],
    },
    codes: ['MAKER_IS_CHECKER', 'ROLE_REFUSED'],
    figures: ['all-signed'],
  },
  {
    id: 'evidence',
    zh: '批准须有共享材料的有效存证',
    en: 'A grant needs valid attestations of what comes by sharing',
    basis: [cite(laws.sharing, 25), cite(laws.sharing, 27)],
    functions: ['decideCase', 'acceptCase'],
    tests: {
      'case/deciding': [
        'cannot be a grant on an attestation that has been revoked meanwhile',
        'cannot be a grant while a tolerated material is outstanding',
      ],
      'case/answering': [
        'counts an attestation instead of a document only for its own case, data set and requester',
      ],
    },
    codes: ['ATTESTATION_NOT_VALID', 'ATTESTATION_MISMATCH', 'MATERIAL_MISSING'],
    figures: ['attestations', 'materials-shared-rate'],
  },
  {
    id: 'commitment',
    zh: '告知承诺不适用于涉及公共安全、金融、生态、健康的事项，限于列明的材料',
    en: 'No commitment where safety, finance, ecology or health are concerned, and only for listed materials',
    basis: [cite(laws.onceReform, 14)],
    functions: ['draftMatter', 'submitCase'],
    tests: {
      'case/commitments': [
        'does not concern ${area}',
        'names only materials that the matter allows it for, and gives none of them twice',
        'is not possible where the matter takes none',
      ],
    },
    codes: ['COMMITMENT_RISK', 'COMMITMENT_NOT_ALLOWED'],
    figures: ['materials-saved'],
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
    id: 'commitment-inspection',
    zh: '批准后六十个工作日内核查承诺；不实的限期改正，仍不改的撤销并不再适用',
    en: 'A commitment is inspected within sixty working days; one broken for good revokes the decision and bars the next',
    basis: [cite(laws.onceReform, 14)],
    functions: ['recordInspection', 'revokeDecision', 'submitCase'],
    tests: {
      'case/commitments': [
        'is another official’s than the one that decided, of the owner',
        'sets a time to put right a first failure, within which only success is recorded',
        'is of cases that were granted on one',
        'is due sixty working days after the grant, and ends with a pass',
        'that fails for good leaves the revocation, and bars the applicant’s commitments in that matter',
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
    ],
    figures: [],
  },
];
