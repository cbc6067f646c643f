import {
  cardRecord,
  evaluationRecord,
  orderRecord,
  urgeRecord,
  waitsOfCard,
  type CardRecord,
  type CardWaits,
  type EvaluationRecord,
  type OrderRecord,
  type UrgeRecord,
} from '@yici/chaincode/model';
import type { Command } from 'commander';
import { localTime } from '../../present/words.js';
import type { Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { addAudits } from './audits.js';
import { addSupervisorReads } from './supervisor-reads.js';
import { exampleOf, listOf, reads, textOption, withListOptions } from './read.js';

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
  const cards = withListOptions(group.command('cards'))
    .description('黄牌、红牌 warning cards, newest first')
    .option('--case-no <caseNo>', '办件 of one case')
    .option('--share-id <shareId>', '数据共享 of one share')
    .option('--ruling-id <rulingId>', '职责裁定 of one duty ruling')
    .option('--dataset-id <datasetId>', '数据目录项 of one catalogue entry')
    .option('--department <id>', '部门 of one department')
    .option('--colour <colour>', 'yellow, red')
    .option(
      '--waits <what>',
      '尚待说明、尚待裁定的 waiting for: explanation 说明, ruling 裁定（申诉）',
    );
  reads(cards, terminal, ({ client }, _args, values) => {
    const names = ['caseNo', 'shareId', 'rulingId', 'datasetId', 'department', 'colour', 'waits'];
    const query = Object.fromEntries(names.map((name) => [name, textOption(values, name)]));
    return listOf(client, cardRecord, cardColumns, { path: '/v1/cards', query, values });
  });
  exampleOf(cards, 'yici supervise cards --waits explanation --department finance');
  const orders = withListOptions(group.command('orders'))
    .description('督办 supervision orders, newest first')
    .option('--status <status>', 'open, replied, closed');
  reads(orders, terminal, ({ client }, _args, values) => {
    const query = { status: textOption(values, 'status') };
    return listOf(client, orderRecord, orderColumns, { path: '/v1/orders', query, values });
  });
  exampleOf(orders, 'yici supervise orders --status open');
  const evaluations = withListOptions(group.command('evaluations')).description(
    '好差评 evaluations, newest first',
  );
  reads(evaluations, terminal, ({ client }, _args, values) =>
    listOf(client, evaluationRecord, evaluationColumns, { path: '/v1/evaluations', values }),
  );
  exampleOf(evaluations, 'yici supervise evaluations');
  const urges = withListOptions(group.command('urges')).description('催办 reminders, newest first');
  reads(urges, terminal, ({ client }, _args, values) =>
    listOf(client, urgeRecord, urgeColumns, { path: '/v1/urges', values }),
  );
  exampleOf(urges, 'yici supervise urges');
  addAudits(group, terminal);
  addSupervisorReads(group, terminal);
}
