import { cite, laws } from '@yici/domain/model';
import { archiveRows } from './archive-rows.js';
import type { RuleRow } from './row.js';

/** R7 to R15: handling, endings, and who may do what. */
export const handlingRows: readonly RuleRow[] = [
  {
    id: 'R7',
    zh: '特别程序的种类、法律法规依据和最长时间以办事指南为准，期间停止计时，重叠不重复计算；指南未列或者超出的，由负责人签署，督查机构可见',
    en: 'A special procedure has its kind, its basis in a law or regulation and its longest time from the guide; the clock stops, and no day is counted twice. What the guide does not announce, or not for so long, a head signs and the supervision office sees',
    basis: [cite(laws.licensing, 45), cite(laws.onceReform, { article: 28, paragraph: 1 })],
    functions: ['startSpecialProcedure', 'endSpecialProcedure', 'decideCase'],
    tests: {
      'case/special-procedures': [
        'takes longer than announced only with reasons and another letter, and is flagged',
        'gives back what it did not need when it ends early',
        'holds the decision but not the opinions, and a step that opens meanwhile has all its days after it',
        'is the owner’s, of an accepted case, and there are at most twenty',
      ],
      '../histories/h5-any-law-stops-the-clock': [
        'is not the clerk’s: what the guide does not announce, the head signs and the supervision office sees',
        'goes beyond the time that the guide tells only by a head, however it is cut into pieces',
      ],
    },
    codes: [
      'PROLONGING_UNEXPLAINED',
      'PROCEDURE_BASIS_WRONG',
      'PROCEDURE_NEEDS_HEAD',
      'PROCEDURE_ENDED',
      'SPECIAL_PROCEDURE_RUNNING',
      'LIMIT_REACHED',
    ],
    figures: ['on-time-rate', 'stopped-days'],
  },
  {
    id: 'R8',
    zh: '法定期限延期一次，说明理由，由另一负责人批准，不超过法定天数；联合办理的须经本级人民政府负责人批准；短于法定期限的承诺不因延期而延长',
    en: 'One extension of the statutory limit, with reasons, approved by another head, within the days of the law; of joint handling by the head of the government as well. A promise of less time is not extended',
    basis: [
      cite(laws.licensing, { article: 42, paragraph: 1 }, { article: 42, paragraph: 2 }),
      cite(laws.onceReform, { article: 12, paragraph: 1 }),
    ],
    functions: ['requestExtension', 'approveExtension'],
    tests: {
      'case/extensions': [
        'comes once',
        'lengthens the statutory limit, not a shorter promise and no step, when a second head approves it',
        'of joint handling has at most fifteen days, and cites the government’s approval whatever its length (art 42(2))',
        'has at most ten days where no other department takes part, with the own head’s approval',
        'lengthens nothing where no law sets a limit',
        'saves nothing that is overdue',
        'is not approved before it is asked for, and a new request takes the place of a pending one',
      ],
    },
    codes: [
      'EXTENSION_ONCE',
      'MAKER_IS_CHECKER',
      'ROLE_REFUSED',
      'EXTENSION_TOO_LONG',
      'EXTENSION_UNFOUNDED',
      'GOVERNMENT_APPROVAL_MISSING',
      'EXTENSION_TOO_LATE',
      'EXTENSION_NOT_REQUESTED',
    ],
    figures: ['extensions', 'exceptions', 'exceptions-two-signers'],
  },
  {
    id: 'R9',
    zh: '并联环节同时开始，串联环节自前置环节完成时开始；意见未齐不得决定',
    en: 'Parallel steps start together, a sequential one with the end of those before it; no decision before all opinions',
    basis: [
      cite(laws.onceReform, { article: 5, paragraph: 3 }),
      cite(laws.licensing, { article: 26, paragraph: 2 }),
    ],
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
    id: 'R10-forwarded',
    zh: '转报上级的，环节不视为完成，须登记上级答复；环节时限与答复时限都连续计算',
    en: 'What is forwarded up is not answered before the answer from above is recorded; both clocks run on',
    functions: ['giveOpinion', 'answerForwarded', 'decideCase'],
    tests: {
      '../histories/h3-forwarded-and-forgotten': [
        'names the organ above and carries the letter',
        'leaves the step open, its clock running, and the decision waiting',
        'goes nowhere else meanwhile',
        'is answered by the recorded answer from above, late on both clocks when it is late',
        'is the organ’s own to answer where that is on the ledger',
      ],
    },
    codes: [
      'FORWARD_INCOMPLETE',
      'OPINIONS_OUTSTANDING',
      'OPINION_FORWARDED',
      'NOT_FORWARDED',
      'WRONG_DEPARTMENT',
      'ALREADY_ANSWERED',
    ],
    figures: ['steps-late'],
  },
  {
    id: 'R10-disagreement',
    zh: '会办不同意的，可以修改意见，或者召开协调会并登记纪要，协调不一致的由本级人民政府决定；在此之前不得批准，事项版本注明意见仅供参考的除外',
    en: 'A disagreement ends by a new opinion, or a meeting with its record and then the government’s decision; before that nothing is granted, unless the version takes the opinion as advice',
    functions: ['recordMeeting', 'reviseOpinion', 'ruleOpinion', 'decideCase'],
    tests: {
      'case/disagreement': [
        'stands against a grant, and it is the owner’s turn to meet with it',
        'may agree after all, and the grant is free',
        'is met with by the owner, both being there, and then says whether it stays with its opinion',
        'is decided on by the government, registered by another official of the owner',
        'is not passed over when its disagreement is upheld, and its silence after the meeting wins nothing',
        'comes before the government’s own signature where a department acts for it and is no side',
      ],
    },
    codes: [
      'OPINION_DISAGREES',
      'OPINION_AGREES',
      'OPINION_RULED',
      'MEETING_MISSING',
      'MEETING_INCOMPLETE',
      'ALREADY_EXISTS',
      'DECISION_UNNAMED',
      'MAKER_IS_CHECKER',
      'WRONG_DEPARTMENT',
    ],
    figures: [],
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
    zh: '意见逾期的，任何成员可以记录；仅在事项版本引用政策文件时超时默认同意，否则升级督办',
    en: 'Any member records an overdue opinion; it counts as agreement only by a cited policy, else it is escalated',
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
    zh: '终结的办件只接受更正、撤销决定、承诺核查、归档及档案移交',
    en: 'A closed case takes corrections, the revocation of its decision, an inspection and what is done about its archive',
    functions: ['archiveCase', 'withdrawCase', 'correctCase', 'revokeDecision'],
    tests: {
      'case/deciding': [
        'leaves nothing but corrections (R14), each a new event that points at the old one (R13)',
      ],
      'case/archive': ['is the owner’s, and of no open case'],
      'case/answering': ['lets the applicant withdraw, numbered by whether it had been accepted'],
    },
    codes: ['CASE_CLOSED', 'WRONG_STATE', 'WRONG_DEPARTMENT'],
    figures: [],
  },
  ...archiveRows,
  {
    id: 'R14-revocation',
    zh: '撤销针对予以批准的决定，由作出决定者以外的负责人作出，说明理由和救济途径：以欺骗、贿赂等不正当手段取得的应当撤销，其他情形可以撤销',
    en: 'What was granted is revoked by another head, with reasons and remedy: it must be where it was obtained by deceit, on other grounds it may be',
    basis: [cite(laws.licensing, { article: 69, paragraph: 1 }, { article: 69, paragraph: 2 })],
    functions: ['revokeDecision'],
    tests: {
      'case/endings': [
        'undoes a delivered decision by another head, with reasons and remedy',
        'needs a decision',
        'is of what was granted: a refusal granted nothing',
      ],
    },
    codes: ['MAKER_IS_CHECKER', 'REASON_REQUIRED', 'WRONG_STATE', 'NOTHING_GRANTED'],
    figures: [],
  },
  {
    id: 'R14-kept',
    zh: '撤销可能对公共利益造成重大损害的不予撤销，由作出决定者以外的负责人说明理由并登记',
    en: 'What would gravely harm the public interest if it were revoked is not, as another head records with reasons',
    basis: [cite(laws.licensing, { article: 69, paragraph: 3 })],
    functions: ['keepDecision'],
    tests: {
      'case/endings': [
        'is not done where it could gravely harm the public interest, as another head records (art 69(3))',
        'is of what was granted: a refusal granted nothing',
      ],
    },
    codes: ['NOTHING_GRANTED', 'INSPECTION_NOT_FAILED', 'MAKER_IS_CHECKER', 'ALREADY_EXISTS'],
    figures: [],
  },
  {
    id: 'new-decision',
    zh: '决定经复核须重新作出或者被撤销的，由另一负责人重新办理，期限重新计算，原决定保留',
    en: 'After a review or a revocation another head opens the case for a new decision, with a clock of its own; the earlier one is kept',
    functions: ['reopenCase'],
    tests: {
      'case/endings': [
        'is opened by another head of the owner, and a grant only once it was revoked',
        'is so five times at most',
      ],
    },
    codes: ['WRONG_STATE', 'MAKER_IS_CHECKER', 'WRONG_DEPARTMENT', 'LIMIT_REACHED'],
    figures: [],
  },
  {
    id: 'R15',
    zh: '督查员的密钥只能登记督查记录；每个角色只能办理其权限内的操作',
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
    zh: '办件编号由实施编码、当日日期和序号组成，不得重复',
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
    zh: '收件、办结、送达依次进行，由实施主体作出',
    en: 'Receipt, completion and delivery come in their order, from the owner',
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
    basis: [cite(laws.sharing, { article: 25, paragraph: 1 })],
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
];
