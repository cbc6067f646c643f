import { minCount, type FiguresView, type Split } from '@yici/api';
import { shiftDate } from '@yici/domain/model';
import { daysBetween, hoursBetween, midnightAfter } from '../facts/elapsed.js';
import type { Fact } from '../facts/fact.js';
import type { Measure } from './measure.js';

/** Selects the facts of a figure. */
export interface Selection {
  /** First and last day, Asia/Shanghai, both included. */
  readonly from: string;
  readonly to: string;
  /** The current day: what is still open counts once its day is over. */
  readonly today: string;
  /** The month at whose end the facts are taken as they stood; absent: as they stand now. */
  readonly asOf?: string | undefined;
  readonly department?: string | undefined;
  readonly matter?: string | undefined;
  readonly by?: Split | undefined;
}

/** One figure: for the whole, or for one group of a split. */
export type Figure = Omit<FiguresView['figure'], 'name'>;

/** The group of facts that lack the label. */
export const noGroup = '-';

/** Whether a fact is part of a measure in a selection, whatever its day. */
export function isCounted(measure: Measure, fact: Fact, selection: Selection): boolean {
  const { calculation } = measure;
  const has = (name: string) => numberIn(fact, name, selection) !== undefined;
  if (!has(calculation.of)) return false;
  if (calculation.kind === 'ratio' && !has(calculation.per)) return false;
  if (fact.open === true && fact.day >= selection.today) return false;
  return (['department', 'matter'] as const).every(
    (name) => selection[name] === undefined || fact.labels[name] === selection[name],
  );
}

/** The days of a figure, or of one month in it. */
type Period = Pick<Selection, 'from' | 'to' | 'today'>;

/** The last day of the period that is over. */
const lastOver = ({ to, today }: Pick<Period, 'to' | 'today'>): string =>
  to < today ? to : shiftDate(today, -1);

/** A number of a fact; hours of what had not ended in the period are those up to the end of its last day that is over. */
export function numberIn(
  fact: Fact,
  name: string,
  period: Pick<Period, 'to' | 'today'>,
): number | undefined {
  const { span, until } = fact;
  if (span === undefined || name !== 'hours') return fact.numbers[name];
  const ended = until !== undefined && until <= period.to ? span.to : undefined;
  return hoursBetween(span.from, ended ?? midnightAfter(lastOver(period)), span.held);
}

/** Whether a lasting fact holds on a day. */
const holdsOn = (fact: Fact, day: string): boolean =>
  fact.day <= day && (fact.until === undefined || fact.until >= day);

/** The days whose facts must be read. */
export function daysOf(
  measure: Measure,
  { from, to }: Pick<Selection, 'from' | 'to'>,
): { readonly first: string; readonly last: string } {
  return measure.scope === 'flow' ? { first: from, last: to } : { first: '', last: to };
}

/**
 * 1 when a fact counts in a period, -1 when its end does, 0 when neither. For a flow, the days read are those of the
 *   period.
 */
export function signIn({ scope }: Measure, fact: Fact, period: Period): -1 | 0 | 1 {
  if (scope === 'flow') return 1;
  if (scope === 'running') return ranIn(fact, period) ? 1 : 0;
  const { from, to } = period;
  const holds = holdsOn(fact, to);
  if (scope === 'standing') return holds ? 1 : 0;
  const held = holdsOn(fact, shiftDate(from, -1));
  if (holds === held) return 0;
  return holds ? 1 : -1;
}

/** What ended counts up to its day; what runs today counts from tomorrow on. */
function ranIn({ day, until }: Fact, period: Period): boolean {
  const ended = until !== undefined && until <= period.to;
  return ended ? until >= period.from : day <= lastOver(period);
}

/** Accumulates facts to figures: the whole, and with `by` every group in order. Add each fact of {@link daysOf} once. */
export class FigureSum {
  readonly #measure: Measure;
  readonly #selection: Selection;
  readonly #whole: Sums;
  readonly #groups = new Map<string, Sums>();
  readonly #mayShow: (fact: Fact) => boolean;

  constructor(measure: Measure, selection: Selection, mayShow: (fact: Fact) => boolean) {
    this.#mayShow = mayShow;
    this.#measure = measure;
    this.#selection = selection;
    this.#whole = new Sums(measure);
    if (measure.scope !== 'flow' && selection.by === 'month') {
      for (const month of monthsOf(selection)) this.#groups.set(month, new Sums(measure));
    }
  }

