import { cite } from '../kernel/citation';
import {
  businessEnvironment,
  onceReform,
  onlineServices,
  supervision,
  type ContractErrorMeanings,
} from '../kernel/laws';

/** What the rules of supervision refuse. */
export const errors = {
  CARD_NOT_DUE: {
    zh: '该期限尚未到亮牌的时候。',
    en: 'No clock of the case has come to that card.',
    basis: [cite(onceReform, { article: 43, item: 5 })],
  },
  CARD_CLOSED: {
    zh: '红黄牌已经裁定。',
    en: 'The card has been ruled on.',
    basis: [cite(supervision, 20)],
  },
  ALREADY_EXPLAINED: {
    zh: '已经作过说明。',
    en: 'The card has its explanation already.',
    basis: [cite(businessEnvironment, 36)],
  },
  ALREADY_APPEALED: {
    zh: '已经提出过申诉。',
    en: 'The card has been appealed against already.',
    basis: [cite(supervision, 20)],
  },
  APPEAL_TOO_LATE: {
    zh: '申诉须在三十日内提出。',
    en: 'An appeal is made within thirty days.',
    basis: [cite(supervision, 20)],
  },
  APPEAL_MISSING: {
    zh: '没有申诉，不予裁定。',
    en: 'There is no appeal to rule on.',
    basis: [cite(supervision, 20)],
  },
  EXEMPTION_UNFOUNDED: {
    zh: '容错免责须同时具备全部五项条件，且以善意为申诉理由。',
    en: 'An exemption needs an appeal in good faith and all five conditions.',
    basis: [cite(onceReform, 46)],
  },
  ORDER_NOT_OPEN: {
    zh: '督办当前不接受此操作。',
    en: 'The supervision order does not take that now.',
    basis: [cite(supervision, 15)],
  },
  EVALUATION_NOT_OPEN: {
    zh: '送达之后才能评价。',
    en: 'A case is evaluated after it was delivered.',
    basis: [cite(onlineServices, 12)],
  },
  EVALUATION_UNEXPLAINED: {
    zh: '差评须说明理由。',
    en: 'A bad evaluation says why.',
    basis: [cite(onlineServices, 12)],
  },
  EVALUATION_GOOD: {
    zh: '不是差评，无须整改答复。',
    en: 'Only a bad evaluation is answered.',
    basis: [cite(onlineServices, 12)],
  },
} satisfies ContractErrorMeanings;
