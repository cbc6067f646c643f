import type { scopes, sources, Split, units } from '@yici/api';
import type { Family, LabelOf, NumberOf } from '../facts/families.js';

/** Text in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

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
  readonly unit: (typeof units)[number];
  readonly source: (typeof sources)[number];
  readonly scope: (typeof scopes)[number];
  readonly family: Family;
  readonly calculation: Calculation;
  readonly definition: Words;
  /** The article it is based on, if any. */
  readonly law?: string;
  /** What it can be split by, beside month; `department` and `matter` can narrow it too. */
  readonly labels: readonly Split[];
}

type Given<F extends Family> = Omit<
  Measure,
  'family' | 'calculation' | 'labels' | 'source' | 'scope'
> & {
  readonly source?: Measure['source'];
  readonly scope?: Measure['scope'];
  readonly family: F;
  readonly labels: readonly (LabelOf<F> & Split)[];
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
