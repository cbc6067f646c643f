import { cite } from '../kernel/citation';
import {
  evaluationOpinions,
  evaluationPlan,
  onceReform,
  supervision,
  type ContractErrorMeanings,
} from '../kernel/laws';

/** What the rules of supervision refuse. */
export const errors = {
  CARD_NOT_DUE: {
    zh: '尚未达到亮牌条件，到期日见详情。',
    en: 'No clock has come to that card; the details say what is due when.',
  },
  CARD_CLOSED: {
    zh: '该牌已作出复核决定。',
    en: 'The card has been reviewed.',
  },
  ALREADY_EXPLAINED: {
    zh: '已经作过说明。',
    en: 'The explanation is there already.',
  },
  PUBLIC_TEXT_UNFIT: {
    zh: '须公开说明理由的红牌应当附公开文本（publicText），其他的不附；公开文本任何人可见，不写办件编号。',
    en: 'A card that is explained in public needs a text for the public (publicText), and no other takes one; anybody may read it, so it does not name the case.',
  },
  ALREADY_APPEALED: {
    zh: '已经申请过复核，复核只能申请一次。',
    en: 'A review has been asked for already; it is asked for once.',
  },
  APPEAL_TOO_LATE: {
    zh: '申请复核的期限已过：须自收到之日起三十日内提出（红黄牌参照此期限）。',
    en: 'The time to ask for a review is over: thirty days from receipt (for a card by analogy).',
    basis: { order: [cite(supervision, 17)], card: [] },
  },
  APPEAL_MISSING: {
    zh: '尚未收到复核申请，或者已作出复核决定。',
    en: 'There is no request for a review that waits for a decision.',
    basis: { order: [cite(supervision, 17)], card: [] },
  },
  EXEMPTION_UNFOUNDED: {
    zh: '容错免责须同时具备全部五项条件，且以善意过失为申请复核的理由。',
    en: 'An exemption needs a request for review on the ground of good faith, and all five conditions.',
    basis: [cite(onceReform, 46)],
  },
  ORDER_NOT_OPEN: {
    zh: '该督办当前的状态不能办理此操作，状态见详情。',
    en: 'The supervision order does not take that now; the details say how far it is.',
    basis: [cite(supervision, 14, 18)],
  },
  ORDER_RUNNING: {
    zh: '就该办件对该部门已有未办结的督办，不得重复督办；请在原督办上办理。',
    en: 'That department has an order on that case which is not closed: go on with that one.',
    basis: [cite(supervision, { article: 15, paragraph: 2 })],
  },
  OWN_CAUSE: {
    zh: '不得督办本部门，也不得对本部门的红黄牌或者督查结论作出复核决定；由详情所列部门办理。',
    en: 'No office supervises or reviews itself: the details name the department that does.',
  },
  CONCLUSION_MISSING: {
    zh: '尚无督查结论，不能申请复核；请先回复督办。',
    en: 'There is no conclusion to review yet: reply to the order first.',
    basis: [cite(supervision, 17)],
  },
  EVALUATION_NOT_OPEN: {
    zh: '送达之后才能评价。',
    en: 'A case is evaluated after it was delivered.',
  },
  EVALUATION_UNEXPLAINED: {
    zh: '差评须说明理由。',
    en: 'A bad evaluation says why.',
  },
  EVALUATION_GOOD: {
    zh: '该评价不属于差评，无需整改答复。',
    en: 'Only a bad evaluation is answered.',
    basis: [cite(evaluationOpinions)],
  },
  FOLLOW_UP_NOT_OPEN: {
    zh: '差评经整改答复后可以追评一次：尚未答复，或者已经追评。',
    en: 'A bad evaluation is followed up once, after its answer: it has none yet, or has been followed up.',
    basis: [cite(evaluationPlan)],
  },
} satisfies ContractErrorMeanings;
