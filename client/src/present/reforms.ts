import {
  departedWords,
  successionPartWords,
  type CaseRecord,
  type DepartmentRecord,
  type Departure,
  type ReformRecord,
} from '@yici/domain/model';
import { renderFields, type Column, type Say } from '@yici/terminal';
import { departmentColumns } from './registry.js';
import { labels, rowFields, section } from './words.js';

const receiver = { zh: '接收部门', en: 'to' };
const decision = { zh: '决定', en: 'by' };
const from = { zh: '自', en: 'from' };

const departureColumns: readonly Column<Departure>[] = [
  { title: { zh: '移出', en: 'leaves' }, value: ({ of }) => departedWords[of] },
  { title: { zh: '编码', en: 'id' }, value: ({ id }) => id },
  { title: receiver, value: ({ to }, say) => say.nameOf('department', to) },
  { title: from, value: ({ on }) => on },
  { title: { zh: '至', en: 'until' }, value: ({ until }) => until },
  {
    title: decision,
    value: ({ decision: { number }, reformId }) => `${number} ${reformId}`,
  },
];

type FormerName = NonNullable<DepartmentRecord['formerNames']>[number];
const formerNameColumns: readonly Column<FormerName>[] = [
  { title: { zh: '原名', en: 'former name' }, value: ({ name }) => name },
  { title: { zh: '用至（不含）', en: 'until' }, value: ({ until }) => until },
  { title: decision, value: ({ reformId }) => reformId },
];

/** A department with its names from before, and with what left it and who has that now. */
export function presentDepartment(record: DepartmentRecord, say: Say): string[] {
  const next = record.renames?.map(({ name, on }) => say.aside(name, on)) ?? [];
  return [
    `${say(labels.department)} ${record.id}`,
    ...renderFields(
      [
        ...rowFields(departmentColumns.slice(1), record, say),
        [{ zh: '将更名', en: 'new name' }, say.facts(next)],
      ],
      say,
    ),
    ...section(formerNameColumns, record.formerNames, say),
    ...section(departureColumns, record.left, say),
  ];
}

export const reformColumns: readonly Column<ReformRecord>[] = [
  { title: labels.number, value: ({ reformId }) => reformId },
  {
    title: { zh: '决定文号', en: 'decision' },
    value: (record) => record.decision.document.number,
  },
  { title: { zh: '决定机关', en: 'organ' }, value: (record) => record.decision.organ },
  { title: { zh: '生效日期', en: 'takes effect' }, value: ({ effectiveOn }) => effectiveOn },
  {
    title: { zh: '确认后生效', en: 'in force from' },
    value: ({ inForceFrom }) => inForceFrom ?? unconfirmed,
  },
  { title: { zh: '变动（项）', en: 'changes' }, value: ({ changes }) => changes.length },
];

const unconfirmed = { zh: '待确认', en: 'not confirmed yet' };

type Change = ReformRecord['changes'][number];
const changeColumns: readonly Column<Change>[] = [
  {
    title: { zh: '变动', en: 'change' },
    value: (one) =>
      one.kind === 'rename' ? { zh: '更名', en: 'new name' } : departedWords[one.kind],
  },
  {
    title: labels.department,
    value: ({ department }, say) => say.nameOf('department', department),
  },
  { title: { zh: '名称和编码', en: 'what' }, value: whatOf },
  {
    title: { zh: '接收部门或者新名称', en: 'to' },
    value: (one, say) => (one.kind === 'rename' ? one.name : say.nameOf('department', one.to)),
  },
];

function whatOf(one: Change, say: Say): string | undefined {
  if (one.kind === 'matter') return say.withId('matter', one.taskCode);
  if (one.kind === 'duty') return one.code;
  return one.kind === 'dataset' ? say.withId('dataset', one.datasetId) : undefined;
}

export function presentReform(record: ReformRecord, say: Say): string[] {
  const { title, number, digest } = record.decision.document;
  return [
    `${say({ zh: '机构改革', en: 'reorganisation' })} ${record.reformId}`,
    ...renderFields(
      [
        [{ zh: '决定机关', en: 'decided by' }, record.decision.organ],
        [{ zh: '文件', en: 'document' }, `${number} ${title}`],
        [{ zh: '文件校验值', en: 'digest' }, digest],
        [{ zh: '生效日期', en: 'takes effect' }, record.effectiveOn],
        [{ zh: '登记人', en: 'registered by' }, record.registeredBy.user],
        [
          { zh: '确认人', en: 'confirmed by' },
          say.list(record.confirmations.map(({ by }) => by.user)),
        ],
        [{ zh: '确认后生效', en: 'in force from' }, record.inForceFrom ?? unconfirmed],
      ],
      say,
    ),
    ...section(changeColumns, record.changes, say),
  ];
}

type Succession = NonNullable<CaseRecord['successions']>[number];
const successionColumns: readonly Column<Succession>[] = [
  { title: { zh: '承继', en: 'succession' }, value: ({ part }) => successionPartWords[part] },
  { title: labels.step, value: ({ step }, say) => step && say.withId('step', step) },
  {
    title: { zh: '移出部门', en: 'from' },
    value: (one, say) => say.nameOf('department', one.from),
  },
  { title: receiver, value: ({ to }, say) => say.nameOf('department', to) },
  { title: { zh: '生效日期', en: 'since' }, value: ({ on }) => on },
  { title: decision, value: ({ reformId }) => reformId },
];

/** What reorganisations gave to other departments in a case; empty when nothing was. */
export const presentSuccessions = ({ successions }: CaseRecord, say: Say): string[] =>
  section(successionColumns, successions, say);
