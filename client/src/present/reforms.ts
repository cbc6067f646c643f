import {
  departedWords,
  successionPartWords,
  type CaseRecord,
  type DepartmentRecord,
  type Departure,
  type ReformRecord,
} from '@yici/domain/model';
import { renderFields, renderTable, type Column } from '../terminal/table.js';
import { departmentColumns } from './registry.js';
import { worded } from './words.js';

const departureColumns: readonly Column<Departure>[] = [
  { title: '移出 leaves', value: ({ of }) => worded(departedWords, of) },
  { title: '编码 id', value: ({ id }) => id },
  { title: '接收 to', value: ({ to }) => to },
  { title: '自 from', value: ({ on }) => on },
  { title: '至 until', value: ({ until }) => until },
  { title: '决定 by', value: ({ decision, reformId }) => `${decision.number} ${reformId}` },
];

type FormerName = NonNullable<DepartmentRecord['formerNames']>[number];
const formerNameColumns: readonly Column<FormerName>[] = [
  { title: '原名 former name', value: ({ name }) => `${name.zh} ${name.en}` },
  { title: '用至（不含） until', value: ({ until }) => until },
  { title: '决定 by', value: ({ reformId }) => reformId },
];

const tableOf = <T>(columns: readonly Column<T>[], rows: readonly T[] = []): string[] =>
  rows.length === 0 ? [] : ['', ...renderTable(columns, rows)];

/** A department with its names from before, and with what left it and who has that now. */
export function presentDepartment(record: DepartmentRecord): string[] {
  const next = record.renames?.map(({ name, on }) => `${name.zh}（${on}）`).join('；') || undefined;
  return [
    `部门 department ${record.id}`,
    ...renderFields([
      ...departmentColumns.slice(1).map(({ title, value }) => [title, value(record)] as const),
      ['将更名 new name', next],
    ]),
    ...tableOf(formerNameColumns, record.formerNames),
    ...tableOf(departureColumns, record.left),
  ];
}

export const reformColumns: readonly Column<ReformRecord>[] = [
  { title: '编号 id', value: ({ reformId }) => reformId },
  { title: '决定 decision', value: ({ decision }) => decision.document.number },
  { title: '机关 organ', value: ({ decision }) => decision.organ },
  { title: '生效 takes effect', value: ({ effectiveOn }) => effectiveOn },
  { title: '已确认，自 in force from', value: ({ inForceFrom }) => inForceFrom },
  { title: '变动 changes', value: ({ changes }) => changes.length },
];

type Change = ReformRecord['changes'][number];
const changeColumns: readonly Column<Change>[] = [
  {
    title: '变动 change',
    value: (one) => (one.kind === 'rename' ? '更名 new name' : worded(departedWords, one.kind)),
  },
  { title: '部门 department', value: ({ department }) => department },
  { title: '编码 id', value: idOf },
  { title: '接收/新名 to', value: (one) => (one.kind === 'rename' ? one.name.zh : one.to) },
];

function idOf(one: Change): string | undefined {
  if (one.kind === 'matter') return one.taskCode;
  if (one.kind === 'duty') return one.code;
  return one.kind === 'dataset' ? one.datasetId : undefined;
}

export function presentReform(record: ReformRecord): string[] {
  const { title, number, digest } = record.decision.document;
  return [
    `机构改革 reorganisation ${record.reformId}`,
    ...renderFields([
      ['决定机关 decided by', record.decision.organ],
      ['文件 document', `${number} ${title}`],
      ['文件摘要 digest', digest],
      ['生效日期 takes effect', record.effectiveOn],
      ['登记 registered by', record.registeredBy.user],
      ['确认 confirmed by', record.confirmations.map(({ by }) => by.user).join(', ')],
      ['自 in force from', record.inForceFrom ?? '待确认 not confirmed yet'],
    ]),
    ...tableOf(changeColumns, record.changes),
  ];
}

type Succession = NonNullable<CaseRecord['successions']>[number];
const successionColumns: readonly Column<Succession>[] = [
  { title: '承继 succession', value: ({ part }) => worded(successionPartWords, part) },
  { title: '环节 step', value: ({ step }) => step },
  { title: '自 from', value: ({ from }) => from },
  { title: '至 to', value: ({ to }) => to },
  { title: '生效 since', value: ({ on }) => on },
  { title: '决定 by', value: ({ reformId }) => reformId },
];

/** What reorganisations gave to other departments in a case; empty when nothing was. */
export const presentSuccessions = ({ successions }: CaseRecord): string[] =>
  tableOf(successionColumns, successions);
