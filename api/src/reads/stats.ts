import { date, departmentId, namesOf, taskCode, type Vocabulary } from '@yici/domain/model';
import { z } from 'zod';
import { read } from '../definition.js';
import { fileQuery, offered, pageOf, pageQuery, words } from '../shapes.js';

/** What a figure's number is of, as it stands behind it; a share is written in percent. */
export const unitWords = {
  share: { zh: '', en: '' },
  number: { zh: '', en: '' },
  average: { zh: '', en: '' },
  hours: { zh: ' 小时', en: ' hours' },
  days: { zh: ' 日', en: ' days' },
} satisfies Vocabulary;
export const units = namesOf(unitWords);
/** Where the facts come from: the ledger's blocks, or this gateway's own journal. */
export const sourceWords = {
  ledger: { zh: '账本', en: 'ledger' },
  gateway: { zh: '本网关', en: 'gateway' },
} satisfies Vocabulary;
/**
 * What of the facts is taken: those of the days of the period (`flow`); those that hold on its last day (`standing`);
 * how that changed from the day before its first to its last (`change`); or whatever ran in it, up to its end (`running`).
 */
export const scopes = ['flow', 'standing', 'change', 'running'] as const;
/**
 * How a figure is known of the department that it is about: a figure is no better known than the weakest of what it
 * counts. What is declared has been written down and signed, and no act on a case bears it out.
 */
export const knownWords = {
  others: { zh: '由他方签名的行为得出', en: 'from signed acts of others' },
  own: { zh: '由本方的行为得出', en: "from the actor's own acts" },
  declared: { zh: '自行申报', en: 'declared' },
} satisfies Vocabulary;
/** A figure of fewer records is for those alone who may see each of them. */
export const minCount = 3;

/** All that some figure can be split by. */
export const splitWords = {
  applicant: { zh: '申报部门', en: 'applicant' },
  basis: { zh: '依据', en: 'basis' },
  class: { zh: '共享属性', en: 'class of sharing' },
  clock: { zh: '时限种类', en: 'clock' },
  code: { zh: '代码', en: 'code' },
  colour: { zh: '牌', en: 'colour' },
  command: { zh: '命令', en: 'command' },
  dataset: { zh: '政务数据目录项', en: 'data set' },
  department: { zh: '部门', en: 'department' },
  endorsers: { zh: '背书部门数', en: 'endorsers' },
  from: { zh: '移交部门', en: 'from' },
  how: { zh: '方式', en: 'how' },
  kind: { zh: '种类', en: 'kind' },
  level: { zh: '层级', en: 'level' },
  matter: { zh: '事项', en: 'matter' },
  month: { zh: '月份', en: 'month' },
  order: { zh: '处理结果', en: 'order' },
  outcome: { zh: '结果', en: 'outcome' },
  reason: { zh: '事由', en: 'reason' },
  requester: { zh: '需求部门', en: 'requester' },
  role: { zh: '角色', en: 'role' },
  route: { zh: '查询内容', en: 'what was read' },
  rule: { zh: '规则', en: 'rule' },
  ruling: { zh: '复核决定', en: 'ruling' },
  stage: { zh: '阶段', en: 'stage' },
  step: { zh: '环节', en: 'step' },
  subject: { zh: '争议事由', en: 'subject' },
  topic: { zh: '职责主题', en: 'topic' },
  verdict: { zh: '核验结论', en: 'verdict' },
  verifier: { zh: '核验程序', en: 'verifier' },
  version: { zh: '事项版本', en: 'version' },
} as const satisfies Vocabulary;
export const splits = namesOf(splitWords);
export type Split = (typeof splits)[number];

/** What a fact is about: the record to look it up by. */
export const subjectKindWords = {
  case: { zh: '办件', en: 'case' },
  share: { zh: '数据共享', en: 'share' },
  card: { zh: '黄牌、红牌', en: 'card' },
  order: { zh: '督办', en: 'order' },
  audit: { zh: '核验', en: 'audit' },
  dutyRuling: { zh: '职责分工协调', en: 'duty ruling' },
  challenge: { zh: '数据校核', en: 'challenge' },
  dispute: { zh: '共享争议', en: 'dispute' },
  attestation: { zh: '存证', en: 'attestation' },
  oneThing: { zh: '一件事', en: 'one thing' },
  oneThingCase: { zh: '“一件事”办件', en: 'filed one thing' },
  matter: { zh: '事项', en: 'matter' },
  duty: { zh: '职责条目', en: 'duty' },
  calendar: { zh: '工作日历', en: 'calendar' },
  dataset: { zh: '政务数据目录项', en: 'data set' },
  department: { zh: '部门', en: 'department' },
  dutyOverlap: { zh: '职责交叉', en: 'overlap of duties' },
  review: { zh: '事项复核', en: 'review' },
  transaction: { zh: '交易', en: 'transaction' },
  route: { zh: '查询内容', en: 'what was read' },
} as const satisfies Vocabulary;
export const subjectKinds = namesOf(subjectKindWords);
export type SubjectKind = (typeof subjectKinds)[number];

