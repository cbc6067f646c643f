import { minCount, type BehindPage } from '@yici/api';
import { indexKeys } from '../index-store/keys.js';
import {
  decodeCursor,
  encodeCursor,
  type Page,
  type PageRequest,
  type Scan,
} from '../store/page.js';
import type { StoreRange } from '../store/state-store.js';
import {
  factSchema,
  keyBefore,
  knownFrom,
  pastIndex,
  statIndex,
  type Fact,
} from '../facts/fact.js';
import {
  daysOf,
  FigureSum,
  isCounted,
  noGroup,
  numberIn,
  signIn,
  type Figure,
  type Selection,
} from './figures.js';
import type { Measure } from './measure.js';

/** Store of facts: the read index, or this gateway's usage log. */
export interface FactStore {
  range(range: StoreRange): AsyncIterable<readonly [key: string, value: string]>;
  page<T>(scan: Scan<T>, request: PageRequest): Promise<Page<T>>;
}

interface Figures {
  readonly figure: Figure;
  /** With `by`: each group. */
  readonly groups: readonly Figure[];
}

/** What a figure is of: the measure, and the facts that it selects. */
export interface Asked {
  readonly measure: Measure;
  readonly selection: Selection;
}

/** Computes a figure in one scan of the days it is about. */
export async function readFigures(
  store: FactStore,
  measure: Measure,
  selection: Selection,
  mayShow: (fact: Fact) => boolean,
): Promise<Figures> {
  const sum = new FigureSum(measure, selection, mayShow);
  await addFacts(store, [{ measure, selection, sum }]);
  return { figure: sum.whole, groups: sum.groups };
}

/** The same of many figures: those of the same facts are computed in one scan. */
export async function readManyFigures(
  store: FactStore,
  asked: readonly Asked[],
  mayShow: (fact: Fact) => boolean,
): Promise<Figures[]> {
  const all = asked.map((one) => ({
    ...one,
    sum: new FigureSum(one.measure, one.selection, mayShow),
  }));
  const scans = new Map<string, (Asked & { readonly sum: FigureSum })[]>();
  for (const one of all) {
    const { gte, lt } = rangeOf(one.measure, one.selection);
    const scan = `${gte} ${lt} ${one.selection.asOf ?? ''}`;
    scans.set(scan, [...(scans.get(scan) ?? []), one]);
  }
  for (const same of scans.values()) await addFacts(store, same);
  return all.map(({ sum }) => ({ figure: sum.whole, groups: sum.groups }));
}

/** Adds to each figure the facts of their days, which are the same. */
async function addFacts(
  store: FactStore,
  same: readonly (Asked & { readonly sum: FigureSum })[],
): Promise<void> {
  const [first] = same;
  if (first === undefined) return;
  for await (const fact of factsOf(store, first)) for (const { sum } of same) sum.add(fact);
}

/** The facts of a figure's days: as they stand, or as they stood at the end of a month. */
async function* factsOf(store: FactStore, asked: Asked): AsyncGenerator<Fact> {
  const { measure, selection } = asked;
  if (selection.asOf !== undefined) {
    yield* factsAsOf(store, asked, selection.asOf);
    return;
  }
  for await (const [, text] of store.range(rangeOf(measure, selection))) yield parsed(text);
}

/** What an act moves to the past while this reads is seen in both places, and counts once. */
async function* factsAsOf(
  store: FactStore,
  { measure, selection }: Asked,
  asOf: string,
): AsyncGenerator<Fact> {
  const seen = new Set<string>();
  for await (const [key, text] of store.range(rangeOf(measure, selection))) {
    const fact = parsed(text);
    if (knownFrom(fact) > asOf) continue;
    seen.add(key);
    yield fact;
  }
  for await (const [key, text] of store.range(rangeOf(measure, selection, pastIndex))) {
    const fact = parsed(text);
    const stood = knownFrom(fact) <= asOf && asOf < (fact.till ?? asOf);
    if (stood && !seen.has(keyBefore(key))) yield fact;
  }
}

