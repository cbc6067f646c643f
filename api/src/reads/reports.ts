import { date } from '@yici/domain/model';
import { z } from 'zod';
import { read } from '../definition.js';
import { fileQuery, offered, words } from '../shapes.js';
import { figureView, measureView } from './stats.js';

/** A month `2026-10`, or a year `2026`. */
const periodName = z
  .string()
  .regex(/^20\d\d(-(0[1-9]|1[0-2]))?$/, 'a month 2026-10 or a year 2026');

const periodView = z.strictObject({
  period: periodName,
  from: date,
  to: date,
  block: z
    .number()
    .int()
    .nullable()
    .describe('The last block of its acts; null when the ledger had not begun.'),
  hash: z.string().nullable().describe('Of that block’s header.'),
  final: z.boolean().describe('It is over, and no act of it can come any more.'),
});

const numbers = figureView.omit({ group: true, name: true });
const rowView = z.strictObject({
  group: z.string().nullable().describe('Null for the whole.'),
  name: words.nullable(),
  now: numbers.nullable().describe('Null where the group has no record of the period.'),
  before: numbers.nullable(),
  yearBefore: numbers.nullable(),
});

/** The figures of a month or a year, as they stood at its end, beside those of the period before and of a year before. */
export const reportView = z.strictObject({
  by: z.enum(['department', 'matter']),
  period: periodView,
  before: periodView.nullable().describe('Null when the ledger had not begun.'),
  yearBefore: periodView.nullable().describe('Of a month: the same one of the year before.'),
  figures: z.array(
    z.strictObject({
      measure: measureView,
      rows: z.array(rowView).describe('The whole, then its groups where it is split so.'),
    }),
  ),
  leftOut: z.array(z.strictObject({ id: z.string(), name: words, why: words })),
});
export type ReportView = z.output<typeof reportView>;

/** Reports: what the figures were at the end of a month or a year, the same whenever it is asked. */
export const reportReads = {
  'reports.get': read({
    path: '/v1/reports',
    summary: {
      zh: '月度、年度报告：各项指标按部门或者事项，与上期（环比）、上年同期（同比）对照',
      en: 'The report of a month or a year: every figure by department or matter, beside the period before and the year before',
    },
    query: {
      period: periodName.optional().describe('By default the last month that is over.'),
      by: offered(z.enum(['department', 'matter']).default('department'), '--by <split>', {
        zh: '分列方式',
        en: 'how it is split',
      }),
      ...fileQuery,
    },
    answer: reportView,
    alsoProduces: ['text/csv'],
    concerns: 'members',
  }),
};
