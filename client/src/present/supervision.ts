import {
  appealGroundWords,
  cardBasisWords,
  cardClockWords,
  cardColourWords,
  cardRulingWords,
  cardWaitWords,
  explanationReachWords,
  explanationWords,
  mandateWords,
  orderStatusWords,
  reviewGroundWords,
  reviewOutcomeWords,
  waitsOfCard,
  type Actor,
  type CardRecord,
  type OrderRecord,
} from '@yici/domain/model';
import { renderFields, type Column, type Field, type Say } from '@yici/terminal';
import { signerText } from './responsibility.js';
import { dueText, labels, lateText, localTime, section, versionText } from './words.js';

interface Act {
  readonly by: Actor;
  readonly at: string;
  readonly late?: boolean | undefined;
}

/** What was said, by whom and when. */
const said = (what: string, { by, at, late = false }: Act, say: Say): string =>
  say.facts([what, signerText(by, say), lateText(localTime(at), late, say)]);

/** What a card is about, as it is looked at. */
function subjectField(card: CardRecord, say: Say): Field {
  const { caseNo, shareId, review, rulingId, datasetId, datasetVersion } = card;
  if (caseNo !== undefined) return [labels.caseNo, caseNo];
  if (shareId !== undefined) return [{ zh: '共享编号', en: 'share' }, shareId];
  if (rulingId !== undefined) return [{ zh: '职责分工协调', en: 'duty ruling' }, rulingId];
  if (review !== undefined) {
    const { taskCode, version } = review;
    return [labels.matter, versionText(say.withId('matter', taskCode), version, say)];
  }
  const dataset = say.withId('dataset', datasetId ?? '');
  const text = datasetVersion === undefined ? dataset : versionText(dataset, datasetVersion, say);
  return [labels.dataset, text];
}

function clockFields({ clock, basis }: CardRecord, say: Say): Field[] {
  const { what, step, startedOn, dueOn, dueAt, limitDays, actedOn } = clock;
  const name = say(cardClockWords[what]);
  const limit = say.workingDays(limitDays);
  return [
    [
      { zh: '期限', en: 'limit' },
      step === undefined ? name : say.aside(name, say.nameOf('step', step)),
    ],
    [{ zh: '起算', en: 'from' }, dueAt === undefined ? say.aside(startedOn, limit) : startedOn],
    [labels.due, dueText(dueOn, dueAt)],
    [{ zh: '办理日期', en: 'done on' }, actedOn],
    [labels.basis, basis && cardBasisWords[basis]],
  ];
}

function answerFields({ explainBy, explainTo, explanation }: CardRecord, say: Say): Field[] {
  return [
    [{ zh: '说明期限', en: 'explain by' }, explainBy],
    [{ zh: '说明方式', en: 'explained to' }, explainTo && explanationReachWords[explainTo]],
    [
      { zh: '情况说明', en: 'explained' },
      explanation && said(say(explanationWords[explanation.code]), explanation, say),
    ],
    [{ zh: '说明校验值', en: 'its digest' }, explanation?.text.digest],
    [{ zh: '公开文本', en: 'text for the public' }, explanation?.publicText],
  ];
}

function reviewFields({ appeal, ruling }: CardRecord, say: Say): Field[] {
  return [
    [
      { zh: '申请复核', en: 'review asked' },
      appeal && said(say(appealGroundWords[appeal.ground]), appeal, say),
    ],
    [{ zh: '复核决定期限', en: 'decide by' }, appeal?.decideBy],
    [
      { zh: '复核决定', en: 'decision' },
      ruling && said(say(cardRulingWords[ruling.outcome]), ruling, say),
    ],
  ];
}

/** A card in full: the limit, and what was said to it. */
export function presentCard(card: CardRecord, say: Say): string[] {
  const { cardId, colour, department, raisedBy, raisedAt } = card;
  const waits = waitsOfCard(card).map((what) => cardWaitWords[what]);
  return [
    `${say(cardColourWords[colour])} ${cardId}`,
    ...renderFields(
      [
        [labels.department, say.nameOf('department', department)],
        subjectField(card, say),
        ...clockFields(card, say),
        [{ zh: '亮牌', en: 'raised' }, say.facts([signerText(raisedBy, say), localTime(raisedAt)])],
        ...answerFields(card, say),
        ...reviewFields(card, say),
        [{ zh: '待办', en: 'waits for' }, say.list(waits)],
      ],
      say,
    ),
  ];
}

type Reply = OrderRecord['replies'][number];

const replyColumns: readonly Column<Reply>[] = [
  [{ zh: '回复', en: 'reply' }, (reply, say) => said('', reply, say)],
  [{ zh: '回复书校验值', en: 'digest' }, ({ document }) => `${document.digest.slice(0, 16)}…`],
  [
    { zh: '结论', en: 'conclusion' },
    ({ conclusion }, say) =>
      conclusion &&
      said(
        say(
          conclusion.satisfied
            ? { zh: '已完成', en: 'satisfied' }
            : { zh: '未完成', en: 'not satisfied' },
        ),
        conclusion,
        say,
      ),
  ],
  [
    { zh: '申请复核', en: 'review asked' },
    ({ review }, say) => review && said(say(reviewGroundWords[review.ground]), review, say),
  ],
  [
    { zh: '复核决定', en: 'decision' },
    ({ review }, say) =>
      review?.decision &&
      said(say(reviewOutcomeWords[review.decision.outcome]), review.decision, say),
  ],
];

/** An order in full, with its replies. */
export function presentOrder(order: OrderRecord, say: Say): string[] {
  const { orderId, department, caseNo, subject, document, mandate, status } = order;
  const { limit, dueOn, issuedBy, issuedAt, replies } = order;
  return [
    `${say({ zh: '督办', en: 'order' })} ${orderId}`,
    ...renderFields(
      [
        [labels.department, say.nameOf('department', department)],
        [labels.caseNo, caseNo],
        [{ zh: '事由', en: 'subject' }, subject],
        [{ zh: '督办单校验值', en: 'digest' }, document.digest],
        [
          { zh: '督办依据', en: 'mandate' },
          mandate && say.facts([mandateWords[mandate.by], mandate.number]),
        ],
        [{ zh: '下达', en: 'issued' }, say.facts([signerText(issuedBy, say), localTime(issuedAt)])],
        [{ zh: '回复期限', en: 'reply by' }, say.aside(dueOn, say.workingDays(limit.value))],
        [labels.state, orderStatusWords[status]],
      ],
      say,
    ),
    ...section(replyColumns, replies, say),
  ];
}
