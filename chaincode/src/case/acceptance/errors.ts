import { cite } from '../../kernel/citation';
import { licensing, onceReform, type ContractErrorMeanings } from '../../kernel/laws';

/** What is refused at the door: acceptance, the one-time notice and its supplement. */
export const doorErrors = {
  NOTICE_TOO_LATE: {
    zh: '应当当场，至迟五个工作日内一次性告知补正；该期限（至 {replyBy}）已过，自收到之日（{clockFrom}）起即视为受理，不得再作补正告知，也不得以材料问题不予受理。',
    en: 'What is missing is told on the spot, within five working days at the latest: that has passed ({replyBy}), and the case counts as accepted from the day of receipt ({clockFrom}).',
    acts: ['case.deemAccepted', 'case.accept'],
    basis: [cite(licensing, { article: 32, paragraph: 1, item: 4 })],
  },
  DEEMED_ACCEPTANCE_NOT_DUE: {
    zh: '五个工作日的告知期限（至 {replyBy}）尚未届满，不得视为受理[；自 {from} 起方可登记]。',
    en: 'The five working days for a notice (until {replyBy}) have not run out[; it counts as passed from {from}].',
    acts: ['case.accept', 'case.supplementNotice'],
    basis: [cite(licensing, { article: 32, paragraph: 1, item: 4 })],
  },
  NOTHING_MISSING: {
    zh: '材料齐全，应当受理。',
    en: 'Nothing is missing: accept the case.',
    acts: ['case.accept'],
    basis: [cite(licensing, { article: 32, paragraph: 1, item: 5 })],
  },
  SECOND_NOTICE: {
    zh: '补正只能一次性告知[（已于 {firstAt} 告知）]；再次告知须注明清单所列事由并附新事实。',
    en: 'Supplements are asked for once[ (it was at {firstAt})]; a second notice needs a new fact under a ground of the list.',
    next: {
      zh: '没有新事实的，请受理或者不予受理。',
      en: 'Without a new fact accept the case, or refuse it.',
    },
    acts: ['case.accept', 'case.refuse'],
    basis: [
      cite(licensing, { article: 32, paragraph: 1, item: 4 }),
      cite(onceReform, { article: 11, paragraph: 3 }),
    ],
  },
  NOTICE_CONSENT_REQUIRED: {
    zh: '再次告知补正须由本部门{needed}签发，{role}不得自行再次告知。',
    en: 'A second notice is signed by a {needed} of the department; a {role} alone does not give one.',
    next: { zh: '请由本部门{needed}办理。', en: 'Let a {needed} of the department give it.' },
  },
  MATERIAL_PRESENT: {
    zh: '材料（{codes}）已经提交，不得要求重复提供；内容有问题的，请注明不清楚、有误或者已过期。',
    en: 'These materials are there and are not asked for again: {codes}; if something is wrong with one, mark it as unclear, wrong or expired.',
    basis: [cite(onceReform, { article: 7, paragraph: 1 }, { article: 43, item: 3 })],
  },
  NOTICE_REQUIRED: {
    zh: '未一次性告知补正，不得以材料问题不予受理。',
    en: 'A case is not refused for its materials before the one-time notice.',
    acts: ['case.supplementNotice'],
    basis: [
      cite(licensing, { article: 32, paragraph: 1, item: 4 }),
      cite(onceReform, { article: 11, paragraph: 3 }),
    ],
  },
  VOUCHER_REQUIRED: {
    zh: '受理、撤销受理或者不予受理须出具加盖专用印章、注明日期的书面凭证，决定和办理结果加盖印章的须完整登记；尚缺：{missing}。',
    en: 'An acceptance, its revocation or a refusal to accept has its dated and sealed voucher, and the seal of a decision or a result is recorded whole; missing: {missing}.',
    next: { zh: '请补填后重新提交。', en: 'Add that and send it again.' },
    basis: {
      voucher: [
        cite(licensing, { article: 32, paragraph: 2 }),
        cite(onceReform, { article: 11, paragraph: 1 }, { article: 11, paragraph: 4 }),
      ],
      result: [cite(onceReform, { article: 10, paragraph: 2 })],
    },
  },
  FORM_FIELD_UNKNOWN: {
    zh: '申请表中没有这些字段，不得要求补正：{fields}。',
    en: 'The form has no such fields, which may not be asked for: {fields}.',
    next: { zh: '请按申请表所列字段标注。', en: 'Mark fields that the form has.' },
    basis: [cite(licensing, { article: 29, paragraph: 1 })],
  },
  FORM_REQUIRED: {
    zh: '补正通知标注了申请表字段（{fields}），须重新提交申请表。',
    en: 'The notice marks fields of the form ({fields}): it must be filed again.',
    next: { zh: '请附重新填写的申请表。', en: 'Send the form filled in anew.' },
    basis: [cite(onceReform, { article: 11, paragraph: 3 })],
  },
  FORM_NOT_REQUESTED: {
    zh: '补正通知没有要求重新提交申请表。',
    en: 'No notice asks for the form again.',
    next: { zh: '请只提交通知所列材料。', en: 'Send only what the notice lists.' },
  },
  MATERIAL_NOT_REQUESTED: {
    zh: '补正通知没有要求这些材料：{codes}。',
    en: 'No notice asks for these materials: {codes}.',
    next: { zh: '请只提交通知所列材料。', en: 'Send only what the notice lists.' },
    basis: [cite(onceReform, { article: 11, paragraph: 2 }, { article: 11, paragraph: 3 })],
  },
  SUPPLEMENT_OVERDUE: {
    zh: '补正期限（至 {dueOn}）已过。',
    en: 'The time to supplement ({dueOn}) has run out.',
    next: { zh: '请重新申报。', en: 'File it again.' },
    acts: ['case.submit'],
    basis: [cite(onceReform, { article: 11, paragraph: 2 }, { article: 11, paragraph: 3 })],
  },
  SUPPLEMENT_NOT_OVERDUE: {
    zh: '补正期限（至 {dueOn}）尚未届满[，自 {from} 起方可办理]。',
    en: 'The time to supplement ({dueOn}) has not run out[; it counts as passed from {from}].',
    basis: {
      tolerated: [cite(onceReform, { article: 11, paragraph: 2 })],
      notice: [cite(onceReform, { article: 11, paragraph: 3 })],
      house: [],
    },
  },
  MATERIAL_NOT_TOLERABLE: {
    zh: '这些材料不可容缺：{codes}。',
    en: 'These materials cannot be tolerated as missing: {codes}.',
    next: { zh: '请一次性告知补正。', en: 'Tell the applicant once what is missing.' },
    acts: ['case.supplementNotice'],
    basis: [cite(onceReform, { article: 4, paragraph: 2 }, { article: 11, paragraph: 2 })],
  },
  TOLERATED_LIST_WRONG: {
    zh: '容缺清单须与所缺材料一致，不得多列、漏列；所缺：{missing}。',
    en: 'The tolerated list must be exactly what is missing: {missing}.',
    basis: [cite(onceReform, { article: 11, paragraph: 2 })],
  },
  PLEDGE_REQUIRED: {
    zh: '容缺受理须有申报部门的书面承诺：请填写容缺承诺书。',
    en: "Tolerant acceptance needs the applicant's signed promise.",
  },
  NOTHING_TOLERATED: {
    zh: '该办件没有逾期未补或者补交后仍不符合要求的容缺材料，不能据此撤销受理。',
    en: 'No tolerated material is overdue, or came and does not meet the requirements.',
    basis: [cite(onceReform, { article: 11, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
