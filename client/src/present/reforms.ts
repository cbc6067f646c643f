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
  [{ zh: '移出', en: 'leaves' }, ({ of }) => departedWords[of]],
  [{ zh: '编码', en: 'id' }, ({ id }) => id],
  [receiver, ({ to }, say) => say.nameOf('department', to)],
  [from, ({ on }) => on],
  [{ zh: '至', en: 'until' }, ({ until }) => until],
  [decision, ({ decision: { number }, reformId }) => `${number} ${reformId}`],
];

type FormerName = NonNullable<DepartmentRecord['formerNames']>[number];
const formerNameColumns: readonly Column<FormerName>[] = [
  [{ zh: '原名', en: 'former name' }, ({ name }) => name],
  [{ zh: '用至（不含）', en: 'until' }, ({ until }) => until],
  [decision, ({ reformId }) => reformId],
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
  [labels.number, ({ reformId }) => reformId],
  [{ zh: '决定文号', en: 'decision' }, (record) => record.decision.document.number],
  [{ zh: '决定机关', en: 'organ' }, (record) => record.decision.organ],
  [{ zh: '生效日期', en: 'takes effect' }, ({ effectiveOn }) => effectiveOn],
  [{ zh: '确认后生效', en: 'in force from' }, ({ inForceFrom }) => inForceFrom ?? unconfirmed],
  [{ zh: '变动（项）', en: 'changes' }, ({ changes }) => changes.length],
];

const unconfirmed = { zh: '待确认', en: 'not confirmed yet' };

type Change = ReformRecord['changes'][number];
const changeColumns: readonly Column<Change>[] = [
  [
    { zh: '变动', en: 'change' },
    (one) => (one.kind === 'rename' ? { zh: '更名', en: 'new name' } : departedWords[one.kind]),
  ],
  [labels.department, ({ department }, say) => say.nameOf('department', department)],
  [{ zh: '名称和编码', en: 'what' }, whatOf],
  [
    { zh: '接收部门或者新名称', en: 'to' },
    (one, say) => (one.kind === 'rename' ? one.name : say.nameOf('department', one.to)),
  ],
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
  [{ zh: '承继', en: 'succession' }, ({ part }) => successionPartWords[part]],
  [labels.step, ({ step }, say) => step && say.withId('step', step)],
  [{ zh: '移出部门', en: 'from' }, (one, say) => say.nameOf('department', one.from)],
  [receiver, ({ to }, say) => say.nameOf('department', to)],
  [{ zh: '生效日期', en: 'since' }, ({ on }) => on],
  [decision, ({ reformId }) => reformId],
];

/** What reorganisations gave to other departments in a case; empty when nothing was. */
export const presentSuccessions = ({ successions }: CaseRecord, say: Say): string[] =>
  section(successionColumns, successions, say);
