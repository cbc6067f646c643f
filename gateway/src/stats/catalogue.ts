import type { Split } from '@yici/api';
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
