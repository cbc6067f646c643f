import {
  waitsOfCard,
  type CardRecord,
  type CardWaits,
  type EvaluationRecord,
  type OrderRecord,
  type UrgeRecord,
} from '@yici/domain/model';
import type { Command } from 'commander';
import { localTime } from '../../present/words.js';
import type { Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { addAudits } from './audits.js';
import { addSupervisorReads } from './supervisor-reads.js';
import { lists } from './read.js';

const colours: Readonly<Record<CardRecord['colour'], string>> = { yellow: '黄牌', red: '红牌' };

const waitsWords: Readonly<Record<CardWaits, string>> = { explanation: '说明', ruling: '裁定' };
const waitsText = (row: CardRecord): string =>
  waitsOfCard(row)
    .map((what) => `${waitsWords[what]} ${what}`)
    .join(' ');

const cardColumns: readonly Column<CardRecord>[] = [
  { title: '编号 id', value: (row) => row.cardId },
  { title: '颜色 colour', value: (row) => `${colours[row.colour]} ${row.colour}` },
  { title: '部门 department', value: (row) => row.department },
  { title: '到期 due', value: (row) => row.clock.dueOn },
  { title: '说明 explained', value: (row) => row.explanation?.code },
  { title: '申诉 appeal', value: (row) => row.appeal?.ground },
  { title: '裁定 ruling', value: (row) => row.ruling?.outcome },
  { title: '待办 waits for', value: waitsText },
];
const orderColumns: readonly Column<OrderRecord>[] = [
  { title: '编号 id', value: (row) => row.orderId },
  { title: '部门 department', value: (row) => row.department },
  { title: '事由 subject', value: (row) => row.subject, max: 40 },
  { title: '到期 due', value: (row) => row.dueOn },
  { title: '状态 status', value: (row) => row.status },
];
const evaluationColumns: readonly Column<EvaluationRecord>[] = [
  { title: '办件 case', value: (row) => row.caseNo },
  { title: '牵头 owner', value: (row) => row.owner },
  { title: '评分 score（1 最好 best）', value: (row) => row.score },
  { title: '整改答复 answered', value: (row) => row.answer && localTime(row.answer.at) },
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