  add(fact: Fact): void {
    if (!isCounted(this.#measure, fact, this.#selection)) return;
    const { by } = this.#selection;
    const shown = this.#mayShow(fact);
    this.#whole.add(fact, this.#selection, shown);
    if (by === undefined) return;
    if (by !== 'month') {
      this.#group(fact.labels[by] ?? noGroup).add(fact, this.#selection, shown);
    } else if (this.#measure.scope === 'flow') {
      this.#group(fact.day.slice(0, 7)).add(fact, this.#selection, shown);
    } else {
      for (const [month, sums] of this.#groups) {
        sums.add(fact, bounds(month, this.#selection), shown);
      }
    }
  }

  get whole(): Figure {
    return this.#whole.figure(null, this.#lastDay());
  }

  get groups(): Figure[] {
    const counted = [...this.#groups]
      .filter(([, sums]) => sums.facts > 0 || this.#selection.by === 'month')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, sums]) => [sums, sums.figure(group, this.#lastDay(group))] as const);
    return withoutDifference(counted);
  }

  /** The last day of the period, or of a month in it; future days do not count. */
  #lastDay(group?: string): string {
    const { by, today } = this.#selection;
    const { to } =
      by === 'month' && group !== undefined ? bounds(group, this.#selection) : this.#selection;
    return to < today ? to : today;
  }

  #group(name: string): Sums {
    const known = this.#groups.get(name) ?? new Sums(this.#measure);
    this.#groups.set(name, known);
    return known;
  }
}

class Sums {
  readonly #measure: Measure;
  #numerator = 0;
  #denominator = 0;
  readonly #values: number[] = [];
  readonly #departments = new Set<string>();
  #newest: string | undefined;
  facts = 0;
  /** Number of facts whose records the reader may not see. */
  hidden = 0;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  add(fact: Fact, period: Period, shown: boolean): void {
    const sign = signIn(this.#measure, fact, period);
    if (sign === 0) return;
    const { day } = fact;
    this.facts += 1;
    if (!shown) this.hidden += 1;
    if (this.#newest === undefined || day > this.#newest) this.#newest = day;
    this.#sum(fact, sign, period);
  }

  #sum(fact: Fact, sign: -1 | 1, period: Period): void {
    const { calculation } = this.#measure;
    const { numbers, labels } = fact;
    const value = numberIn(fact, calculation.of, period) ?? 0;
    this.#numerator += sign * value;
    if (calculation.kind === 'ratio') this.#denominator += sign * (numbers[calculation.per] ?? 0);
    if (calculation.kind === 'percentiles') this.#values.push(value);
    if (calculation.kind === 'departments') this.#departments.add(labels['department'] ?? noGroup);
  }

  figure(group: string | null, lastDay: string): Figure {
    if (this.hidden > 0 && this.facts < minCount) return withheld(group);
    const numerator = rounded(this.#numerator, 2);
    const common = { group, numerator, p90: null, facts: this.facts, withheld: false };
    switch (this.#measure.calculation.kind) {
      case 'sum':
        return { ...common, denominator: null, value: numerator };
      case 'ratio': {
        const denominator = rounded(this.#denominator, 2);
        const value = denominator === 0 ? null : rounded(numerator / denominator, 4);
        return { ...common, denominator, value };
      }
      case 'percentiles': {
        const sorted = this.#values.sort((a, b) => a - b);
        const value = percentile(sorted, 50);
        return { ...common, denominator: sorted.length, value, p90: percentile(sorted, 90) };
      }
      case 'departments': {
        const { size } = this.#departments;
        return { ...common, numerator: size, denominator: null, value: size };
      }
      case 'since':
        return { ...common, denominator: null, value: daysSince(this.#newest, lastDay) };
    }
  }
}

const withheld = (group: string | null): Figure => ({
  ...{ group, numerator: null, denominator: null, value: null, p90: null, facts: null },
  withheld: true,
});

/**
 * A single withheld group could be computed from the whole and the others, so the smallest of the others with hidden
 * facts is withheld too.
 */
function withoutDifference(counted: readonly (readonly [Sums, Figure])[]): Figure[] {
  const figures = counted.map(([, figure]) => figure);
  if (figures.filter((figure) => figure.withheld).length !== 1) return figures;
  const [next] = counted
    .filter(([sums, figure]) => !figure.withheld && sums.facts > 0)
    .sort(([a], [b]) => a.facts - b.facts);
  return figures.map((figure) => (figure === next?.[1] ? withheld(figure.group) : figure));
}

const daysSince = (newest: string | undefined, lastDay: string): number | null =>
  newest === undefined ? null : daysBetween(newest, lastDay);

/** Nearest rank: the smallest value that is not exceeded by at least the given percentage of values. */
export function percentile(sorted: readonly number[], percent: number): number | null {
  const rank = Math.max(1, Math.ceil((percent * sorted.length) / 100));
  return sorted[rank - 1] ?? null;
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

/** The months of a period; at most ten years. */
function monthsOf({ from, to }: Selection): string[] {
  const months: string[] = [];
  const last = to.slice(0, 7);
  for (
    let month = from.slice(0, 7);
    month <= last && months.length < 120;
    month = monthAfter(month)
  ) {
    months.push(month);
  }
  return months;
}

export const monthAfter = (month: string): string => shiftDate(`${month}-28`, 4).slice(0, 7);

/** First and last day of a month within the period. */
function bounds(month: string, { from, to, today }: Selection): Period {
  const first = `${month}-01`;
  const last = shiftDate(`${monthAfter(month)}-01`, -1);
  return { from: first > from ? first : from, to: last < to ? last : to, today };
}
