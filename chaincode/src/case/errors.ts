import { cite, citeOutright } from '../kernel/citation';
import {
  licensing,
  onceReform,
  onlineServices,
  sharing,
  staffing,
  type ContractErrorMeanings,
} from '../kernel/laws';
import { archiveErrors } from './archive-errors';
import { resultErrors } from './result/errors';

/** What the rules about cases refuse. */
export const errors = {
  // Filing, and the materials.
  MATTER_NOT_EFFECTIVE: {
    zh: '事项版本不在有效期内。',
    en: 'The matter version is not in force on this day.',
    basis: [cite(onceReform, { article: 4, paragraph: 3 })],
  },
  CASE_NUMBER_INVALID: {
    zh: '办件编号与事项或日期不符。',
    en: 'The case number does not fit its matter or its day.',
  },
  MATERIAL_MISSING: {
    zh: '缺少必需的申请材料。',
    en: 'Required materials are missing.',
    basis: [cite(onceReform, { article: 7, paragraph: 1 }, { article: 11, paragraph: 3 })],
  },
  MATERIAL_SHARED: {
    zh: '该材料可以共享取得，不得要求申请人提供；申请人认为共享数据与实际不符的，可以注明异议并提交自己的材料。',
    en: 'That material comes by sharing and may not be asked of the applicant; who holds that the shared data are wrong says so and gives its own document.',
    basis: [
      cite(sharing, { article: 19, paragraph: 1 }),
      cite(onceReform, { article: 7, paragraph: 2 }),
      cite(onlineServices, { article: 7, paragraph: 1 }),
    ],
  },
  CONTEST_NOT_SHARED: {
    zh: '该材料不由共享取得，无从提出异议；请作为普通材料提交。',
    en: 'That material does not come by sharing, so there is nothing to contest: give it as any other.',
  },
  MATERIAL_CONTESTED: {
    zh: '申请人对该共享数据有异议，以申请人提供的材料为准，不得以存证或者其他证明替换；对数据有疑问的，可以申请数据校核。',
    en: "The applicant contests those shared data: its own document counts and is not displaced. Ask the data's source to check them.",
    basis: [cite(onceReform, { article: 7, paragraph: 2 })],
  },
  COMMITMENT_NOT_ALLOWED: {
    zh: '该事项不允许以告知承诺代替该材料。',
    en: 'The matter takes no commitment in place of that material.',
    basis: [cite(onceReform, { article: 14, paragraph: 1 })],
  },
  COMMITMENT_RISK: {
    zh: '直接涉及公共安全、金融安全、生态环境保护以及直接关系人身健康、生命财产安全的事项，不得适用告知承诺；事项须逐项说明。',
    en: 'A matter that concerns public or financial safety, ecology, health, life or property takes no commitment; it says so of each.',
    basis: [cite(onceReform, { article: 14, paragraph: 1 })],
  },
  COMMITMENT_ONLY_LICENCES: {
    zh: '告知承诺制只适用于行政许可事项。',
    en: 'Only licences are granted on a commitment.',
    basis: [citeOutright(onceReform, { article: 14, paragraph: 1 })],
  },
  COMMITMENT_UNDOCUMENTED: {
    zh: '告知承诺的范围须有省人民政府批准的文件，另定核查期限的须有省人民政府有关部门的文件，并列入本事项的依据文件。',
    en: 'The scope of commitments is approved by the provincial government, another time to inspect set by its department: the matter lists the documents.',
    basis: [citeOutright(onceReform, { article: 14, paragraph: 2 }, { article: 14, paragraph: 3 })],
  },
  COMMITMENT_BARRED: {
    zh: '申请人曾违反承诺，在不良信息保存和披露期限届满或者信用修复前，不再适用告知承诺。',
    en: 'The applicant broke a commitment and may not commit itself again until the bad record ends or is repaired.',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },

  // Acceptance, the one-time notice and its supplement.
  NOTICE_TOO_LATE: {
    zh: '应当当场，至迟五个工作日内一次性告知补正；已超过期限，自收到之日起即视为受理，不得再作补正告知，也不得以材料问题不予受理。',
    en: 'What is missing is told on the spot, within five working days at the latest: that has passed, and the case counts as accepted from the day of receipt.',
    basis: [cite(licensing, { article: 32, paragraph: 1, item: 4 })],
  },
  DEEMED_ACCEPTANCE_NOT_DUE: {
    zh: '五个工作日的告知期限尚未届满，不得视为受理。',
    en: 'The five working days for a notice have not run out.',
    basis: [cite(licensing, { article: 32, paragraph: 1, item: 4 })],
  },
  NOTHING_MISSING: {
    zh: '材料齐全，应当受理。',
    en: 'Nothing is missing: accept the case.',
    basis: [cite(licensing, { article: 32, paragraph: 1, item: 5 })],
  },
  SECOND_NOTICE: {
    zh: '补正只能一次性告知；再次告知须注明清单所列事由并附新事实。',
    en: 'Supplements are asked for once; a second notice needs a new fact under a ground of the list.',
    basis: [
      cite(licensing, { article: 32, paragraph: 1, item: 4 }),
      cite(onceReform, { article: 11, paragraph: 3 }),
    ],
  },
  NOTICE_CONSENT_REQUIRED: {
    zh: '再次告知补正须由本部门负责人签发，经办人不得自行再次告知。',
    en: 'A second notice is signed by a head of the department; a clerk alone does not give one.',
  },
  MATERIAL_PRESENT: {
    zh: '该材料已经提交，不得要求重复提供；内容有问题的，请注明不清楚、有误或者已过期。',
    en: 'That material is there and is not asked for again; if something is wrong with it, mark it as unclear, wrong or expired.',
    basis: [cite(onceReform, { article: 7, paragraph: 1 }, { article: 43, item: 3 })],
  },
  NOTICE_REQUIRED: {
    zh: '未一次性告知补正，不得以材料问题不予受理。',
    en: 'A case is not refused for its materials before the one-time notice.',
    basis: [
      cite(licensing, { article: 32, paragraph: 1, item: 4 }),
      cite(onceReform, { article: 11, paragraph: 3 }),
    ],
  },
  VOUCHER_REQUIRED: {
    zh: '受理、撤销受理或者不予受理须出具加盖专用印章、注明日期的书面凭证，决定和办理结果加盖印章的须完整登记：请填写编号、文件、印章系统和印章证明。',
    en: 'An acceptance, its revocation or a refusal to accept has its dated and sealed voucher, and the seal of a decision or a result is recorded whole: give its number, the document, what sealed it and the proof of the seal.',
    basis: {
      voucher: [
        cite(licensing, { article: 32, paragraph: 2 }),
        cite(onceReform, { article: 11, paragraph: 1 }, { article: 11, paragraph: 4 }),
      ],
      result: [cite(onceReform, { article: 10, paragraph: 2 })],
    },
  },
  FORM_FIELD_UNKNOWN: {
    zh: '申请表中没有该字段，不得要求补正。',
    en: 'The form has no such field; it may not be asked for.',
    basis: [cite(licensing, { article: 29, paragraph: 1 })],
  },
  FORM_REQUIRED: {
    zh: '补正通知标注了申请表字段，须重新提交申请表。',
    en: 'The notice marks fields of the form: it must be filed again.',
    basis: [cite(onceReform, { article: 11, paragraph: 3 })],
  },
  FORM_NOT_REQUESTED: {
    zh: '没有要求重新提交申请表。',
    en: 'No notice asks for the form again.',
  },
  MATERIAL_NOT_REQUESTED: {
    zh: '补正通知没有要求该材料。',
    en: 'No notice asks for that material.',
    basis: [cite(onceReform, { article: 11, paragraph: 2 }, { article: 11, paragraph: 3 })],
  },
  SUPPLEMENT_OVERDUE: {
    zh: '补正期限已过。',
    en: 'The time to supplement has run out.',
    basis: [cite(onceReform, { article: 11, paragraph: 2 }, { article: 11, paragraph: 3 })],
  },
  SUPPLEMENT_NOT_OVERDUE: {
    zh: '补正期限尚未届满。',
    en: 'The time to supplement has not run out.',
    basis: {
      tolerated: [cite(onceReform, { article: 11, paragraph: 2 })],
      notice: [cite(onceReform, { article: 11, paragraph: 3 })],
      house: [],
    },
  },
  MATERIAL_NOT_TOLERABLE: {
    zh: '该材料不可容缺。',
    en: 'That material cannot be tolerated as missing.',
    basis: [cite(onceReform, { article: 4, paragraph: 2 }, { article: 11, paragraph: 2 })],
  },
  TOLERATED_LIST_WRONG: {
    zh: '容缺清单须与所缺材料一致，不得多列、漏列。',
    en: 'The tolerated list must be exactly what is missing.',
    basis: [cite(onceReform, { article: 11, paragraph: 2 })],
  },
  PLEDGE_REQUIRED: {
    zh: '容缺受理须有申请人的书面承诺：请填写容缺承诺书。',
    en: "Tolerant acceptance needs the applicant's signed promise.",
  },
  NOTHING_TOLERATED: {
    zh: '该办件没有逾期未补或者补交后仍不符合要求的容缺材料，不能据此撤销受理。',
    en: 'No tolerated material is overdue, or came and does not meet the requirements.',
    basis: [cite(onceReform, { article: 11, paragraph: 2 })],
  },

  // What a department applies for at itself.
  OWN_MATTER: {
    zh: '部门不得向本部门申请：须由事项写明可以办理本部门的申请，并由另一部门共同决定。',
    en: 'A department files nothing with itself unless the matter says that it serves its owner too; then another department decides with it.',
  },
  CO_DECISION_MISSING: {
    zh: '本部门申请的办件，须经共同决定的部门同意后方可准予。',
    en: 'What a department applied for at itself is granted only with the decision of the department beside it.',
  },

  // Steps and opinions.
  STEP_UNKNOWN: { zh: '没有这个办理环节。', en: 'The flow has no such step.' },
  STEP_NOT_OPEN: {
    zh: '前一环节尚未办结。',
    en: 'The step waits for an earlier one.',
    basis: [cite(onceReform, { article: 5, paragraph: 3 })],
  },
  STEP_NOT_OVERDUE: {
    zh: '该环节期限尚未届满。',
    en: 'The time of the step has not run out.',
  },
  ALREADY_ESCALATED: {
    zh: '该环节已经升级督办。',
    en: 'The step has been escalated already.',
  },
  NOT_ESCALATED: {
    zh: '该环节没有升级督办，不能越过。',
    en: 'The step has not been escalated and cannot be passed over.',
  },
  PASSING_TOO_EARLY: {
    zh: '升级督办后须留出答复时间。',
    en: 'After an escalation the department still has time to answer.',
  },
  POLICY_NOT_CITED: {
    zh: '超时默认同意须引用本事项版本所列的政策文件。',
    en: 'Silence counts as agreement only by a policy document that the matter version lists.',
  },
  ALREADY_RETURNED: {
    zh: '该环节已经退件一次。',
    en: 'The step has been returned once already.',
  },
  STEP_NOT_RETURNED: {
    zh: '该环节没有退件，无须重新送办。',
    en: 'The step has not been returned, or is sent again already.',
  },
  FORWARD_INCOMPLETE: {
    zh: '转报须注明上级机关（--organ）并附转报文件（--document）。',
    en: 'Forwarding names the organ above and carries the letter to it.',
  },
  OPINION_FORWARDED: {
    zh: '该环节已经转报，须登记上级答复后方可办理。',
    en: 'The step was forwarded: what comes next is the answer from above.',
  },
  NOT_FORWARDED: {
    zh: '该环节没有转报，或者上级已经答复。',
    en: 'The step was not forwarded, or the answer from above is there.',
  },
  OPINIONS_OUTSTANDING: {
    zh: '尚有部门未出具意见。',
    en: 'Opinions are still outstanding.',
    basis: [cite(licensing, { article: 26, paragraph: 2 })],
  },
  OPINION_DISAGREES: {
    zh: '有部门不同意，不得批准；请其修改意见，或者召开协调会，协调不一致的报本级人民政府决定。',
    en: 'A department disagrees: let it give its opinion again, meet with it, or have the government decide.',
  },
  OPINION_AGREES: {
    zh: '该环节没有不同意见。',
    en: 'The step does not disagree.',
  },
  OPINION_RULED: {
    zh: '该不同意见已有决定。',
    en: 'The disagreement has been decided on.',
  },
  MEETING_INCOMPLETE: {
    zh: '协调会须有牵头部门和持不同意见的部门参加。',
    en: 'The owner and the department that disagrees are at the meeting.',
  },
  MEETING_MISSING: {
    zh: '须先召开协调会并登记纪要，由持不同意见的部门表态（或者其表态期限已过）。',
    en: 'First comes the meeting with its record, and the word of the department that disagrees or the end of its days.',
  },

  // Special procedures and extensions.
  SPECIAL_PROCEDURE_RUNNING: {
    zh: '特别程序尚未结束，不能作出决定。',
    en: 'A special procedure still runs: the case cannot be decided.',
    basis: [cite(licensing, 45)],
  },
  PROLONGING_UNEXPLAINED: {
    zh: '再次启动同一种特别程序必须说明理由。',
    en: 'A second special procedure of the same kind needs its reasons.',
  },
  PROCEDURE_BASIS_WRONG: {
    zh: '办事指南列明的特别程序以指南所列依据为准，不得另写；指南没有列明的，须写明法律、法规名称、条款和效力等级。',
    en: 'A procedure that the guide announces has the basis given there; any other names its law or regulation, clause and rank.',
    basis: [cite(licensing, 45), cite(onceReform, { article: 28, paragraph: 1 })],
  },
  PROCEDURE_NEEDS_HEAD: {
    zh: '特别程序未列入事项版本的办事指南，或者超出指南所列最长时间，须由牵头部门负责人签署，督查机构可见。',
    en: 'The guide does not announce that procedure, or not that much time: the owner’s head signs, and the supervision office sees it.',
  },
  PROCEDURE_ENDED: {
    zh: '该特别程序已经结束。',
    en: 'That special procedure has been ended already.',
  },
  RECOUNT_NOTHING: {
    zh: '该年度工作日历没有新增的放假日，期限无须重算。',
    en: 'No newer calendar of that year adds a day off to this case: nothing is to be recounted.',
  },
  EXTENSION_ONCE: {
    zh: '只能延期一次。',
    en: 'A limit is extended once.',
  },
  EXTENSION_TOO_LONG: {
    zh: '延期最长十个工作日，联合办理的最长十五个工作日。',
    en: 'An extension has at most ten working days, or fifteen when departments act jointly.',
    basis: [cite(licensing, { article: 42, paragraph: 1 }, { article: 42, paragraph: 2 })],
  },
  EXTENSION_TOO_LATE: {
    zh: '法定办理期限已过，不能再延期。',
    en: 'The statutory limit has run out and cannot be extended any more.',
  },
  EXTENSION_NOT_REQUESTED: {
    zh: '没有人申请延期。',
    en: 'Nobody has asked for an extension.',
  },
  EXTENSION_UNFOUNDED: {
    zh: '没有法定办理期限，不能延期，应当在承诺期限内办结。',
    en: 'No law sets a limit that could be extended: finish within the promised one.',
    basis: [cite(onceReform, { article: 12, paragraph: 1 })],
  },
  GOVERNMENT_APPROVAL_MISSING: {
    zh: '联合办理的延期，须经本级人民政府负责人批准，请附批准文件。',
    en: 'An extension of joint handling needs the approval of the head of the government: cite its document.',
    basis: [cite(licensing, { article: 42, paragraph: 2 })],
  },

  // Inspection of a commitment, and the end of a case.
  NO_COMMITMENT: {
    zh: '该办件不是以告知承诺方式准予的。',
    en: 'The case was not granted on a commitment.',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  INSPECTION_DONE: {
    zh: '核查已有最终结论。',
    en: 'The inspection has its final result.',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  CORRECTION_PERIOD_WRONG: {
    zh: '首次核查不符的应当限期改正，其他情形不得再设期限。',
    en: 'A first failed inspection, and nothing else, sets the time to put it right.',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  CORRECTION_RUNNING: {
    zh: '改正期限尚未届满。',
    en: 'The time to put it right has not run out.',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  INSPECTION_NOT_FAILED: {
    zh: '核查没有最终不符的结论，不得以违反承诺为由撤销决定。',
    en: 'No final failed inspection shows that a commitment was broken.',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  ...resultErrors,
  CASE_CLOSED: {
    zh: '办件已经终结，不再接受此操作。',
    en: 'The case is closed and does not take that any more.',
  },

  ...archiveErrors,

  // Hand-overs and duty rulings.
  DUTY_NOT_IN_FORCE: {
    zh: '职责条目尚未生效，不得引用。',
    en: 'The duty clause is not in force yet and cannot be cited.',
  },
  TRANSFER_INVALID: {
    zh: '不得移交给本部门或者申请部门；不接收的，须引用其他部门的条款。',
    en: 'Nothing is handed over to oneself or to the applicant, and nothing is declined by the own clause.',
  },
  TRANSFER_PENDING: {
    zh: '已有移交等待接收，接收前仍由移交部门负责。',
    en: 'An offer waits for its receiver; until it is accepted the sender stays responsible.',
  },
  TRANSFER_NOT_OFFERED: {
    zh: '没有待接收的移交。',
    en: 'There is no hand-over that waits for an answer.',
  },
  TRANSFER_REQUIRED: {
    zh: '不属于本部门职责的，应当引用条款移交，不得以退件、不同意或者不予批准推出。',
    en: 'What is not one’s duty is handed over by a clause, not returned, disagreed with or refused.',
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
  COORDINATION_REQUIRED: {
    zh: '已两次以不属于本部门职责推出，不得再行移交或者不予受理；请提请职责分工协调。',
    en: 'It was passed on twice as "not mine": bring the question to coordination instead.',
  },
  NEGOTIATION_MISSING: {
    zh: '须先与有关部门协商（提出移交）；协商不一致的，方可提请协调。',
    en: 'The departments settle it between them first: offer a hand-over; what is not agreed on is coordinated.',
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
  DUTY_RULING_OPEN: {
    zh: '职责分工协调决定尚未作出，不得再行移交。',
    en: 'The coordination of the duty is open; nothing is handed over meanwhile.',
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
  DUTY_RULED: {
    zh: '职责分工已经协调决定，不得再行移交。',
    en: 'The duty has been decided on and is not handed over again.',
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
