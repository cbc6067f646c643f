import {
  appealGroundWords,
  cardBasisWords,
  cardColourWords,
  cardRulingWords,
  cardWaitWords,
  explanationReachWords,
  explanationWords,
  mandateWords,
  orderStatusWords,
  reviewOutcomeWords,
  satisfactionWords,
  waitsOfCard,
  type CardRecord,
  type EvaluationRecord,
  type OrderRecord,
  type UrgeRecord,
} from '@yici/domain/model';
import type { PublicExplanation } from '@yici/api';
import { exampleOf, type Column, type Say, type SpokenCommand as Command } from '@yici/terminal';
import { presentCard, presentOrder } from '../../present/supervision.js';
import { dueText, labels, localTime } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import { addAudits } from './audits.js';
import { addSupervisorReads } from './supervisor-reads.js';
import { namesOfCase } from '../names-of-case.js';
import { lists, names, reads } from './read.js';

const cardColumns: readonly Column<CardRecord>[] = [
  [{ zh: '牌编号', en: 'card' }, (row) => row.cardId],
  [{ zh: '颜色', en: 'colour' }, (row) => cardColourWords[row.colour]],
  [labels.department, (row, say) => say.nameOf('department', row.department)],
  [labels.due, ({ clock }) => dueText(clock.dueOn, clock.dueAt)],
  [labels.basis, (row) => row.basis && cardBasisWords[row.basis]],
  [
    { zh: '情况说明', en: 'explained' },
    (row) => row.explanation && explanationWords[row.explanation.code],
  ],
  [
    { zh: '说明方式', en: 'explained to' },
    (row) => row.explainTo && explanationReachWords[row.explainTo],
  ],
  [{ zh: '申请复核', en: 'review' }, (row) => row.appeal && appealGroundWords[row.appeal.ground]],
  [{ zh: '复核决定', en: 'decision' }, (row) => row.ruling && cardRulingWords[row.ruling.outcome]],
  [
    { zh: '待办', en: 'waits for' },
    (row, say) => say.list(waitsOfCard(row).map((what) => cardWaitWords[what])),
  ],
];
const explanationColumns: readonly Column<PublicExplanation>[] = [
  [labels.matter, ({ matter }) => matter.name ?? matter.code, { max: 40 }],
  [labels.department, ({ department }) => department.name ?? department.id],
  [labels.due, (row) => row.dueOn],
  [{ zh: '逾期日数', en: 'days late' }, daysLateText],
  [labels.basis, ({ limit }) => limit.basis, { max: 40 }],
  [
    { zh: '说明', en: 'explanation' },
    (row) => row.text ?? { zh: '未附公开文本', en: 'no text for the public' },
  ],
  [{ zh: '说明日期', en: 'explained on' }, (row) => row.explainedOn],
];

function daysLateText({ daysLate, goesOn }: PublicExplanation, say: Say): string {
  const days = String(daysLate);
  return goesOn ? say.aside(days, { zh: '未办结', en: 'goes on' }) : days;
}

const orderColumns: readonly Column<OrderRecord>[] = [
  [{ zh: '督办编号', en: 'order' }, (row) => row.orderId],
  [labels.department, (row, say) => say.nameOf('department', row.department)],
  [{ zh: '事由', en: 'subject' }, (row) => row.subject, { max: 40 }],
  [labels.due, (row) => row.dueOn],
  [labels.state, (row) => orderStatusWords[row.status]],
  [
    { zh: '督办依据', en: 'mandate' },
    ({ mandate }, say) => mandate && `${say(mandateWords[mandate.by])} ${mandate.number}`,
    { max: 40 },
  ],
  [{ zh: '复核', en: 'review' }, reviewText],
];

/** How far the review of the last contested conclusion is: its decision, or the day by which it is due. */
function reviewText({ replies }: OrderRecord, say: Say): string | undefined {
  const review = replies.flatMap((reply) => reply.review ?? []).at(-1);
  if (review?.decision !== undefined) return say(reviewOutcomeWords[review.decision.outcome]);
  if (review === undefined) return undefined;
  const { decideBy } = review;
  return say({ zh: `待作出复核决定，期限 ${decideBy}`, en: `decide by ${decideBy}` });
}

