import type { Command } from 'commander';
import { z } from 'zod';
import { ClientError } from '../../errors.js';
import type { Query, YiciClient } from '../../api/client.js';
import { renderFields, renderTable, type Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import {
  exampleOf,
  reads,
  textOption,
  withListOptions,
  type ReadValues,
  type Shown,
} from './read.js';

const words = z.object({ zh: z.string(), en: z.string() });
const measureSchema = z.object({
  id: z.string(),
  requirements: z.array(z.number()),
  name: words,
  unit: z.enum(['share', 'number', 'average', 'hours', 'days']),
  source: z.enum(['ledger', 'gateway']),
  scope: z.enum(['flow', 'standing', 'change']),
  calculation: z.enum(['ratio', 'percentiles', 'sum', 'since']),
  definition: words,
  law: z.string().nullable(),
  splits: z.array(z.string()),
});
type Measure = z.infer<typeof measureSchema>;

const figureSchema = z.object({
  group: z.string().nullable(),
  name: words.nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  value: z.number().nullable(),
  p90: z.number().nullable(),
  facts: z.number().nullable(),
  withheld: z.boolean().default(false),
});
type Figure = z.infer<typeof figureSchema>;

const figuresSchema = z.object({
  measure: measureSchema,
  from: z.string(),
  to: z.string(),
  department: z.string().nullable(),
  matter: z.string().nullable(),
  by: z.string().nullable(),
  block: z.number().nullable(),
  figure: figureSchema,
  groups: z.array(figureSchema),
});
type Figures = z.infer<typeof figuresSchema>;

const behindSchema = z.object({
  kind: z.string(),
  id: z.string(),
  department: z.string().nullable(),
  day: z.string(),
  until: z.string().nullable(),
  open: z.boolean(),
  of: z.number(),
  per: z.number().nullable(),
  labels: z.record(z.string(), z.string()),
});
type FigureRecord = z.infer<typeof behindSchema>;
const behindPage = z.object({
  items: z.array(behindSchema),
  next: z.string().nullable(),
  total: z.number(),
  notShown: z.number(),
  block: z.number().nullable(),
});

const measureColumns: readonly Column<Measure>[] = [
  { title: '指标 measure', value: ({ id }) => id },
  { title: '名称 name', value: ({ name }) => `${name.zh} ${name.en}`, max: 60 },
  { title: '需求 requirements', value: ({ requirements }) => requirements.join(',') },
  {
    title: '来源 source',
    value: ({ source }) => (source === 'ledger' ? '账本 ledger' : '本网关 gateway'),
  },
  { title: '分列 splits', value: ({ splits }) => splits.join(',') },
];

const behindColumns: readonly Column<FigureRecord>[] = [
  { title: '日期 day', value: ({ day }) => day },
  { title: '种类 kind', value: ({ kind }) => kind },
  { title: '编号 id', value: ({ id }) => id },
  { title: '计入 counts', value: ({ of }) => of },
  { title: '基数 of', value: ({ per }) => per },
  { title: '部门 department', value: ({ department }) => department },
  { title: '状态 state', value: ({ open }) => (open ? '未办 open' : undefined) },
];

/** The reform figures: the catalogue, and one figure with its groups or the records behind it. */
export function addStats(program: Command, terminal: Terminal): void {
  const group = program.command('stats').description('改革成效指标 figures of the reform');
  const list = group
    .command('list')
    .option('--requirement <number>', '按需求编号 those that measure one requirement')
    .description('指标目录 what is measured, and how it can be split');
  reads(list, terminal, async ({ client }, _args, values) => {
    const { items } = await client.get(z.object({ items: z.array(measureSchema) }), '/v1/stats');
    const wanted = textOption(values, 'requirement');
    const found = items.filter(
      ({ requirements }) => wanted === undefined || requirements.includes(Number(wanted)),
    );
    return { json: { items: found }, lines: renderTable(measureColumns, found) };
  });
  exampleOf(list, 'yici stats list --requirement 9');
  addShow(group, terminal);
}

function addShow(group: Command, terminal: Terminal): void {
  const shown = withListOptions(group.command('show').argument('<measure>'))
    .description(
      '一个指标：分子、分母、数值；--cases 列出背后的记录 one figure, or the records behind it',
    )
    .option('--from <day>', '首日，缺省为当年一月一日 first day; 1 January unless told')
    .option('--to <day>', '末日，缺省为今日 last day; today unless told')
    .option('--department <id>', '只计一个部门 of one department')
    .option('--matter <taskCode>', '只计一个事项 of one matter')
    .option('--by <split>', '分列：month、department 等 split, as `stats list` says')
    .option('--cases', '列出背后的记录 the records behind it')
    .option(
      '--counted <yes|no>',
      '只列计入分子的或者未计入的 those that count, or those that do not',
    )
    .option('--group <name>', '只列一组（配合 --by） one group, with --by')
    .option('--csv', '以 CSV 输出，供电子表格打开 print CSV for spreadsheets');
  reads(shown, terminal, ({ client }, [measure = ''], values) => {
    const path = `/v1/stats/${encodeURIComponent(measure)}`;
    const cases = values['cases'] === true;
    const query = queryOf(values, cases);
    if (values['csv'] === true) return csv(client, cases ? `${path}/cases` : path, query);
    return cases ? behind(client, `${path}/cases`, query, values) : figure(client, path, query);
  });
  exampleOf(
    shown,
    'yici stats show on-time-rate --from 2026-01-01 --to 2026-06-30 --by department',
  );
}

const selecting = ['from', 'to', 'department', 'matter', 'by'] as const;
const listing = ['counted', 'group'] as const;

function queryOf(values: ReadValues, cases: boolean): Query {
  const given = listing.filter((name) => textOption(values, name) !== undefined);
  if (!cases && given.length > 0) {
    throw new ClientError('USAGE', `--${given.join(', --')} 须配合 --cases goes with --cases.`);
  }
  const names = cases ? [...selecting, ...listing] : selecting;
  return Object.fromEntries(names.map((name) => [name, textOption(values, name)]));
}

async function csv(client: YiciClient, path: string, query: Query): Promise<Shown> {
  const bytes = await client.bytes(path, { ...query, format: 'csv' });
  const text = Buffer.from(bytes).toString('utf8').trimEnd();
  return { json: { csv: text }, lines: [text] };
}

async function figure(client: YiciClient, path: string, query: Query): Promise<Shown> {
  const found = await client.get(figuresSchema, path, query);
  return { json: found, lines: figureLines(found) };
}

function figureLines({ measure, from, to, by, block, figure: whole, groups }: Figures): string[] {
  const text = valueText(measure);
  const columns: readonly Column<Figure>[] = [
    { title: `分列 ${by ?? ''}`, value: ({ group, name }) => groupText(group, name) },
    { title: '数值 value', value: text },
    ...(measure.calculation === 'percentiles'
      ? [{ title: 'P90', value: ({ p90 }: Figure) => p90 }]
      : [{ title: '分子 numerator', value: ({ numerator }: Figure) => numerator }]),
    { title: '分母 denominator', value: ({ denominator }) => denominator },
  ];
  return [
    `${measure.name.zh} ${measure.name.en}`,
    ...renderFields([
      ['数值 value', text(whole)],
      ['P90', whole.p90],
      ['分子 numerator', measure.calculation === 'percentiles' ? undefined : whole.numerator],
      ['分母 denominator', whole.denominator],
      ['期间 period', `${from} — ${to}`],
      ['口径 definition', measure.definition.zh],
      ['', measure.definition.en],
      ['依据 law', measure.law],
      [
        '来源 source',
        block === null
          ? '本网关自有记录 this gateway’s journal'
          : `账本至区块 ledger up to block ${block}`,
      ],
    ]),
    ...(by === null ? [] : ['', ...renderTable(columns, groups)]),
  ];
}

const groupText = (group: string | null, name: Figure['name']): string =>
  name === null ? (group ?? '合计 total') : `${name.zh}（${group ?? ''}）`;

const unitText: Readonly<Record<Measure['unit'], string>> = {
  share: '',
  number: '',
  average: '',
  hours: ' 小时 hours',
  days: ' 日 days',
};

function valueText({ unit }: Measure): (figure: Figure) => string {
  return ({ value, withheld }) => {
    if (withheld) return '记录太少，不公开 too few records to tell';
    if (value === null) return '无 none';
    return unit === 'share' ? `${(value * 100).toFixed(2)}%` : `${value}${unitText[unit]}`;
  };
}

async function behind(
  client: YiciClient,
  path: string,
  query: Query,
  values: ReadValues,
): Promise<Shown> {
  const most = values['all'] === true ? Number.MAX_SAFE_INTEGER : Number(values['limit'] ?? 50);
  if (!(Number.isInteger(most) && most > 0)) {
    throw new ClientError('USAGE', '--limit 须为正整数 takes a positive whole number.');
  }
  const items: FigureRecord[] = [];
  let page = await client.get(behindPage, path, { ...query, limit: Math.min(most, 200) });
  items.push(...page.items);
  while (page.next !== null && items.length < most) {
    const left = Math.min(most - items.length, 200);
    page = await client.get(behindPage, path, { ...query, limit: left, cursor: page.next });
    items.push(...page.items);
  }
  const { total, notShown, block, next } = page;
  return {
    json: { items, total, notShown, block, more: next !== null },
    lines: [
      ...renderTable(behindColumns, items),
      `共 in all ${total}，无权查看 not shown ${notShown}`,
      ...(next === null ? [] : ['… 还有更多，用 --all more with --all']),
    ],
  };
}
