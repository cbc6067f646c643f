import type { Citation } from '@yici/domain/model';
import type { MeasureView, Split } from '@yici/api';
import type { Family, LabelOf, NumberOf } from '../facts/families.js';

/** Text in both languages. */
export type Words = MeasureView['name'];

/**
 * A rate or average is `of` divided by `per`; `percentiles` are those of the single values; `sum` adds them; `since` is
 * the number of calendar days from the newest fact with `of` to the last day of the period, today at the latest;
 * `departments` counts the departments that have a fact with `of`, each once.
 */
type Calculation =
  | { readonly kind: 'ratio'; readonly of: string; readonly per: string }
  | { readonly kind: 'percentiles'; readonly of: string }
  | { readonly kind: 'sum'; readonly of: string }
  | { readonly kind: 'since'; readonly of: string }
  | { readonly kind: 'departments'; readonly of: string };

/** One reform figure, as described in the catalogue. */
export interface Measure extends Pick<
  MeasureView,
  'id' | 'name' | 'unit' | 'source' | 'scope' | 'known' | 'headline' | 'definition'
> {
  /** Numbers of the requirements that it measures (docs/figures.md). */
  readonly requirements: readonly number[];
  readonly family: Family;
  readonly calculation: Calculation;
  /** The article it is based on, if any. */
  readonly law?: readonly Citation[];
  /** What it can be split by, beside month; `department` and `matter` can narrow it too. */
  readonly labels: readonly Split[];
}

/** The text of a measure; `labels` and `known` where it is split or known in another way than its family. */
interface Description<F extends Family> {
  readonly name: Words;
  readonly known?: Measure['known'];
  readonly headline?: true;
  readonly zh: string;
  readonly en: string;
  readonly law?: readonly Citation[];
  readonly labels?: readonly (LabelOf<F> & Split)[];
}

/** Makes the measures of a family of facts, one function for each kind; names are checked against it at compile time. */
export function figuresOf<F extends Family>(
  family: F,
  labels: readonly (LabelOf<F> & Split)[],
  {
    known,
    scope = 'flow',
    source = 'ledger',
  }: Pick<Measure, 'known'> & Partial<Pick<Measure, 'scope' | 'source'>>,
) {
  const kind =
    <Of>(unit: Measure['unit'], calculation: (of: Of) => Calculation) =>
    (id: string, requirements: readonly number[], of: Of, text: Description<F>): Measure => {
      const { zh, en, ...rest } = text;
      const definition = { zh, en };
      const common = { id, requirements, unit, source, scope, known, family, labels };
      return { ...common, headline: false, calculation: calculation(of), definition, ...rest };
    };
  const ratio = ([of, per]: readonly [NumberOf<F>, NumberOf<F>]) =>
    ({ kind: 'ratio', of, per }) as const;
  const single =
    <Kind extends 'percentiles' | 'sum' | 'since' | 'departments'>(name: Kind) =>
    (of: NumberOf<F>) => ({ kind: name, of });
  return {
    share: kind('share', ratio),
    average: kind('average', ratio),
    number: kind('number', single('sum')),
    days: kind('days', single('percentiles')),
    hours: kind('hours', single('percentiles')),
    daysSince: kind('days', single('since')),
    departments: kind('number', single('departments')),
  };
}