const scoreText = (score: number | undefined) => score && satisfactionWords[score];

const evaluationColumns: readonly Column<EvaluationRecord>[] = [
  [labels.caseNo, (row) => row.caseNo],
  [labels.owner, (row, say) => say.nameOf('department', row.owner)],
  [{ zh: '评价', en: 'score' }, (row) => scoreText(row.score)],
  [{ zh: '整改答复', en: 'answered' }, (row) => row.answer && localTime(row.answer.at)],
  [{ zh: '追评', en: 'follow-up' }, (row) => scoreText(row.followUp?.score)],
];
const urgeColumns: readonly Column<UrgeRecord>[] = [
  [labels.caseNo, (row) => row.caseNo],
  [{ zh: '被催办部门', en: 'to' }, (row, say) => say.nameOf('department', row.department)],
  [{ zh: '催办人', en: 'by' }, (row) => row.by.user],
  [{ zh: '内容', en: 'note' }, (row) => row.note, { max: 40 }],
  [labels.at, (row) => localTime(row.at)],
];

/** Lists of supervision records; the commands come from the registry. */
export function addSupervisionReads(group: Command, terminal: Terminal): void {
  lists(group.command('cards'), terminal, {
    read: 'cards.list',
    columns: cardColumns,
    description: { zh: '黄牌、红牌', en: 'warning cards, newest first' },
    example: 'yici supervise cards --waits explanation --department finance',
  });
  addCardShow(group, terminal);
  lists(group.command('explanations'), terminal, {
    read: 'explanations.list',
    columns: explanationColumns,
    description: {
      zh: '向社会公开的逾期说明',
      en: 'why limits were missed, as anybody may read it',
    },
    example: 'yici supervise explanations --limit 20',
  });
  lists(group.command('orders'), terminal, {
    read: 'orders.list',
    columns: orderColumns,
    description: { zh: '督办', en: 'supervision orders, newest first' },
    example: 'yici supervise orders --status open',
  });
  addOrderShow(group, terminal);
  lists(group.command('evaluations'), terminal, {
    read: 'evaluations.list',
    columns: evaluationColumns,
    description: { zh: '好差评', en: 'evaluations, newest first' },
    example: 'yici supervise evaluations',
  });
  lists(group.command('urges'), terminal, {
    read: 'urges.list',
    columns: urgeColumns,
    description: { zh: '催办', en: 'reminders, newest first' },
    example: 'yici supervise urges',
  });
  addAudits(group, terminal);
  addSupervisorReads(group, terminal);
}

function addCardShow(group: Command, terminal: Terminal): void {
  const shown = names(group.command('card-show'), 'cards.get').description({
    zh: '黄牌、红牌详情',
    en: 'one warning card',
  });
  reads(shown, terminal, async ({ client, say }, [cardId = '']) => {
    const card = await client.read('cards.get', { cardId });
    const { caseNo } = card;
    const named = caseNo === undefined ? say : say.knowing(await namesOfCase(client, caseNo));
    return { json: card, lines: [...presentCard(card, named), actsLine('card-acts', cardId)] };
  });
  exampleOf(shown, 'yici supervise card-show YC33110000000007-20260302-0001.finish.20260311.red');
}

function addOrderShow(group: Command, terminal: Terminal): void {
  const shown = names(group.command('order-show'), 'orders.get').description({
    zh: '督办详情',
    en: 'one supervision order',
  });
  reads(shown, terminal, async ({ client, say }, [orderId = '']) => {
    const order = await client.read('orders.get', { orderId });
    return { json: order, lines: [...presentOrder(order, say), actsLine('order-acts', orderId)] };
  });
  exampleOf(shown, 'yici supervise order-show ord-1');
}

const actsLine = (verb: string, id: string) => ({
  zh: `可以办理的操作：yici supervise ${verb} ${id}`,
  en: `what can be done: yici supervise ${verb} ${id}`,
});
