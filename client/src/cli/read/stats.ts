import {
  knownWords,
  sourceWords,
  splitWords,
  subjectKindWords,
  type Asked,
  type BehindPage,
  type FiguresView,
  type MeasureView,
} from '@yici/api';
import type { Words } from '@yici/domain/model';
import {
  renderTable,
  renderFields,
  type Column,
  type Say,
  type Field,
  type SpokenCommand as Command,
  exampleOf,
} from '@yici/terminal';
import { ClientError } from '../../errors.js';
import type { YiciClient } from '../../api/client.js';
import type { Caller } from '../caller.js';
import { groupText, valueText } from '../../present/figures.js';
import { labels } from '../../present/words.js';
import type { Terminal } from '../../terminal/terminal.js';
import {
  asked,
  limitOf,
  moreLine,
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
  [{ zh: '指标', en: 'measure' }, ({ id }) => id],
  [{ zh: '名称', en: 'name' }, ({ name }) => name, { max: 60 }],
  [{ zh: '需求', en: 'requirements' }, ({ requirements }) => requirements.join(' ')],
  [{ zh: '来源', en: 'source' }, ({ source }) => sourceWords[source]],
  [{ zh: '何以得知', en: 'known' }, ({ known }) => knownWords[known]],
  [
    { zh: '分列', en: 'splits' },
    ({ splits }, say) => say.list(splits.map((split) => say.member(splitWords, split))),
  ],
];

const behindColumns: readonly Column<FigureRecord>[] = [
  [{ zh: '日期', en: 'day' }, ({ day }) => day],
  [{ zh: '种类', en: 'kind' }, ({ kind }) => subjectKindWords[kind]],
  [{ zh: '编号', en: 'id' }, ({ id }) => id],
  [{ zh: '计入', en: 'counts' }, ({ of }) => of],
  [{ zh: '基数', en: 'of' }, ({ per }) => per],
  [
    { zh: '部门', en: 'department' },
    ({ department }, say) => department && say.nameOf('department', department),
  ],
  [{ zh: '状态', en: 'state' }, ({ open }) => (open ? { zh: '未办', en: 'open' } : undefined)],
];

/** The reform figures: the catalogue, and one figure with its groups or the records behind it. */
export function addStats(program: Command, terminal: Terminal): void {
  const group = program
    .command('stats')
    .description({ zh: '改革成效指标', en: 'figures of the reform' });
  const list = group
    .command('list')
    .option('--requirement <number>', {
      zh: '按需求编号',
      en: 'those that measure one requirement',
    })
    .option('--headlines', { zh: '只列要目', en: 'the few that stand for the reform' })
    .description({ zh: '指标目录', en: 'what is measured, and how it can be split' });
  reads(list, terminal, async ({ client, say }, _args, values) => {
    const { items } = await client.read('stats.list', {});
    const wanted = textOption(values, 'requirement');
    const found = items.filter(
      ({ requirements, headline }) =>
        (wanted === undefined || requirements.includes(Number(wanted))) &&
        (values['headlines'] !== true || headline),
    );
    return { json: { items: found }, lines: renderTable(measureColumns, found, say) };
  });
  exampleOf(list, 'yici stats list --requirement 9');
  addShow(group, terminal);
}

function addShow(group: Command, terminal: Terminal): void {
  const shown = withListOptions(
    group.command(terminal.say({ zh: 'show <指标>', en: 'show <measure>' })),
  ).description({
    zh: '一个指标：分子、分母、数值；--cases 列出背后的记录',
    en: 'one figure, or the records behind it',
  });
  offer(shown, 'stats.get').option('--cases', {
    zh: '列出背后的记录',
    en: 'the records behind it',
  });
  offer(shown, 'stats.records').option('--csv', {
    zh: '以 CSV 输出，供电子表格打开',
    en: 'print CSV for spreadsheets',
  });
  reads(shown, terminal, (caller, [measure = ''], values) => {
    const cases = values['cases'] === true;
    const name = cases ? 'stats.records' : 'stats.get';
    if (!cases) refuseListing(values);
    const query = { measure, ...asked(name, values) };
    if (values['csv'] === true) return csv(caller.client, name, query);
    return cases ? behind(caller, query, values) : figure(caller, query);
  });
  exampleOf(
    shown,
    'yici stats show on-time-rate --from 2026-01-01 --to 2026-06-30 --by department',
  );
}

function refuseListing(values: ReadValues): void {
  const given = ['counted', 'group'].filter((name) => textOption(values, name) !== undefined);
  if (given.length === 0) return;
  throw new ClientError('USAGE', {
    zh: `--${given.join('、--')} 须与 --cases 同用。`,
    en: `--${given.join(', --')} goes with --cases.`,
  });
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

async function figure({ client, say }: Caller, query: Query): Promise<Shown> {
  const found = await client.read('stats.get', query);
  return { json: found, lines: figureLines(found, say) };
}

function figureLines(view: FiguresView, say: Say): string[] {
  const { measure, by, groups } = view;
  return [
    say(measure.name),
    ...renderFields(figureFields(view, say), say),
    ...(by === null ? [] : ['', ...renderTable(groupColumns(measure, by), groups, say)]),
  ];
}

function figureFields({ measure, from, to, block, figure: whole }: FiguresView, say: Say): Field[] {
  return [
    [value, valueText(measure, whole, say)],
    [p90, whole.p90],
    [numerator, measure.calculation === 'percentiles' ? undefined : whole.numerator],
    [denominator, whole.denominator],
    [{ zh: '期间', en: 'period' }, say.span(from, to)],
    [{ zh: '口径', en: 'definition' }, measure.definition],
    [{ zh: '何以得知', en: 'known' }, knownWords[measure.known]],
    [labels.basis, measure.law],
    [
      { zh: '来源', en: 'source' },
      block === null
        ? { zh: '本网关自有记录', en: 'this gateway’s journal' }
        : { zh: `账本至区块 ${block}`, en: `ledger up to block ${block}` },
    ],
  ];
}

const value = { zh: '数值', en: 'value' };
const numerator = { zh: '分子', en: 'numerator' };
const denominator = { zh: '分母', en: 'denominator' };
const p90 = { zh: '九成不超过', en: 'P90' };

const groupColumns = (measure: MeasureView, by: string): readonly Column<Figure>[] => [
  [
    new Map<string, Words>(Object.entries(splitWords)).get(by) ?? by,
    ({ group, name }, say) => groupText(group, name, say),
  ],
  [value, (row, say) => valueText(measure, row, say)],
  measure.calculation === 'percentiles'
    ? [p90, (row) => row.p90]
    : [numerator, (row) => row.numerator],
  [denominator, (row) => row.denominator],
];

async function behind({ client, say }: Caller, query: Query, values: ReadValues): Promise<Shown> {
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
      ...renderTable(behindColumns, items, say),
      {
        zh: `共 ${total} 条，无权查看 ${notShown} 条`,
        en: `${total} in all, ${notShown} not shown`,
      },
      ...(next === null ? [] : [moreLine]),
    ],
  };
}
