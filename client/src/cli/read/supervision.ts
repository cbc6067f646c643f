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
  { title: { zh: '牌编号', en: 'card' }, value: (row) => row.cardId },
  { title: { zh: '颜色', en: 'colour' }, value: (row) => cardColourWords[row.colour] },
  { title: labels.department, value: (row, say) => say.nameOf('department', row.department) },
  { title: labels.due, value: ({ clock }) => dueText(clock.dueOn, clock.dueAt) },
  { title: labels.basis, value: (row) => row.basis && cardBasisWords[row.basis] },
  {
    title: { zh: '情况说明', en: 'explained' },
    value: (row) => row.explanation && explanationWords[row.explanation.code],
  },
  {
    title: { zh: '说明方式', en: 'explained to' },
    value: (row) => row.explainTo && explanationReachWords[row.explainTo],
  },
  {
    title: { zh: '申请复核', en: 'review' },
    value: (row) => row.appeal && appealGroundWords[row.appeal.ground],
  },
  {
    title: { zh: '复核决定', en: 'decision' },
    value: (row) => row.ruling && cardRulingWords[row.ruling.outcome],
  },
  {
    title: { zh: '待办', en: 'waits for' },
    value: (row, say) => say.list(waitsOfCard(row).map((what) => cardWaitWords[what])),
  },
];
const explanationColumns: readonly Column<PublicExplanation>[] = [
  { title: labels.matter, value: ({ matter }) => matter.name ?? matter.code, max: 40 },
  { title: labels.department, value: ({ department }) => department.name ?? department.id },
  { title: labels.due, value: (row) => row.dueOn },
  { title: { zh: '逾期日数', en: 'days late' }, value: daysLateText },
  { title: labels.basis, value: ({ limit }) => limit.basis, max: 40 },
  {
    title: { zh: '说明', en: 'explanation' },
    value: (row) => row.text ?? { zh: '未附公开文本', en: 'no text for the public' },
  },
  { title: { zh: '说明日期', en: 'explained on' }, value: (row) => row.explainedOn },
];

function daysLateText({ daysLate, goesOn }: PublicExplanation, say: Say): string {
  const days = String(daysLate);
  return goesOn ? say.aside(days, { zh: '未办结', en: 'goes on' }) : days;
}

const orderColumns: readonly Column<OrderRecord>[] = [
  { title: { zh: '督办编号', en: 'order' }, value: (row) => row.orderId },
  { title: labels.department, value: (row, say) => say.nameOf('department', row.department) },
  { title: { zh: '事由', en: 'subject' }, value: (row) => row.subject, max: 40 },
  { title: labels.due, value: (row) => row.dueOn },
  { title: labels.state, value: (row) => orderStatusWords[row.status] },
  {
    title: { zh: '督办依据', en: 'mandate' },
    value: ({ mandate }, say) => mandate && `${say(mandateWords[mandate.by])} ${mandate.number}`,
    max: 40,
  },
  { title: { zh: '复核', en: 'review' }, value: reviewText },
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
  { title: labels.caseNo, value: (row) => row.caseNo },
  { title: labels.owner, value: (row, say) => say.nameOf('department', row.owner) },
  { title: { zh: '评价', en: 'score' }, value: (row) => scoreText(row.score) },
  {
    title: { zh: '整改答复', en: 'answered' },
    value: (row) => row.answer && localTime(row.answer.at),
  },
  { title: { zh: '追评', en: 'follow-up' }, value: (row) => scoreText(row.followUp?.score) },
];
const urgeColumns: readonly Column<UrgeRecord>[] = [
  { title: labels.caseNo, value: (row) => row.caseNo },
  {
    title: { zh: '被催办部门', en: 'to' },
    value: (row, say) => say.nameOf('department', row.department),
  },
  { title: { zh: '催办人', en: 'by' }, value: (row) => row.by.user },
  { title: { zh: '内容', en: 'note' }, value: (row) => row.note, max: 40 },
  { title: labels.at, value: (row) => localTime(row.at) },
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
