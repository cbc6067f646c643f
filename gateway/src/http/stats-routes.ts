import {
  knownWords,
  type BehindPage,
  type FiguresView,
  type reportReads,
  type ReportView,
  type statsReads,
} from '@yici/api';
import { padded, shanghaiDate } from '@yici/domain/model';
import type { z } from 'zod';
import { maySee, type Viewer } from '../access/access.js';
import { GatewayError, recordNotFound } from '../errors.js';
import type { IndexReader } from '../index-store/reader.js';
import { measureOf, measures, splitsOf, viewOfMeasure } from '../stats/catalogue.js';
import { csvOf } from '../stats/csv.js';
import type { Fact } from '../facts/fact.js';
import type { Figure, Selection } from '../stats/figures.js';
import type { Measure, Words } from '../stats/measure.js';
import {
  countRecords,
  listRecords,
  readFigures,
  type FigureRecord,
  type FactStore,
} from '../stats/reading.js';
import { lastMonth, reportOf } from '../stats/report.js';
import type { AppDependencies } from './context.js';
import { Attachment, type Handlers } from './read-route.js';

type SelectionQuery = z.output<(typeof statsReads)['stats.get']['query']>;

const csvType = 'text/csv; charset=utf-8';
/** Larger files have to be requested in shorter periods. */
const mostCsvRows = 20_000;

/** The figures of the reform, the records behind each, and the report of a period. */
export const statsHandlers: Handlers<typeof statsReads & typeof reportReads> = {
  'reports.get': async ({ deps, query, viewer, wantsCsv }) => {
    const today = shanghaiDate(deps.now().toISOString());
    const { by, period = lastMonth(today), format } = query;
    const { index } = deps;
    if (period > today) throw refused('/period', 'This period has not begun.');
    const nameOf = (group: string) => groupName(index, by, group);
    const report = await reportOf({ index, today, by, mayShow: shownTo(viewer), nameOf }, period);
    return isCsv(format, wantsCsv) ? csvFile(`report-${period}`, reportCsv(report)) : report;
  },
  'stats.list': () => ({ items: measures.map(viewOfMeasure) }),
  'stats.get': async ({ deps, params, query, viewer, wantsCsv }) => {
    const found = await figures(deps, { id: params.measure, query, viewer });
    return isCsv(query.format, wantsCsv) ? csvFile(params.measure, figuresCsv(found)) : found;
  },
  'stats.records': ({ deps, params, query, viewer, wantsCsv }) => {
    const asked = { id: params.measure, query, viewer };
    return isCsv(query.format, wantsCsv) ? behindFile(deps, asked) : behindFigure(deps, asked);
  },
};

const isCsv = (format: 'json' | 'csv' | undefined, wantsCsv: boolean): boolean =>
  format === 'csv' || (format === undefined && wantsCsv);

const csvFile = (name: string, text: string, shows?: unknown): Attachment =>
  new Attachment(csvType, `${name}.csv`, Buffer.from(text, 'utf8'), shows);

/** @throws GatewayError RECORD_NOT_FOUND */
function measureNamed(id: string): Measure {
  const found = measureOf(id);
  if (found === undefined) throw recordNotFound('measure', [id]);
  return found;
}

/** @throws GatewayError VALIDATION_FAILED when the measure cannot be split or narrowed that way, or the days are reversed. */
function selectionOf(measure: Measure, query: SelectionQuery, now: Date): Selection {
  const today = shanghaiDate(now.toISOString());
  const { to = today, department, matter, by } = query;
  const { from = `${to.slice(0, 4)}-01-01` } = query;
  if (from > to) throw refused('/from', 'The first day is behind the last.');
  if (by !== undefined && !splitsOf(measure).includes(by)) {
    throw refused('/by', `This figure is split by ${splitsOf(measure).join(', ')}.`);
  }
  for (const [name, value] of [
    ['department', department],
    ['matter', matter],
  ] as const) {
    if (value !== undefined && !measure.labels.includes(name)) {
      throw refused(`/${name}`, `This figure has no ${name}.`);
    }
  }
  return { from, to, today, department, matter, by };
}

const refused = (path: string, message: string): GatewayError =>
  new GatewayError('VALIDATION_FAILED', 'The query is not valid in 1 place(s).', {
    details: { errors: [{ path, code: 'custom', message }] },
  });

/** The store of a measure's facts, and the block up to which it has them. */
async function storeOf(
  deps: AppDependencies,
  { source }: Measure,
): Promise<{ readonly store: FactStore; readonly block: number | null }> {
  if (source === 'ledger')
    return { store: deps.index, block: deps.index.checkpoint()?.block ?? null };
  await deps.journal.flush();
  return { store: deps.journal, block: null };
}

async function figures(
  deps: AppDependencies,
  { id, query, viewer }: Pick<Asked, 'id' | 'viewer'> & { readonly query: SelectionQuery },
): Promise<FiguresView> {
  const measure = measureNamed(id);
  const selection = selectionOf(measure, query, deps.now());
  const { store, block } = await storeOf(deps, measure);
  const { figure, groups } = await readFigures(store, measure, selection, shownTo(viewer));
  const { from, to, department = null, matter = null, by = null } = selection;
  const named = (one: Figure) => ({ ...one, name: groupName(deps.index, by, one.group) });
  return {
    ...{ measure: viewOfMeasure(measure), from, to, department, matter, by, block },
    figure: named(figure),
    groups: groups.map(named),
  };
}

