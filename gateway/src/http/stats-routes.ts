import { date, departmentId, padded, shanghaiDate, taskCode } from '@yici/chaincode/model';
import { z } from 'zod';
import { maySee, type Viewer } from '../access/access.js';
import { GatewayError } from '../errors.js';
import type { IndexReader } from '../index-store/reader.js';
import { allSplits, measureOf, measures, splitsOf } from '../stats/catalogue.js';
import { csvOf } from '../stats/csv.js';
import type { Fact } from '../facts/fact.js';
import { subjectKinds } from '../facts/families.js';
import { minCount, type Figure, type Selection } from '../stats/figures.js';
import { scopes, sources, units, type Measure } from '../stats/measure.js';
import {
  countRecords,
  listRecords,
  readFigures,
  type FigureRecord,
  type FactStore,
} from '../stats/reading.js';
import type { AppDependencies } from './context.js';
import { recordNotFound } from './point-read.js';
import { Attachment, readRoute, type AnyReadRoute } from './read-route.js';
import { noParams, pageQuery } from './read-shapes.js';

const words = z.strictObject({ zh: z.string(), en: z.string() });

/** A measure as the catalogue shows it. */
export const measureView = z.strictObject({
  id: z.string(),
  requirements: z.array(z.number().int()).describe('Rows of the requirements that it measures.'),
  name: words,
  unit: z.enum(units),
  source: z.enum(sources).describe('The ledger’s blocks, or this gateway’s own journal.'),
  scope: z
    .enum(scopes)
    .describe('Of the days of the period; as things stand on its last day; or how that changed.'),
  calculation: z.enum(['ratio', 'percentiles', 'sum', 'since']),
  definition: words,
  law: z.string().nullable(),
  splits: z.array(z.string()).describe('What `by` takes.'),
});

const figureView = z.strictObject({
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
export const behindPage = z.strictObject({
  items: z.array(behindView),
  next: z.string().nullable(),
  total: z.number().int().describe('Records behind the figure.'),
  notShown: z.number().int().describe('Those that the caller may not see by name.'),
  withheld: z
    .boolean()
    .describe('They are so few that only those are counted which the caller may see.'),
  block: z.number().int().nullable(),
});

const measureParams = z.strictObject({ measure: z.string().regex(/^[a-z0-9-]{1,64}$/) });

const selectionQuery = {
  from: date.optional().describe('First day, Asia/Shanghai; 1 January of the last day’s year.'),
  to: date.optional().describe('Last day, both included; today.'),
  department: departmentId.optional(),
  matter: taskCode.optional().describe('Task code, or the code of a one thing.'),
  by: z.enum(allSplits).optional(),
  format: z.enum(['json', 'csv']).optional().describe('Also by `Accept: text/csv`.'),
};
const selectionSchema = z.strictObject(selectionQuery);
type SelectionQuery = z.output<typeof selectionSchema>;

const csvType = 'text/csv; charset=utf-8';
/** A file of more rows is asked for in shorter periods. */
const mostCsvRows = 20_000;

/** What there is, and each figure: every member is shown the same, but for figures of a few records. */
export const figureRoutes: readonly AnyReadRoute[] = [
  readRoute({
    path: '/v1/stats',
    summary: { zh: '改革成效指标目录', en: 'The catalogue of figures, with their definitions' },
    params: noParams,
    query: z.strictObject({}),
    response: z.strictObject({ items: z.array(measureView) }),
    handle: () => ({ items: measures.map(viewOfMeasure) }),
  }),
  readRoute({
    path: '/v1/stats/{measure}',
    summary: {
      zh: '查询指标：分子、分母、数值，可按部门、事项、月份等分列',
      en: 'A figure: numerator, denominator and value, of the whole and by group',
    },
    params: measureParams,
    query: selectionSchema,
    response: figuresView,
    alsoProduces: ['text/csv'],
    handle: async ({ deps, params, query, viewer, wantsCsv }) => {
      const found = await figures(deps, { id: params.measure, query, viewer });
      return query.format === 'csv' || (query.format === undefined && wantsCsv)
        ? new Attachment(csvType, `${params.measure}.csv`, Buffer.from(figuresCsv(found), 'utf8'))
        : found;
    },
  }),
];

/** The figures of the reform, and the records behind each. */
export const statsRoutes: readonly AnyReadRoute[] = [
  ...figureRoutes,
  readRoute({
    path: '/v1/stats/{measure}/cases',
    summary: {
      zh: '指标背后的办件和其他记录（只列出有权查看的）',
      en: 'The records behind a figure: those that the caller may see, and how many are not shown',
    },
    params: measureParams,
    query: z.strictObject({
      ...selectionQuery,
      ...pageQuery,
      counted: z
        .enum(['yes', 'no'])
        .optional()
        .describe('Only what adds to the numerator, or only what does not.'),
      group: z.string().min(1).max(200).optional().describe('With `by`: one group.'),
    }),
    response: behindPage,
    alsoProduces: ['text/csv'],
    handle: async ({ deps, params, query, viewer, wantsCsv }) => {
      const asked = { id: params.measure, query, viewer };
      return query.format === 'csv' || (query.format === undefined && wantsCsv)
        ? behindFile(deps, asked)
        : behindFigure(deps, asked);
    },
  }),
];

function viewOfMeasure(one: Measure): z.output<typeof measureView> {
  const { id, requirements, name, unit, source, scope, calculation, definition, law } = one;
  return {
    ...{ id, requirements: [...requirements], name, unit, source, scope },
    ...{ calculation: calculation.kind, definition, law: law ?? null, splits: splitsOf(one) },
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
  for (const [name, value] of Object.entries({ department, matter })) {
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

type FiguresAnswer = z.output<typeof figuresView>;

async function figures(
  deps: AppDependencies,
  { id, query, viewer }: Pick<Asked, 'id' | 'viewer'> & { readonly query: SelectionQuery },
): Promise<FiguresAnswer> {
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
function nameOf(
  index: IndexReader,
  by: string | null,
  group: string | null,
): z.output<typeof words> | null {
  if (group === null || by === null) return null;
  if (by === 'matter') return matterName(index, group);
  const isDepartment = ['department', 'applicant', 'requester', 'from'].includes(by);
  return isDepartment ? (index.record('department', group)?.name ?? null) : null;
}

/** Of the version in force, or the newest. */
function matterName(index: IndexReader, code: string): z.output<typeof words> | null {
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

function figuresCsv({ measure, figure, groups, by, from, to, block }: FiguresAnswer): string {
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
  readonly query: SelectionQuery & {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly counted?: 'yes' | 'no' | undefined;
    readonly group?: string | undefined;
  };
}

/** Whether a viewer may see by name what a figure counts. */
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

async function behindFigure(
  deps: AppDependencies,
  asked: Asked,
): Promise<z.output<typeof behindPage>> {
  const { measure, selection, filter, store, block } = await opened(deps, asked);
  const { limit, cursor } = asked.query;
  const page = await countRecords(store, measure, selection, filter, { limit, cursor });
  const items = page.items.map((one) => ({ ...one, labels: { ...one.labels } }));
  return { ...page, items, block };
}

const behindTitles = ['日期 day', '种类 kind', '编号 id', '计入 of', '基数 per', '未办 open'];

/** Every record that may be shown, as one file. @throws GatewayError VALIDATION_FAILED when there are too many */
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
