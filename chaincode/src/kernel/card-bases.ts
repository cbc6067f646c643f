import type { CaseClockKind, OtherClockKind } from './clock-kinds';
import { namesOf, type Vocabulary } from './words';

/**
 * What a card rests on: the article that says what follows where its limit is missed. Where no law says so, the card says
 * that. Liability is never taken over by analogy (参照), so the articles of the Licensing Law stand for licences alone.
 */
export const cardBasisWords = {
  licenceNotice: {
    zh: '《行政许可法》第三十二条第一款第四项、第七十二条第四项',
    en: 'Administrative Licensing Law art 32(4), 72(4)',
  },
  licenceLimit: {
    zh: '《行政许可法》第七十四条第二项；《浙江省保障“最多跑一次”改革规定》第四十三条第五项',
    en: 'Administrative Licensing Law art 74(2); Zhejiang "once at most" regulation art 43(5)',
  },
  limit: {
    zh: '《浙江省保障“最多跑一次”改革规定》第四十三条第五项',
    en: 'Zhejiang "once at most" regulation art 43(5)',
  },
  inspection: {
    zh: '《浙江省保障“最多跑一次”改革规定》第四十三条第四项',
    en: 'Zhejiang "once at most" regulation art 43(4)',
  },
  shareReply: { zh: '《政务数据共享条例》第三十九条第四项', en: 'Order 809 art 39(4)' },
  returnFlow: { zh: '《政务数据共享条例》第三十九条第五项', en: 'Order 809 art 39(5)' },
  challenge: { zh: '《政务数据共享条例》第三十九条第六项', en: 'Order 809 art 39(6)' },
  misuse: {
    zh: '《政务数据共享条例》第二十七条第二款、第四十条第二项',
    en: 'Order 809 art 27(2), 40(2)',
  },
  disposal: { zh: '《政务数据共享条例》第四十条第四项', en: 'Order 809 art 40(4)' },
  catalogue: { zh: '《政务数据共享条例》第三十九条第一项', en: 'Order 809 art 39(1)' },
  catalogueReview: {
    zh: '《政务数据共享条例》第十七条第三款、第四十一条第三项',
    en: 'Order 809 art 17(3), 41(3)',
  },
  none: { zh: '未规定罚则', en: 'no sanction named' },
} satisfies Vocabulary;
export const cardBases = namesOf(cardBasisWords);
export type CardBasis = keyof typeof cardBasisWords;

/** The type of a matter that is a licence (行政许可, GB/T 39046 A.1). */
const licence = '01';

const ofCases = {
  reply: 'none',
  supplement: 'none',
  tolerated: 'none',
  opinion: 'none',
  above: 'none',
  disagreement: 'none',
  finish: 'limit',
  statutory: 'limit',
  procedure: 'none',
  deliver: 'none',
  inspect: 'inspection',
  correct: 'none',
  transfer: 'none',
  ruling: 'none',
} satisfies Readonly<Record<CaseClockKind, CardBasis>>;

/** Art 74(2) is about the limit of the law; a promise within it is the Zhejiang regulation's alone. */
const ofLicences: Readonly<Partial<Record<CaseClockKind, CardBasis>>> = {
  reply: 'licenceNotice',
  statutory: 'licenceLimit',
};

const ofOthers = {
  reply: 'shareReply',
  deliver: 'shareReply',
  answerChallenge: 'challenge',
  mend: 'misuse',
  dispose: 'disposal',
  review: 'none',
  ruling: 'none',
  update: 'catalogue',
  entryReview: 'catalogueReview',
} satisfies Readonly<Record<OtherClockKind, CardBasis>>;

/** What a card of a case's clock rests on; without a type of matter, that of none which is a licence. */
export function caseCardBasis(what: CaseClockKind, matterType: string | undefined): CardBasis {
  return (matterType === licence ? ofLicences[what] : undefined) ?? ofCases[what];
}

/** What a card of a clock outside cases rests on; data that return to a lower level have an item of their own. */
export function otherCardBasis(what: OtherClockKind, returnFlow: boolean): CardBasis {
  return what === 'deliver' && returnFlow ? 'returnFlow' : ofOthers[what];
}
