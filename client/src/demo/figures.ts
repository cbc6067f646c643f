import type { FiguresView } from '@yici/api';
import type { Stage } from './stage.js';

/** What the demo's own cases come to in the headlines of the reform, none of which is declared. */
export async function reportFigures({ cast, narrator }: Stage): Promise<void> {
  narrator.heading(
    '成效指标 Figures: 全部出自演示数据，不代表任何真实成效 of demo data only, no real result of anybody',
  );
  const { client } = await cast.as('supervision.supervisor1');
  const { items } = await client.read('stats.list', {});
  for (const { id } of items.filter(({ headline }) => headline)) {
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
