import type { MeasureView, Split } from '@yici/api';
import { citationWords } from '@yici/domain/model';
import { auditMeasures } from './measures-audits.js';
import { caseMeasures } from './measures-cases.js';
import { catalogueMeasures } from './measures-catalogue.js';
import { disciplineMeasures } from './measures-discipline.js';
import { gatewayMeasures } from './measures-gateway.js';
import { sharingMeasures } from './measures-sharing.js';
import type { Measure } from './measure.js';

/** All figures: routes, OpenAPI, the command line and docs/figures.md are derived from this list. */
export const measures: readonly Measure[] = [
  ...caseMeasures,
  ...disciplineMeasures,
  ...auditMeasures,
  ...sharingMeasures,
  ...catalogueMeasures,
  ...gatewayMeasures,
];

const byId: ReadonlyMap<string, Measure> = new Map(measures.map((one) => [one.id, one]));

export const measureOf = (id: string): Measure | undefined => byId.get(id);

/** What a measure can be split by. */
export const splitsOf = ({ labels }: Measure): Split[] => ['month', ...labels];

/** A measure as the catalogue shows it. */
export function viewOfMeasure(one: Measure): MeasureView {
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