/** A measure as the catalogue shows it. */
export const measureView = z.strictObject({
  id: z.string(),
  requirements: z.array(z.number().int()).describe('Rows of the requirements that it measures.'),
  name: words,
  unit: z.enum(units),
  source: z
    .enum(namesOf(sourceWords))
    .describe('The ledger’s blocks, or this gateway’s own journal.'),
  scope: z
    .enum(scopes)
    .describe(
      'Of the days of the period; as things stand on its last day; how that changed; or of what ran in it.',
    ),
  known: z
    .enum(namesOf(knownWords))
    .describe('From signed acts of others; from the acts of whom it is about; or declared.'),
  headline: z.boolean().describe('Whether it is among the few that stand for the reform.'),
  calculation: z.enum(['ratio', 'percentiles', 'sum', 'since', 'departments']),
  definition: words,
  law: words.nullable(),
  splits: z.array(z.string()).describe('What `by` takes.'),
});
export type MeasureView = z.output<typeof measureView>;

export const figureView = z.strictObject({
  group: z.string().nullable(),
  name: words.nullable().describe('Of a department or matter.'),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  value: z
    .number()
    .nullable()
    .describe('Null when there is nothing to divide by; P50 of percentiles.'),
  p90: z.number().nullable(),
  facts: z.number().int().nullable().describe('How many records it counts.'),
  withheld: z
    .boolean()
    .describe(
      `Of fewer than ${String(minCount)} records, not all of which the caller may see: every number is null.`,
    ),
});

/** A figure, and its groups. */
export const figuresView = z.strictObject({
  measure: measureView,
  from: date,
  to: date,
  department: z.string().nullable(),
  matter: z.string().nullable(),
  by: z.string().nullable(),
  block: z
    .number()
    .int()
    .nullable()
    .describe('The newest block it was computed from; null when the source is the gateway.'),
  figure: figureView,
  groups: z.array(figureView),
});
export type FiguresView = z.output<typeof figuresView>;

const behindView = z.strictObject({
  kind: z.enum(subjectKinds),
  id: z.string(),
  department: z.string().nullable(),
  day: date,
  until: date.nullable(),
  open: z.boolean(),
  of: z.number(),
  per: z.number().nullable(),
  labels: z.record(z.string(), z.string()),
  names: z
    .array(z.strictObject({ label: z.string(), name: words }))
    .describe('What the values of those labels are called that have a name.'),
});

/** One page of the records behind a figure. */
export const behindPage = pageOf(behindView).extend({
  total: z.number().int().describe('Records behind the figure.'),
  notShown: z.number().int().describe('Those that the caller may not see by name.'),
  withheld: z
    .boolean()
    .describe('They are so few that only those are counted which the caller may see.'),
  block: z.number().int().nullable(),
});
export type BehindPage = z.output<typeof behindPage>;

const params = { measure: z.string().regex(/^[a-z0-9-]{1,64}$/) };

const selection = {
  from: offered(
    date.optional().describe('First day, Asia/Shanghai; 1 January of the last day’s year.'),
    '--from <day>',
    { zh: '首日，缺省为当年一月一日', en: 'first day (default: 1 January)' },
  ),
  to: offered(date.optional().describe('Last day, both included; today.'), '--to <day>', {
    zh: '末日，缺省为今日',
    en: 'last day (default: today)',
  }),
  department: offered(departmentId.optional(), '--department <id>', {
    zh: '只计一个部门',
    en: 'of one department',
  }),
  matter: offered(
    taskCode.optional().describe('Task code, or the code of a one thing.'),
    '--matter <taskCode>',
    { zh: '只计一个事项', en: 'of one matter' },
  ),
  by: offered(z.enum(splits).optional(), '--by <split>', {
    zh: '分列方式，见 yici stats list',
    en: 'split, as `stats list` says',
  }),
  ...fileQuery,
};

/** The figures of the reform: every member is shown the same, but for figures of a few records; and the records behind each. */
export const statsReads = {
  'stats.list': read({
    path: '/v1/stats',
    summary: { zh: '改革成效指标目录', en: 'The catalogue of figures, with their definitions' },
    answer: z.strictObject({ items: z.array(measureView) }),
    concerns: 'members',
  }),
  'stats.get': read({
    path: '/v1/stats/{measure}',
    summary: {
      zh: '查询指标：分子、分母、数值，可按部门、事项、月份等分列',
      en: 'A figure: numerator, denominator and value, of the whole and by group',
    },
    params,
    query: selection,
    answer: figuresView,
    alsoProduces: ['text/csv'],
    concerns: 'members',
  }),
  'stats.records': read({
    path: '/v1/stats/{measure}/cases',
    summary: {
      zh: '指标背后的办件和其他记录（只列出有权查看的）',
      en: 'The records behind a figure: those that the caller may see, and how many are not shown',
    },
    params,
    query: {
      ...selection,
      ...pageQuery,
      counted: offered(
        z
          .enum(['yes', 'no'])
          .optional()
          .describe('Only what adds to the numerator, or only what does not.'),
        '--counted <yes|no>',
        { zh: '只列计入分子的或者未计入的', en: 'those that count, or those that do not' },
      ),
      group: offered(
        z.string().min(1).max(200).optional().describe('With `by`: one group.'),
        '--group <name>',
        { zh: '只列一组（配合 --by）', en: 'one group, with --by' },
      ),
    },
    answer: behindPage,
    alsoProduces: ['text/csv'],
    concerns: 'concerned',
    journal: { record: ['id'], departments: ['department'] },
  }),
};
