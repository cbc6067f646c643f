import type { ReportView } from '@yici/api';
import { shiftDate } from '@yici/domain/model';
import { midnightAfter } from '../facts/elapsed.js';
import type { Fact } from '../facts/fact.js';
import type { IndexReader } from '../index-store/reader.js';
import { without } from '../without.js';
import { measures, viewOfMeasure } from './catalogue.js';
import { monthAfter, type Figure } from './figures.js';
import type { Words } from './measure.js';
import { readManyFigures } from './reading.js';

type Period = ReportView['period'];
type Row = ReportView['figures'][number]['rows'][number];

interface Asked {
  readonly index: IndexReader;
  /** The current day. */
  readonly today: string;
  readonly by: ReportView['by'];
  readonly mayShow: (fact: Fact) => boolean;
  /** The name of a group. */
  readonly nameOf: (group: string) => Words | null;
}

/** A gateway's own journal is on no ledger: nobody else could compute its figures again. */
const reported = measures.filter(({ source }) => source === 'ledger');
const leftOut = measures.filter(({ source }) => source === 'gateway');
const ofOneGateway: Words = {
  zh: '出自各网关自有记录，不上账本，他人无从复算',
  en: 'from each gateway’s own journal: not on the ledger, so nobody else can compute it again',
};

/**
 * The report of a month or a year: what each figure of the ledger was at the end of its last day, and at the ends of the
 * periods beside it. What is done later, about a case of the period too, does not change it.
 */
export async function reportOf(asked: Asked, name: string): Promise<ReportView> {
  const { index, by, nameOf } = asked;
  const period = periodOf(index, name);
  const before = begun(periodOf(index, previous(name)));
  const yearBefore = isMonth(name) ? begun(periodOf(index, aYearBefore(name))) : null;
  const found = await Promise.all([
    figuresIn(asked, period),
    before && figuresIn(asked, before),
    yearBefore && figuresIn(asked, yearBefore),
  ]);
  return {
    ...{ by, period, before, yearBefore },
    figures: reported.map((measure, no) => ({
      measure: viewOfMeasure(measure),
      rows: rowsOf(
        found.map((one) => one?.[no] ?? []),
        nameOf,
      ),
    })),
    leftOut: leftOut.map(({ id, name: words }) => ({ id, name: words, why: ofOneGateway })),
  };
}

/** Of each measure the whole, and its groups where it is split so. */
async function figuresIn({ index, today, by, mayShow }: Asked, { from, to }: Period) {
  const over = shiftDate(to, 1);
  const asOf = to.slice(0, 7);
  const common = { from, to, asOf, today: over < today ? over : today };
  const asked = reported.map((measure) => ({
    measure,
    selection: { ...common, by: measure.labels.includes(by) ? by : undefined },
  }));
  const found = await readManyFigures(index, asked, mayShow);
  return found.map(({ figure, groups }) => [figure, ...groups]);
}

/** The figures of the period, of the one before and of the year before, group beside group. */
function rowsOf(
  found: readonly (readonly Figure[])[],
  nameOf: (group: string) => Words | null,
): Row[] {
  const groups = new Set(found.flatMap((figures) => figures.map(({ group }) => group)));
  const inOrder = [...groups].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
  return inOrder.map((group) => {
    const [now = null, before = null, yearBefore = null] = found.map((figures) => {
      const figure = figures.find((one) => one.group === group);
      return figure === undefined ? null : without(figure, 'group');
    });
    return { group, name: group === null ? null : nameOf(group), now, before, yearBefore };
  });
}

const isMonth = (name: string): boolean => name.length > 4;
const yearBefore = (name: string): string => String(Number(name.slice(0, 4)) - 1);
const aYearBefore = (name: string): string => `${yearBefore(name)}${name.slice(4)}`;
const previous = (name: string): string =>
  isMonth(name) ? shiftDate(`${name}-01`, -1).slice(0, 7) : yearBefore(name);
/** The last month that is over. */
export const lastMonth = (today: string): string => previous(today.slice(0, 7));
const begun = (period: Period): Period | null => (period.block === null ? null : period);

function periodOf(index: IndexReader, period: string): Period {
  const [first, last] = isMonth(period) ? [period, period] : [`${period}-01`, `${period}-12`];
  const to = shiftDate(`${monthAfter(last)}-01`, -1);
  return { period, from: `${first}-01`, to, ...lastBlock(index, midnightAfter(to)) };
}

/** No act is committed so long after its own time (docs/adr/0014). */
const settledAfter = 30 * 60_000;

/** The last block whose time is before an instant, and whether so much newer ones are there that no other can come. */
function lastBlock(index: IndexReader, end: string): Pick<Period, 'block' | 'hash' | 'final'> {
  const settled = new Date(Date.parse(end) + settledAfter).toISOString();
  const newer = firstFrom(index, settled);
  let last = newer - 1;
  while (last >= 0 && timeOf(index, last) >= end) last -= 1;
  const { number = null, hash = null } = index.block(last) ?? {};
  return { block: number, hash, final: newer < heightOf(index) };
}

const heightOf = (index: IndexReader): number => (index.checkpoint()?.block ?? -1) + 1;
const timeOf = (index: IndexReader, number: number): string => index.block(number)?.at ?? '';

/** The first block from an instant on: times of neighbours differ by minutes in either direction, never by {@link settledAfter}. */
function firstFrom(index: IndexReader, instant: string): number {
  let [low, high] = [0, heightOf(index)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (timeOf(index, middle) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
