import {
  summaryAt,
  type BehindPage,
  type FiguresView,
  type reportReads,
  type Split,
  type statsReads,
} from '@yici/api';
import {
  commandNames,
  commands,
  padded,
  shanghaiDate,
  type Language,
  type MatterContent,
} from '@yici/domain/model';
import type { z } from 'zod';
import { maySee, type Viewer } from '../../access/access.js';
import { GatewayError, recordNotFound } from '../../errors.js';
import type { IndexReader } from '../../index-store/reader.js';
import { measureOf, measures, splitsOf, viewOfMeasure } from '../../stats/catalogue.js';
import { behindCsv, figuresCsv, reportCsv } from '../../stats/csv-files.js';
import { labelWord, type Family } from '../../facts/families.js';
import type { Fact } from '../../facts/fact.js';
import type { Figure, Selection } from '../../stats/figures.js';
import type { Measure, Words } from '../../stats/measure.js';
import {
  countRecords,
  listRecords,
  readFigures,
  type FigureRecord,
  type FactStore,
} from '../../stats/reading.js';
import { lastMonth, reportOf } from '../../stats/report.js';
import type { AppDependencies } from '../context.js';
import { Attachment, type Handlers } from './read-route.js';

type SelectionQuery = z.output<(typeof statsReads)['stats.get']['query']>;

const csvType = 'text/csv; charset=utf-8';
/** Larger files have to be requested in shorter periods. */
const mostCsvRows = 20_000;

/** The figures of the reform, the records behind each, and the report of a period. */
export const statsHandlers: Handlers<typeof statsReads & typeof reportReads> = {
  'reports.get': async ({ deps, query, viewer, wantsCsv, language }) => {
    const today = shanghaiDate(deps.now().toISOString());
    const { by, period = lastMonth(today), format } = query;
    const { index } = deps;
    if (period > today) throw refused('/period', 'This period has not begun.');
    const nameOf = (group: string) => nameOfSplit[by]?.(index, group) ?? null;
    const report = await reportOf({ index, today, by, mayShow: shownTo(viewer), nameOf }, period);
    return isCsv(format, wantsCsv)
      ? csvFile(`report-${period}`, reportCsv(report, query.lang ?? language))
      : report;
  },
  'stats.list': () => ({ items: measures.map(viewOfMeasure) }),
  'stats.get': async ({ deps, params, query, viewer, wantsCsv, language }) => {
    const found = await figures(deps, { id: params.measure, query, viewer });
    if (!isCsv(query.format, wantsCsv)) return found;
    return csvFile(params.measure, figuresCsv(found, query.lang ?? language));
  },
  'stats.records': ({ deps, params, query, viewer, wantsCsv, language }) => {
    const asked = { id: params.measure, query, viewer };
    if (!isCsv(query.format, wantsCsv)) return behindFigure(deps, asked);
    return behindFile(deps, asked, query.lang ?? language);
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
  const split = { family: measure.family, by };
  const named = (one: Figure) => ({ ...one, name: groupName(deps.index, split, one.group) });
  return {
    ...{ measure: viewOfMeasure(measure), from, to, department, matter, by, block },
    figure: named(figure),
    groups: groups.map(named),
  };
}

/** The name of a group: of what the ledger has by that id, or the word that its family has for the member of a closed list. */
function groupName(
  index: IndexReader,
  { family, by }: { readonly family: Family; readonly by: Split | null },
  group: string | null,
): Words | null {
  if (group === null || by === null) return null;
  return labelWord(family, by, group) ?? nameOfSplit[by]?.(index, group) ?? null;
}

/** What the labels of a record are called, where they have a name. */
const namesOf = (
  index: IndexReader,
  { family }: Measure,
  { labels }: FigureRecord,
): BehindPage['items'][number]['names'] =>
  Object.entries(labels).flatMap(([label, value]) => {
    // A record has the labels of its family.
    const name = groupName(index, { family, by: label as Split }, value);
    return name === null ? [] : [{ label, name }];
  });

type NameOf = (index: IndexReader, group: string) => Words | null | undefined;

const departmentName: NameOf = (index, group) => index.record('department', group)?.name;

const nameOfSplit: Readonly<Partial<Record<Split, NameOf>>> = {
  matter: (index, group) => contentOf(index, group)?.name,
  step: stepName,
  dataset: (index, group) => index.record('dataset', group)?.name,
  command: (_index, group) => commandName(group),
  department: departmentName,
  applicant: departmentName,
  requester: departmentName,
  from: departmentName,
  route: (_index, group) => summaryAt(group),
};

function commandName(group: string): Words | null {
  const name = commandNames.find((known) => known === group);
  return name === undefined ? null : commands[name].summary;
}

/** What the published version says, otherwise the newest. */
function contentOf(index: IndexReader, taskCode: string): MatterContent | undefined {
  const head = index.record('matterHead', taskCode);
  if (head === undefined) return undefined;
  return index.record('matter', taskCode, padded(head.published ?? head.latest))?.content;
}

/** Of a step as facts have it, `<taskCode>/<id>`. */
function stepName(index: IndexReader, group: string): Words | undefined {
  const [taskCode = '', step] = group.split('/');
  return contentOf(index, taskCode)?.flow.find(({ id }) => id === step)?.name;
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
  const items = page.items.map((row) => ({ ...row, names: namesOf(deps.index, measure, row) }));
  return { ...page, items, block };
}

/** Every record that the viewer may see, as one file. @throws GatewayError VALIDATION_FAILED when there are too many */
async function behindFile(
  deps: AppDependencies,
  asked: Asked,
  language: Language,
): Promise<Attachment> {
  const { measure, selection, filter, store } = await opened(deps, asked);
  const rows: BehindPage['items'][number][] = [];
  let cursor: string | undefined;
  do {
    const page = await listRecords(store, measure, selection, filter, { limit: 1_000, cursor });
    rows.push(...page.items.map((row) => ({ ...row, names: namesOf(deps.index, measure, row) })));
    cursor = page.next ?? undefined;
    if (rows.length > mostCsvRows) {
      throw refused('/from', `More than ${String(mostCsvRows)} records: ask for a shorter period.`);
    }
  } while (cursor !== undefined);
  const { id, labels } = measure;
  return csvFile(`${id}-cases`, behindCsv(rows, labels, language), { items: rows });
}
