import { cite } from '../kernel/citation';
import { licensing, onceReform, staffing, type ContractErrorMeanings } from '../kernel/laws';
import { archiveErrors } from './archive/errors';
import { doorErrors } from './acceptance/errors';
import { filingErrors } from './filing/errors';
import { resultErrors } from './result/errors';
import { stepErrors } from './opinions/errors';

/** What the rules about cases refuse. */
export const errors = {
  ...filingErrors,
  ...doorErrors,
  ...stepErrors,

  // Special procedures and extensions.
  SPECIAL_PROCEDURE_RUNNING: {
    zh: '特别程序（第 {no} 次）尚未结束，不能作出决定。',
    en: 'A special procedure (no. {no}) still runs: the case cannot be decided.',
    acts: ['case.endSpecialProcedure'],
    basis: [cite(licensing, 45)],
  },
  PROLONGING_UNEXPLAINED: {
    zh: '再次启动同一种特别程序（{procedure}）必须说明理由。',
    en: 'A second special procedure of the same kind ({procedure}) needs its reasons.',
  },
  PROCEDURE_BASIS_WRONG: {
    zh: '特别程序（{procedure}）办事指南列明的，以指南所列依据为准，不得另写；指南没有列明的，须写明法律、法规名称、条款和效力等级。',
    en: 'A procedure ({procedure}) that the guide announces has the basis given there; any other names its law or regulation, clause and rank.',
    basis: [cite(licensing, 45), cite(onceReform, { article: 28, paragraph: 1 })],
  },
  PROCEDURE_NEEDS_HEAD: {
    zh: '特别程序（{procedure}）未列入事项版本的办事指南，或者超出指南所列最长时间，须由实施主体负责人签署，督查机构可见。',
    en: 'The guide does not announce that procedure ({procedure}), or not that much time: the owner’s head signs, and the supervision office sees it.',
    next: { zh: '请由本部门负责人办理。', en: 'Let a head of your department do it.' },
    acts: ['case.startSpecialProcedure'],
  },
  PROCEDURE_ENDED: {
    zh: '该特别程序（第 {no} 次）已于 {endedAt} 结束。',
    en: 'That special procedure (no. {no}) was ended at {endedAt}.',
  },
  RECOUNT_NOTHING: {
    zh: '{year} 年工作日历（第 {version} 版）没有新增的放假日，期限无须重算。',
    en: 'The calendar of {year}, version {version}, adds no day off to this case: nothing is to be recounted.',
  },
  EXTENSION_ONCE: {
    zh: '只能延期一次（已于 {approvedAt} 批准）。',
    en: 'A limit is extended once; it was at {approvedAt}.',
  },
  EXTENSION_TOO_LONG: {
    zh: '延期最长十个工作日，联合办理的最长十五个工作日；申请的是 {asked} 个工作日，本件最长 {most} 个工作日。',
    en: 'An extension has at most ten working days, or fifteen when departments act jointly; asked for {asked}, at most {most} here.',
    basis: [cite(licensing, { article: 42, paragraph: 1 }, { article: 42, paragraph: 2 })],
  },
  EXTENSION_TOO_LATE: {
    zh: '法定办结时限（至 {dueOn}）已过，不能再延期。',
    en: 'The statutory limit ({dueOn}) has run out and cannot be extended any more.',
    acts: ['case.decide'],
  },
  EXTENSION_NOT_REQUESTED: {
    zh: '该办件尚未提出延期申请。',
    en: 'Nobody has asked for an extension.',
    acts: ['case.requestExtension'],
  },
  EXTENSION_UNFOUNDED: {
    zh: '没有法定办结时限，不能延期，应当在承诺办结时限内办结。',
    en: 'No law sets a limit that could be extended: finish within the promised one.',
    acts: ['case.decide'],
    basis: [cite(onceReform, { article: 12, paragraph: 1 })],
  },
  GOVERNMENT_APPROVAL_MISSING: {
    zh: '联合办理的延期（{asked} 个工作日），须经本级人民政府负责人批准，请附批准文件。',
    en: 'An extension of joint handling ({asked} working days) needs the approval of the head of the government: cite its document.',
    basis: [cite(licensing, { article: 42, paragraph: 2 })],
  },

  // Inspection of a commitment, and the end of a case.
  NO_COMMITMENT: {
    zh: '该办件不是以告知承诺方式批准的。',
    en: 'The case was not granted on a commitment.',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  INSPECTION_DONE: {
    zh: '核查已有最终结论。',
    en: 'The inspection has its final result.',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  CORRECTION_PERIOD_WRONG: {
    zh: '仅首次核查不符的可以、也应当设定改正期限。',
    en: 'A first failed inspection, and nothing else, sets the time to put it right.',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  CORRECTION_RUNNING: {
    zh: '改正期限（至 {dueOn}）尚未届满[，自 {from} 起方可办理]。',
    en: 'The time to put it right ({dueOn}) has not run out[; it counts as passed from {from}].',
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  INSPECTION_NOT_FAILED: {
    zh: '尚无“核查不符”的最终结论，不得以违反承诺为由撤销决定。',
    en: 'No final failed inspection shows that a commitment was broken.',
    acts: ['case.recordInspection'],
    basis: [cite(onceReform, { article: 14, paragraph: 2 })],
  },
  ...resultErrors,
  CASE_CLOSED: {
    zh: '办件[“{caseNo}”]已经终结[（{state}）]，不再接受此操作。',
    en: 'The case[ {caseNo}] is closed[ ({state})] and does not take that any more.',
    next: {
      zh: '有误的，请更正；需要再办的，请重新申报。',
      en: 'Correct what is wrong; file anew what is to be done again.',
    },
    acts: ['case.correct', 'case.submit'],
  },

  ...archiveErrors,

  // Hand-overs and duty rulings.
  DUTY_NOT_IN_FORCE: {
    zh: '职责条目“{code}”（{department}）自 {effectiveFrom} 起生效，此前不得引用。',
    en: 'The duty {code} of {department} is in force from {effectiveFrom} and cannot be cited before.',
  },
  TRANSFER_INVALID: {
    zh: '不得移交给本部门或者申报部门；不接收的，须引用其他部门的条款。',
    en: 'Nothing is handed over to oneself or to the applicant, and nothing is declined by the own clause.',
    causes: {
      toItself: {
        zh: '不得移交给本部门（{department}）。',
        en: 'Nothing is handed over to oneself ({department}).',
      },
      toApplicant: {
        zh: '不得移交给申报部门（{department}）。',
        en: 'Nothing is handed over to the applicant ({department}).',
      },
      ownClause: {
        zh: '须引用其他部门的条款，不得引用本部门（{department}）的条款。',
        en: 'The clause cited has to be of another department than {department}.',
      },
    },
  },
  TRANSFER_PENDING: {
    zh: '已向{to}提出移交，等待接收[（答复期限至 {answerBy}）]；接收前仍由移交部门负责。',
    en: 'An offer waits for {to}[ (until {answerBy})]; until it is accepted the sender stays responsible.',
    acts: ['case.acceptTransfer', 'case.declineTransfer'],
  },
  TRANSFER_NOT_OFFERED: {
    zh: '没有待接收的移交（{subject}）。',
    en: 'There is no hand-over of {subject} that waits for an answer.',
    acts: ['case.offerTransfer'],
  },
  TRANSFER_REQUIRED: {
    zh: '不属于本部门职责的，应当引用条款移交，不得以退件、不同意或者不予批准推出。',
    en: 'What is not one’s duty is handed over by a clause, not returned, disagreed with or refused.',
    acts: ['case.offerTransfer'],
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
  COORDINATION_REQUIRED: {
    zh: '已有 {bounces} 次移交未接收，不得再行移交或者不予受理；请提请职责分工协调。',
    en: '{bounces} hand-overs were declined: bring the question to coordination instead.',
    acts: ['case.requestCoordination'],
  },
  NEGOTIATION_MISSING: {
    zh: '须先与有关部门协商（提出移交）；协商不一致的，方可提请协调。',
    en: 'The departments settle it between them first: offer a hand-over; what is not agreed on is coordinated.',
    acts: ['case.offerTransfer'],
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
  DUTY_RULING_OPEN: {
    zh: '职责分工协调（{rulingId}，期限至 {dueOn}）尚未决定，不得再行移交。',
    en: 'The coordination {rulingId} is open until {dueOn}; nothing is handed over meanwhile.',
    acts: ['dutyRuling.propose', 'dutyRuling.decide'],
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
  DUTY_RULED: {
    zh: '职责分工已经协调决定（{rulingId}）[，由{department}负责]，不得再行移交。',
    en: 'The duty has been decided on ({rulingId})[: it is {department}’s]; it is not handed over again.',
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