/** One fact of a figure. */
export type FigureRecord = Omit<BehindPage['items'][number], 'names'>;

interface RecordFilter {
  /** Only those that add to the numerator, or only the others. */
  readonly counted?: 'yes' | 'no' | undefined;
  /** With `by`: one group. */
  readonly group?: string | undefined;
  readonly mayShow: (fact: Fact) => boolean;
}

/** One page of the facts of a figure, by day. */
export function listRecords(
  store: FactStore,
  measure: Measure,
  selection: Selection,
  filter: RecordFilter,
  request: PageRequest,
): Promise<Page<FigureRecord>> {
  return store.page(
    {
      ...rangeOf(measure, selection),
      read: (text) => {
        const fact = parsed(text);
        return isBehind(measure, fact, selection, filter) && filter.mayShow(fact)
          ? behind(measure, fact, selection)
          : undefined;
      },
    },
    request,
  );
}

/** A page of the facts behind a figure. */
type CountedPage = Omit<BehindPage, 'block' | 'items'> & { readonly items: FigureRecord[] };

/**
 * One page of the facts of a figure, by day, with the total number: one scan of the days it is about.
 * @throws GatewayError CURSOR_INVALID when the cursor does not belong to this list.
 */
export async function countRecords(
  store: FactStore,
  measure: Measure,
  selection: Selection,
  filter: RecordFilter,
  { limit, cursor }: PageRequest,
): Promise<CountedPage> {
  const range = rangeOf(measure, selection);
  const after = cursor === undefined ? '' : decodeCursor(cursor, range);
  const items: FigureRecord[] = [];
  let last: string | undefined;
  let [total, notShown, shown] = [0, 0, 0];
  for await (const [key, text] of store.range(range)) {
    const fact = parsed(text);
    if (!isBehind(measure, fact, selection, filter)) continue;
    total += 1;
    if (!filter.mayShow(fact)) notShown += 1;
    else if (key > after && ++shown <= limit) {
      items.push(behind(measure, fact, selection));
      last = key;
    }
  }
  const next = shown > limit && last !== undefined ? encodeCursor(last) : null;
  return counted({ items, next, total, notShown });
}

function counted(page: Omit<CountedPage, 'withheld'>): CountedPage {
  const { total, notShown } = page;
  if (notShown === 0 || total >= minCount) return { ...page, withheld: false };
  return { ...page, total: total - notShown, notShown: 0, withheld: true };
}

function rangeOf(measure: Measure, selection: Selection, indexOf = statIndex) {
  const index = indexOf(measure.family);
  const { first, last } = daysOf(measure, selection);
  const { gte } = indexKeys.entries(index);
  return { gte: gte + first, lt: `${gte}${last}\u0001` };
}

const parsed = (text: string): Fact => factSchema.parse(JSON.parse(text));

function isBehind(
  measure: Measure,
  fact: Fact,
  selection: Selection,
  { counted, group }: RecordFilter,
): boolean {
  if (!isCounted(measure, fact, selection) || signIn(measure, fact, selection) === 0) return false;
  const adds = numberIn(fact, measure.calculation.of, selection) !== 0;
  if (counted !== undefined && adds !== (counted === 'yes')) return false;
  return group === undefined || groupOf(fact, selection.by) === group;
}

function groupOf(fact: Fact, by: string | undefined): string {
  return by === undefined || by === 'month' ? fact.day.slice(0, 7) : (fact.labels[by] ?? noGroup);
}

function behind(measure: Measure, fact: Fact, selection: Selection): FigureRecord {
  const { calculation } = measure;
  const sign = signIn(measure, fact, selection);
  const { subject, day, until = null, labels, numbers, span } = fact;
  const open = fact.open === true || (span !== undefined && span.to === undefined);
  const of = sign * (numberIn(fact, calculation.of, selection) ?? 0);
  const per = calculation.kind === 'ratio' ? sign * (numbers[calculation.per] ?? 0) : null;
  const department = labels['department'] ?? null;
  return { ...subject, department, day, until, open, of, per, labels };
}
