import type { Family, LabelOf, NumberOf } from '../facts/families.js';

/** Text in both languages. */
interface Words {
  readonly zh: string;
  readonly en: string;
}

export const units = ['share', 'number', 'average', 'hours', 'days'] as const;
type Unit = (typeof units)[number];

/** Source of the facts: the ledger's blocks, or this gateway's usage log. */
export const sources = ['ledger', 'gateway'] as const;
type Source = (typeof sources)[number];

/**
 * Which facts count: those of the days of the period (`flow`); those that hold on its last day (`standing`); or how
 * that changed from the day before its first to its last (`change`).
 */
export const scopes = ['flow', 'standing', 'change'] as const;
type Scope = (typeof scopes)[number];

/**
 * A rate or average is `of` divided by `per`; `percentiles` are those of the single values; `sum` adds them; `since` is
 * the number of calendar days from the newest fact with `of` to the last day of the period, today at the latest.
 */
type Calculation =
  | { readonly kind: 'ratio'; readonly of: string; readonly per: string }
  | { readonly kind: 'percentiles'; readonly of: string }
  | { readonly kind: 'sum'; readonly of: string }
  | { readonly kind: 'since'; readonly of: string };

/** One reform figure, as described in the catalogue. */
export interface Measure {
  readonly id: string;
  /** Numbers of the requirements that it measures (docs/figures.md). */
  readonly requirements: readonly number[];
  readonly name: Words;
  readonly unit: Unit;
  readonly source: Source;
  readonly scope: Scope;
  readonly family: Family;
  readonly calculation: Calculation;
  readonly definition: Words;
  /** The article it is based on, if any. */
  readonly law?: string;
  /** Possible splits, besides month; `department` and `matter` are also filters. */
  readonly labels: readonly string[];
}

type Given<F extends Family> = Omit<
  Measure,
  'family' | 'calculation' | 'labels' | 'source' | 'scope'
> & {
  readonly source?: Source;
  readonly scope?: Scope;
  readonly family: F;
  readonly labels: readonly LabelOf<F>[];
  readonly calculation:
    | readonly ['ratio', NumberOf<F>, NumberOf<F>]
    | readonly ['percentiles', NumberOf<F>]
    | readonly ['sum', NumberOf<F>]
    | readonly ['since', NumberOf<F>];
};

/** Checks the names of a measure against its family at compile time. */
export function measure<F extends Family>(given: Given<F>): Measure {
  const { source = 'ledger', scope = 'flow', calculation } = given;
  const [kind, of] = calculation;
  return {
    ...given,
    source,
    scope,
    calculation: kind === 'ratio' ? { kind, of, per: calculation[2] } : { kind, of },
  };
}
