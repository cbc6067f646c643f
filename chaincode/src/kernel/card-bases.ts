import { cite, citeOutright, citationWords, type Standings } from './citation';
import type { CaseClockKind, OtherClockKind } from './clock-kinds';
import { licensing, onceReform, sharing } from './laws';
import { namesOf, type Vocabulary } from './words';

/**
 * What a card rests on: the article that says what follows where its limit is missed. Where no law says so, the card says
 * that. Liability is never taken over by analogy (参照): the articles of a law of handling stand only for matters for which
 * it is in force.
 */
export const cardBasisWords = {
  licenceNotice: citationWords([
    citeOutright(licensing, { article: 32, paragraph: 1, item: 4 }, { article: 72, item: 4 }),
  ]),
  licenceLimit: citationWords([
    citeOutright(licensing, { article: 74, item: 2 }),
    cite(onceReform, { article: 43, item: 5 }),
  ]),
  limit: citationWords([cite(onceReform, { article: 43, item: 5 })]),
  inspection: citationWords([cite(onceReform, { article: 43, item: 4 })]),
  shareReply: citationWords([cite(sharing, { article: 39, item: 4 })]),
  returnFlow: citationWords([cite(sharing, { article: 39, item: 5 })]),
  challenge: citationWords([cite(sharing, { article: 39, item: 6 })]),
  misuse: citationWords([cite(sharing, { article: 27, paragraph: 2 }, { article: 40, item: 2 })]),
  passedOn: citationWords([cite(sharing, { article: 27, paragraph: 2 }, { article: 40, item: 3 })]),
  disposal: citationWords([cite(sharing, { article: 40, item: 4 })]),
  security: citationWords([cite(sharing, { article: 40, item: 6 })]),
  catalogue: citationWords([cite(sharing, { article: 39, item: 1 })]),
  catalogueReview: citationWords([
    cite(sharing, { article: 17, paragraph: 3 }, { article: 41, item: 3 }),
  ]),
  none: { zh: '未规定罚则', en: 'no sanction named' },
} satisfies Vocabulary;
export const cardBases = namesOf(cardBasisWords);
export type CardBasis = keyof typeof cardBasisWords;

/** Of a matter for which the Zhejiang regulation is in force. No other clock of a case has an article on being missed. */
const ofCases: Readonly<Partial<Record<CaseClockKind, CardBasis>>> = {
  finish: 'limit',
  statutory: 'limit',
  inspect: 'inspection',
};

/** Art 74(2) is about the limit of the law; a promise within it is the Zhejiang regulation's alone. */
const ofLicences: Readonly<Partial<Record<CaseClockKind, CardBasis>>> = {
  reply: 'licenceNotice',
  statutory: 'licenceLimit',
};

/** Of clocks outside cases, where the clock tells it. */
export const otherCardBases = {
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

/** What a card of a case's clock rests on, as the laws of handling stand for its matter. */
export function caseCardBasis(what: CaseClockKind, ofMatter: Standings): CardBasis {
  const applies = (law: keyof Standings) => ofMatter[law] === 'applies';
  const ofLicence = applies('licensing') ? ofLicences[what] : undefined;
  return ofLicence ?? (applies('onceReform') ? ofCases[what] : undefined) ?? 'none';
}
