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
    zh: '尚未达到亮牌（{colour}，{what}）条件[；可以亮的：{due}]。',
    en: 'No clock ({what}) has come to that card ({colour})[; these have: {due}].',
    next: {
      zh: '[到期时间为 {dueAt}，请届时再亮。]',
      en: '[It is due at {dueAt}: raise it then.]',
    },
  },
  CARD_CLOSED: {
    zh: '{record}已作出复核决定（{outcome}）。',
    en: '{record} has been reviewed ({outcome}).',
  },
  ALREADY_EXPLAINED: {
    zh: '{record}已经作过说明。',
    en: '{record} has its explanation already.',
  },
  PUBLIC_TEXT_UNFIT: {
    zh: '须公开说明理由的红牌应当附公开文本，其他的不附；公开文本任何人可见，不写办件编号。',
    en: 'A card that is explained in public needs a text for the public (publicText), and no other takes one; anybody may read it, so it does not name the case.',
  },
  ALREADY_APPEALED: {
    zh: '{record}已经申请过复核，复核只能申请一次。',
    en: 'A review of {record} has been asked for already; it is asked for once.',
  },
  APPEAL_TOO_LATE: {
    zh: '申请复核的期限（至 {until}）已过：须自收到之日起三十日内提出（红黄牌参照此期限）。',
    en: 'The time to ask for a review ({until}) is over: thirty days from receipt (for a card by analogy).',
    basis: { order: [cite(supervision, 17)], card: [] },
  },
  APPEAL_MISSING: {
    zh: '{record}尚未收到复核申请，或者已作出复核决定。',
    en: 'There is no request for a review of {record} that waits for a decision.',
    acts: ['card.appeal', 'order.askReview'],
    basis: { order: [cite(supervision, 17)], card: [] },
  },
  EXEMPTION_UNFOUNDED: {
    zh: '容错免责须同时具备全部五项条件，且以善意过失为申请复核的理由；本件理由为{ground}[，尚缺条件：{missing}]。',
    en: 'An exemption needs a request for review on the ground of good faith, and all five conditions; the ground is "{ground}"[, missing: {missing}].',
    basis: [cite(onceReform, 46)],
  },
  ORDER_NOT_OPEN: {
    zh: '{record}当前为“{status}”，不能办理此操作[，须在“{allowed}”时办理]。',
    en: '{record} is "{status}" and does not take that now[; it does when: {allowed}].',
    basis: [cite(supervision, 14, 18)],
  },
  ORDER_RUNNING: {
    zh: '[就办件 {caseNo}]对{department}已有未办结的督办（{orderId}），不得重复督办。',
    en: '{department} has an order ({orderId})[ on case {caseNo}] which is not closed.',
    next: { zh: '请在原督办上办理。', en: 'Go on with that one.' },
    acts: ['order.reply', 'order.conclude'],
    basis: [cite(supervision, { article: 15, paragraph: 2 })],
  },
  OWN_CAUSE: {
    zh: '不得督办本部门（{department}），也不得对本部门的红黄牌或者督查结论作出复核决定；应由{expected}（{function}）办理。',
    en: 'No office supervises or reviews itself ({department}): {expected} ({function}) does.',
    next: { zh: '请由{expected}办理。', en: 'Leave it to {expected}.' },
  },
  CONCLUSION_MISSING: {
    zh: '尚无督查结论，不能申请复核；请先回复督办。',
    en: 'There is no conclusion to review yet: reply to the order first.',
    acts: ['order.reply'],
    basis: [cite(supervision, 17)],
  },
  EVALUATION_NOT_OPEN: {
    zh: '{record}当前为“{state}”，送达之后才能评价。',
    en: '{record} is "{state}": it is evaluated after it was delivered.',
  },
  EVALUATION_UNEXPLAINED: {
    zh: '评价为“{score}”的属于差评，须说明理由。',
    en: 'A bad evaluation ({score}) says why.',
  },
  EVALUATION_GOOD: {
    zh: '该评价（{score}）不属于差评，无需整改答复。',
    en: 'Only a bad evaluation is answered; this one is {score}.',
    basis: [cite(evaluationOpinions)],
  },
  FOLLOW_UP_NOT_OPEN: {
    zh: '差评经整改答复后可以追评一次：尚未答复，或者已经追评。',
    en: 'A bad evaluation is followed up once, after its answer: it has none yet, or has been followed up.',
    acts: ['evaluation.answer'],
    basis: [cite(evaluationPlan)],
  },
} satisfies ContractErrorMeanings;
