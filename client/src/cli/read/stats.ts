import {
  knownWords,
  type Asked,
  type BehindPage,
  type FiguresView,
  type MeasureView,
} from '@yici/api';
import type { Command } from 'commander';
import { ClientError } from '../../errors.js';
import type { YiciClient } from '../../api/client.js';
import { groupText, valueText } from '../../present/figures.js';
import { renderFields, renderTable, type Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import {
  asked,
  exampleOf,
  limitOf,
  offer,
  reads,
  textOption,
  withListOptions,
  type ReadValues,
  type Shown,
} from './read.js';

type Figure = FiguresView['figure'];
type FigureRecord = BehindPage['items'][number];

const measureColumns: readonly Column<MeasureView>[] = [
  { title: '指标 measure', value: ({ id }) => id },
  { title: '名称 name', value: ({ name }) => `${name.zh} ${name.en}`, max: 60 },
  { title: '需求 requirements', value: ({ requirements }) => requirements.join(',') },
  {
    title: '来源 source',
    value: ({ source }) => (source === 'ledger' ? '账本 ledger' : '本网关 gateway'),
  },
  {
    title: '何以得知 known',
    value: ({ known }) => `${knownWords[known].zh} ${knownWords[known].en}`,
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
    .option('--headlines', '只列要目 the few that stand for the reform')
    .description('指标目录 what is measured, and how it can be split');
  reads(list, terminal, async ({ client }, _args, values) => {
    const { items } = await client.read('stats.list', {});
    const wanted = textOption(values, 'requirement');
    const found = items.filter(
      ({ requirements, headline }) =>
        (wanted === undefined || requirements.includes(Number(wanted))) &&
        (values['headlines'] !== true || headline),
    );
    return { json: { items: found }, lines: renderTable(measureColumns, found) };
  });
  exampleOf(list, 'yici stats list --requirement 9');
  addShow(group, terminal);
}

function addShow(group: Command, terminal: Terminal): void {
  const shown = withListOptions(group.command('show <measure>')).description(
    '一个指标：分子、分母、数值；--cases 列出背后的记录 one figure, or the records behind it',
  );
  offer(shown, 'stats.get').option('--cases', '列出背后的记录 the records behind it');
  offer(shown, 'stats.records').option(
    '--csv',
    '以 CSV 输出，供电子表格打开 print CSV for spreadsheets',
  );
  reads(shown, terminal, ({ client }, [measure = ''], values) => {
    const cases = values['cases'] === true;
    const name = cases ? 'stats.records' : 'stats.get';
    if (!cases) refuseListing(values);
    const query = { measure, ...asked(name, values) };
    if (values['csv'] === true) return csv(client, name, query);
    return cases ? behind(client, query, values) : figure(client, query);
  });
  exampleOf(
    shown,
    'yici stats show on-time-rate --from 2026-01-01 --to 2026-06-30 --by department',
  );
}

function refuseListing(values: ReadValues): void {
  const given = ['counted', 'group'].filter((name) => textOption(values, name) !== undefined);
  if (given.length === 0) return;
  throw new ClientError('USAGE', `--${given.join(', --')} 须配合 --cases goes with --cases.`);
}

type Query = Asked<'stats.get'>;

async function csv(
  client: YiciClient,
  name: 'stats.get' | 'stats.records',
  query: Query,
): Promise<Shown> {
  const bytes = await client.bytes(name, { ...query, format: 'csv' });
  const text = Buffer.from(bytes).toString('utf8').trimEnd();
  return { json: { csv: text }, lines: [text] };
}

async function figure(client: YiciClient, query: Query): Promise<Shown> {
  const found = await client.read('stats.get', query);
  return { json: found, lines: figureLines(found) };
}

function figureLines({
  measure,
  from,
  to,
  by,
  block,
  figure: whole,
  groups,
}: FiguresView): string[] {
  const text = valueText(measure);
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
      ['何以得知 known', knownWords[measure.known].zh],
      ['', knownWords[measure.known].en],
      ['依据 law', measure.law?.zh],
      ['', measure.law?.en],
      [
        '来源 source',
        block === null
          ? '本网关自有记录 this gateway’s journal'
          : `账本至区块 ledger up to block ${block}`,
      ],
    ]),
    ...(by === null ? [] : ['', ...renderTable(groupColumns(measure, by), groups)]),
  ];
}

const groupColumns = (measure: MeasureView, by: string): readonly Column<Figure>[] => [
  { title: `分列 ${by}`, value: ({ group, name }) => groupText(group, name) },
  { title: '数值 value', value: valueText(measure) },
  measure.calculation === 'percentiles'
    ? { title: 'P90', value: ({ p90 }) => p90 }
    : { title: '分子 numerator', value: ({ numerator }) => numerator },
  { title: '分母 denominator', value: ({ denominator }) => denominator },
];

async function behind(client: YiciClient, query: Query, values: ReadValues): Promise<Shown> {
  const most = limitOf(values);
  const items: FigureRecord[] = [];
  let page: BehindPage | undefined;
  do {
    const limit = Math.min(most - items.length, 200);
    const cursor = page?.next ?? undefined;
    page = await client.read('stats.records', { ...query, limit, cursor });
    items.push(...page.items);
  } while (page.next !== null && items.length < most);
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
