import type { statsReads, BehindPage, FiguresView, MeasureView } from '@yici/api';
import { citationWords, padded, shanghaiDate } from '@yici/domain/model';
import type { z } from 'zod';
import { maySee, type Viewer } from '../access/access.js';
import { GatewayError, recordNotFound } from '../errors.js';
import type { IndexReader } from '../index-store/reader.js';
import { measureOf, measures, splitsOf } from '../stats/catalogue.js';
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
import type { AppDependencies } from './context.js';
import { Attachment, type Handlers } from './read-route.js';

type SelectionQuery = z.output<(typeof statsReads)['stats.get']['query']>;

const csvType = 'text/csv; charset=utf-8';
/** Larger files have to be requested in shorter periods. */
const mostCsvRows = 20_000;

/** The figures of the reform, and the records behind each. */
export const statsHandlers: Handlers<typeof statsReads> = {
  'stats.list': () => ({ items: measures.map(viewOfMeasure) }),
  'stats.get': async ({ deps, params, query, viewer, wantsCsv }) => {
    const found = await figures(deps, { id: params.measure, query, viewer });
    return query.format === 'csv' || (query.format === undefined && wantsCsv)
      ? new Attachment(csvType, `${params.measure}.csv`, Buffer.from(figuresCsv(found), 'utf8'))
      : found;
  },
  'stats.records': ({ deps, params, query, viewer, wantsCsv }) => {
    const asked = { id: params.measure, query, viewer };
    return query.format === 'csv' || (query.format === undefined && wantsCsv)
      ? behindFile(deps, asked)
      : behindFigure(deps, asked);
  },
};

function viewOfMeasure(one: Measure): MeasureView {
  const { id, requirements, name, unit, source, scope, known, headline } = one;
  const { calculation, definition, law } = one;
  return {
    ...{ id, requirements: [...requirements], name, unit, source, scope, known, headline },
    ...{
      calculation: calculation.kind,
      definition,
      law: law === undefined ? null : citationWords(law),
      splits: splitsOf(one),
    },
  };
}

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
  const named = (one: Figure) => ({ ...one, name: nameOf(deps.index, by, one.group) });
  return {
    ...{ measure: viewOfMeasure(measure), from, to, department, matter, by, block },
    figure: named(figure),
    groups: groups.map(named),
  };
}

/** The name of a group that is a department or a matter. */
function nameOf(index: IndexReader, by: string | null, group: string | null): Words | null {
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
  const bytes = Buffer.from(text, 'utf8');
  return new Attachment(csvType, `${measure.id}-cases.csv`, bytes, { items: rows });
}