/** The name of a group that is a department or a matter. */
function groupName(index: IndexReader, by: string | null, group: string | null): Words | null {
  if (group === null || by === null) return null;
  if (by === 'matter') return matterName(index, group);
  const isDepartment = ['department', 'applicant', 'requester', 'from'].includes(by);
  return isDepartment ? (index.record('department', group)?.name ?? null) : null;
}

/** The name in the published version, otherwise in the newest. */
function matterName(index: IndexReader, code: string): Words | null {
  const head = index.record('matterHead', code);
  if (head === undefined) return null;
  return index.record('matter', code, padded(head.published ?? head.latest))?.content.name ?? null;
}

const figureTitles = [
  '指标 measure',
  '名称 name',
  '分列 by',
  '组 group',
  '组名 group name',
  '分子 numerator',
  '分母 denominator',
  '数值 value',
  '九成位 p90',
  '记录数 records',
  '自 from',
  '至 to',
  '区块 block',
  '来源 source',
];

function figuresCsv({ measure, figure, groups, by, from, to, block }: FiguresView): string {
  const rows = [figure, ...groups].map((one) => [
    ...[measure.id, `${measure.name.zh} ${measure.name.en}`],
    ...[one.group === null ? '' : (by ?? ''), one.group ?? '合计 total', one.name?.zh ?? ''],
    ...[one.numerator, one.denominator, one.value, one.p90, one.facts],
    ...[from, to, block, measure.source],
  ]);
  return csvOf(figureTitles, rows);
}

const reportTitles = [
  ...[
    '指标 measure',
    '名称 name',
    '何以得知 known',
    '要目 headline',
    '组 group',
    '组名 group name',
  ],
  ...[
    '期间 period',
    '分子 numerator',
    '分母 denominator',
    '数值 value',
    '九成位 p90',
    '记录数 records',
  ],
  ...['区块 block', '区块哈希 hash', '不再变动 final'],
];

/** A line for each figure, group and period that has one. */
function reportCsv({ figures, ...report }: ReportView): string {
  const rows = figures.flatMap(({ measure, rows: groups }) =>
    groups.flatMap(({ group, name, now, ...others }) => {
      const head = [
        ...[measure.id, `${measure.name.zh} ${measure.name.en}`, knownWords[measure.known].zh],
        ...[measure.headline, group ?? '合计 total', name?.zh ?? ''],
      ];
      const lines = [
        [report.period, now],
        [report.before, others.before],
        [report.yearBefore, others.yearBefore],
      ] as const;
      return lines.flatMap(([at, one]) =>
        at === null || one === null
          ? []
          : [
              [
                ...[...head, at.period, one.numerator, one.denominator, one.value],
                ...[one.p90, one.facts, at.block, at.hash, at.final],
              ],
            ],
      );
    }),
  );
  return csvOf(reportTitles, rows);
}

interface Asked {
  readonly id: string;
  readonly viewer: Viewer;
  readonly query: z.output<(typeof statsReads)['stats.records']['query']>;
}

/** Whether a viewer may see the record behind a fact. */
const shownTo =
  (viewer: Viewer) =>
  ({ parties }: Fact): boolean =>
    viewer.seesFigures || maySee(viewer, parties ?? null);

async function opened(deps: AppDependencies, { id, query, viewer }: Asked) {
  const measure = measureNamed(id);
  const selection = selectionOf(measure, query, deps.now());
  const { counted, group } = query;
  const filter = { counted, group, mayShow: shownTo(viewer) };
  return { measure, selection, filter, ...(await storeOf(deps, measure)) };
}

async function behindFigure(deps: AppDependencies, asked: Asked): Promise<BehindPage> {
  const { measure, selection, filter, store, block } = await opened(deps, asked);
  const { limit, cursor } = asked.query;
  const page = await countRecords(store, measure, selection, filter, { limit, cursor });
  return { ...page, block };
}

const behindTitles = ['日期 day', '种类 kind', '编号 id', '计入 of', '基数 per', '未办 open'];

/** Every record that the viewer may see, as one file. @throws GatewayError VALIDATION_FAILED when there are too many */
async function behindFile(deps: AppDependencies, asked: Asked): Promise<Attachment> {
  const { measure, selection, filter, store } = await opened(deps, asked);
  const rows: FigureRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRecords(store, measure, selection, filter, { limit: 1_000, cursor });
    rows.push(...page.items);
    cursor = page.next ?? undefined;
    if (rows.length > mostCsvRows) {
      throw refused('/from', `More than ${String(mostCsvRows)} records: ask for a shorter period.`);
    }
  } while (cursor !== undefined);
  const cells = rows.map(({ day, kind, id, of, per, open, labels }) => [
    ...[day, kind, id, of, per, open],
    ...measure.labels.map((label) => labels[label] ?? ''),
  ]);
  const text = csvOf([...behindTitles, ...measure.labels], cells);
  return csvFile(`${measure.id}-cases`, text, { items: rows });
}
