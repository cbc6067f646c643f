import {
  cardBasisWords,
  cardColourWords,
  cardRulingWords,
  cardWaitWords,
  explanationReachWords,
  mandateWords,
  orderStatusWords,
  reviewOutcomeWords,
  waitsOfCard,
  type CardRecord,
  type EvaluationRecord,
  type OrderRecord,
  type UrgeRecord,
  type Words,
} from '@yici/domain/model';
import type { PublicExplanation } from '@yici/api';
import type { Command } from 'commander';
import { localTime } from '../../present/words.js';
import type { Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { addAudits } from './audits.js';
import { addSupervisorReads } from './supervisor-reads.js';
import { lists } from './read.js';

/** The words of a member of a closed list, and its name. */
const named = <K extends string>(words: Readonly<Record<K, Words>>, name: K): string =>
  `${words[name].zh} ${name}`;

const waitsText = (row: CardRecord): string =>
  waitsOfCard(row)
    .map((what) => named(cardWaitWords, what))
    .join(' ');

const cardColumns: readonly Column<CardRecord>[] = [
  { title: '编号 id', value: (row) => row.cardId },
  { title: '颜色 colour', value: (row) => named(cardColourWords, row.colour) },
  { title: '部门 department', value: (row) => row.department },
  { title: '到期 due', value: (row) => row.clock.dueOn },
  { title: '依据 basis', value: (row) => row.basis && cardBasisWords[row.basis].zh },
  { title: '说明 explained', value: (row) => row.explanation?.code },
  {
    title: '说明方式 explained to',
    value: (row) => row.explainTo && named(explanationReachWords, row.explainTo),
  },
  { title: '申请复核 review', value: (row) => row.appeal?.ground },
  {
    title: '复核决定 decision',
    value: (row) => row.ruling && named(cardRulingWords, row.ruling.outcome),
  },
  { title: '待办 waits for', value: waitsText },
];
const explanationColumns: readonly Column<PublicExplanation>[] = [
  { title: '事项 matter', value: ({ matter }) => matter.name?.zh ?? matter.code, max: 40 },
  { title: '部门 department', value: ({ department }) => department.name?.zh ?? department.id },
  { title: '到期 due', value: (row) => row.dueOn },
  {
    title: '超期日数 days late',
    value: ({ daysLate, goesOn }) => `${daysLate}${goesOn ? '（未办结 goes on）' : ''}`,
  },
  { title: '依据 basis', value: ({ limit }) => limit.basis.zh, max: 40 },
  { title: '说明 explanation', value: (row) => row.text ?? '未附公开文本 no text for the public' },
  { title: '说明日 explained on', value: (row) => row.explainedOn },
];
const orderColumns: readonly Column<OrderRecord>[] = [
  { title: '编号 id', value: (row) => row.orderId },
  { title: '部门 department', value: (row) => row.department },
  { title: '事由 subject', value: (row) => row.subject, max: 40 },
  { title: '到期 due', value: (row) => row.dueOn },
  { title: '状态 status', value: (row) => named(orderStatusWords, row.status) },
  {
    title: '督查事项依据 mandate',
    value: ({ mandate }) => mandate && `${mandateWords[mandate.by].zh} ${mandate.number}`,
    max: 40,
  },
  { title: '复核 review', value: reviewText },
];

/** How far the review of the last contested conclusion is: its decision, or the day by which it is due. */
function reviewText({ replies }: OrderRecord): string | undefined {
  const review = replies.flatMap((reply) => reply.review ?? []).at(-1);
  if (review?.decision !== undefined) return named(reviewOutcomeWords, review.decision.outcome);
  return review && `待作出复核决定 decide by ${review.decideBy}`;
}

const evaluationColumns: readonly Column<EvaluationRecord>[] = [
  { title: '办件 case', value: (row) => row.caseNo },
  { title: '实施主体 owner', value: (row) => row.owner },
  { title: '评分 score（1 最好 best）', value: (row) => row.score },
  { title: '整改答复 answered', value: (row) => row.answer && localTime(row.answer.at) },
  { title: '追评 follow-up', value: (row) => row.followUp?.score },
];
const urgeColumns: readonly Column<UrgeRecord>[] = [
  { title: '办件 case', value: (row) => row.caseNo },
  { title: '被催办 to', value: (row) => row.department },
  { title: '催办 by', value: (row) => row.by.user },
  { title: '内容 note', value: (row) => row.note, max: 40 },
  { title: '时间 at', value: (row) => localTime(row.at) },
];

/** Lists of supervision records; the commands come from the registry. */
export function addSupervisionReads(group: Command, terminal: Terminal): void {
  lists(group.command('cards'), terminal, {
    read: 'cards.list',
    columns: cardColumns,
    description: '黄牌、红牌 warning cards, newest first',
    example: 'yici supervise cards --waits explanation --department finance',
  });
  lists(group.command('explanations'), terminal, {
    read: 'explanations.list',
    columns: explanationColumns,
    description: '向社会公开的逾期说明 why limits were missed, as anybody may read it',
    example: 'yici supervise explanations --limit 20',
  });
  lists(group.command('orders'), terminal, {
    read: 'orders.list',
    columns: orderColumns,
    description: '督办 supervision orders, newest first',
    example: 'yici supervise orders --status open',
  });
  lists(group.command('evaluations'), terminal, {
    read: 'evaluations.list',
    columns: evaluationColumns,
    description: '好差评 evaluations, newest first',
    example: 'yici supervise evaluations',
  });
  lists(group.command('urges'), terminal, {
    read: 'urges.list',
    columns: urgeColumns,
    description: '催办 reminders, newest first',
    example: 'yici supervise urges',
  });
  addAudits(group, terminal);
  addSupervisorReads(group, terminal);
}
