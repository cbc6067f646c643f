import {
  basisWords,
  cardBasisWords,
  cardClockWords,
  cardColourWords,
  cite,
  explanationReachWords,
  laws,
  mandateWords,
  type CardRecord,
  type OrderRecord,
  type Words,
} from '@yici/domain/model';
import { issuedDigest, type PaperCode } from './code.js';
import { paperFields } from './fields.js';
import { paperWords } from './kinds.js';
import {
  daysIn,
  signedBy,
  written,
  type Language,
  type RecordedPaper,
  type Sources,
} from './paper.js';

interface IssuedSources extends Sources {
  /** The transaction that issued it, and its block. */
  readonly issued: Required<Pick<PaperCode, 'txId' | 'block'>>;
}

export interface OrderPaperSources extends IssuedSources {
  readonly order: OrderRecord;
}
export interface CardPaperSources extends IssuedSources {
  readonly card: CardRecord;
  /** What the matter calls the step whose limit it is about. */
  readonly step?: Words | undefined;
}

const noSeal = { sealSystem: '', sealDigest: '', sealEvidence: '' };

/** What an order was issued with; replies and conclusions come later and are not on it. */
export function orderPaper(sources: OrderPaperSources): RecordedPaper {
  const { order, lang, nameOf, genesis } = sources;
  const { orderId, department, caseNo, subject, document, mandate, limit, dueOn } = order;
  const { issuedBy, issuedAt } = order;
  const fields = paperFields.order.parse({
    ...{ title: paperWords.order[lang], number: orderId, ...noSeal },
    ...signedBy(sources, issuedBy, issuedAt),
    to: nameOf(department)[lang],
    law: basisWords([cite(laws.supervision, 11, 14)])[lang],
    ...{ subject, caseNo: caseNo ?? '', days: daysIn(limit), dueOn: written(lang, dueOn) },
    mandate: mandate === undefined ? '' : mandateWords[mandate.by][lang],
    mandateNumber: mandate?.number ?? '',
    document: document.digest,
  });
  const digest = issuedDigest('order', order);
  const code: PaperCode = { of: 'order', id: orderId, digest, genesis, ...sources.issued };
  return { kind: 'order', lang, fields, code, at: issuedAt };
}

/** What a card was raised with; what is said to it comes later and is not on it. */
export function cardPaper(sources: CardPaperSources): RecordedPaper {
  const { card, lang, nameOf, genesis } = sources;
  const { cardId, department, colour, clock, basis, raisedBy, raisedAt } = card;
  const law = basis === undefined ? '' : cardBasisWords[basis][lang];
  const step = sources.step?.[lang] ?? clock.step;
  const fields = paperFields.card.parse({
    ...{ title: cardColourWords[colour][lang], number: cardId, ...noSeal, law },
    ...signedBy(sources, raisedBy, raisedAt),
    ...{ to: nameOf(department)[lang], red: colour === 'red', subject: subjectOf(card) },
    clock: cardClockWords[clock.what][lang] + (step === undefined ? '' : `（${step}）`),
    ...{ startedOn: written(lang, clock.startedOn), dueOn: written(lang, clock.dueOn) },
    days: String(clock.limitDays),
    ...explainedBy(card, lang),
  });
  const digest = issuedDigest('card', card);
  const code: PaperCode = { of: 'card', id: cardId, digest, genesis, ...sources.issued };
  return { kind: 'card', lang, fields, code, at: raisedAt };
}

const subjectOf = ({ caseNo, shareId, rulingId, datasetId, review }: CardRecord): string =>
  caseNo ?? shareId ?? rulingId ?? datasetId ?? review?.taskCode ?? '';

const explainedBy = ({ explainBy, explainTo }: CardRecord, lang: Language) => ({
  explainBy: explainBy === undefined ? '' : written(lang, explainBy),
  explainTo: explainTo === undefined ? '' : explanationReachWords[explainTo][lang],
});
