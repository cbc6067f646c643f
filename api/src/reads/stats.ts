import { date, departmentId, namesOf, taskCode, type Vocabulary } from '@yici/domain/model';
import { z } from 'zod';
import { read } from '../definition.js';
import { offered, pageOf, pageQuery, words } from '../shapes.js';

export const units = ['share', 'number', 'average', 'hours', 'days'] as const;
/** Where the facts come from: the ledger's blocks, or this gateway's own journal. */
export const sources = ['ledger', 'gateway'] as const;
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
export const splits = [
  'applicant',
  'basis',
  'class',
  'clock',
  'code',
  'colour',
  'command',
  'dataset',
  'department',
  'endorsers',
  'from',
  'how',
  'kind',
  'level',
  'matter',
  'month',
  'order',
  'outcome',
  'reason',
  'requester',
  'role',
  'route',
  'rule',
  'ruling',
  'stage',
  'step',
  'subject',
  'topic',
  'verdict',
  'verifier',
  'version',
] as const;
export type Split = (typeof splits)[number];

/** What a fact is about: the record to look it up by. */
export const subjectKinds = [
  'case',
  'share',
  'card',
  'order',
  'audit',
  'dutyRuling',
  'challenge',
  'dispute',
  'attestation',
  'oneThing',
  'oneThingCase',
  'matter',
  'duty',
  'calendar',
  'dataset',
  'department',
  'dutyOverlap',
  'review',
  'transaction',
  'route',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** A measure as the catalogue shows it. */
export const measureView = z.strictObject({
  id: z.string(),
  requirements: z.array(z.number().int()).describe('Rows of the requirements that it measures.'),
  name: words,
  unit: z.enum(units),
  source: z.enum(sources).describe('The ledger’s blocks, or this gateway’s own journal.'),
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
    '首日，缺省为当年一月一日 first day; 1 January unless told',
  ),
  to: offered(
    date.optional().describe('Last day, both included; today.'),
    '--to <day>',
    '末日，缺省为今日 last day; today unless told',
  ),
  department: offered(
    departmentId.optional(),
    '--department <id>',
    '只计一个部门 of one department',
  ),
  matter: offered(
    taskCode.optional().describe('Task code, or the code of a one thing.'),
    '--matter <taskCode>',
    '只计一个事项 of one matter',
  ),
  by: offered(
    z.enum(splits).optional(),
    '--by <split>',
    '分列：month、department 等 split, as `stats list` says',
  ),
  format: z.enum(['json', 'csv']).optional().describe('Also by `Accept: text/csv`.'),
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
        '只列计入分子的或者未计入的 those that count, or those that do not',
      ),
      group: offered(
        z.string().min(1).max(200).optional().describe('With `by`: one group.'),
        '--group <name>',
        '只列一组（配合 --by） one group, with --by',
      ),
    },
    answer: behindPage,
    alsoProduces: ['text/csv'],
    concerns: 'concerned',
    journal: { record: ['id'], departments: ['department'] },
  }),
};
