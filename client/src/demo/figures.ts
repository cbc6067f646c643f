import type { FiguresView } from '@yici/api';
import type { Stage } from './stage.js';

/** A selection of the figures of `yici stats list`. */
const shown = [
  'on-time-rate',
  'zero-run-rate',
  'materials-saved',
  'speed-up-rate',
  'bounces',
  'cards',
  'share-refusal-rate',
] as const;

/** What the demo's own cases come to in the figures of the reform: computed from the ledger, typed by nobody. */
export async function reportFigures({ cast, narrator }: Stage): Promise<void> {
  narrator.heading(
    '成效指标 Figures: 全部出自演示数据，不代表任何真实成效 of demo data only, no real result of anybody',
  );
  const { client } = await cast.as('supervision.supervisor1');
  for (const id of shown) {
    const { measure, figure } = await client.read('stats.get', { measure: id });
    const { zh, en } = measure.name;
    narrator.checked(`${zh} ${en}: ${valueText(measure.unit, figure)}  yici stats show ${id}`);
  }
}

function valueText(unit: string, figure: FiguresView['figure']): string {
  const { value, numerator, denominator } = figure;
  if (value === null) return '无 none';
  if (unit !== 'share') return String(value);
  return `${(value * 100).toFixed(1)}%（${numerator ?? 0}/${denominator ?? 0}）`;
}
