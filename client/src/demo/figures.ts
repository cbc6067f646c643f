import type { FiguresView } from '@yici/api';
import type { Stage } from './stage.js';

/** What the demo's own cases come to in the headlines of the reform, none of which is declared. */
export async function reportFigures({ cast, narrator }: Stage): Promise<void> {
  narrator.heading({
    zh: '成效指标：全部出自演示数据，不代表任何真实成效',
    en: 'Figures: of demo data only, no real result of anybody',
  });
  const { client } = await cast.as('supervision.supervisor1');
  const { items } = await client.read('stats.list', {});
  for (const { id } of items.filter(({ headline }) => headline)) {
    const { measure, figure } = await client.read('stats.get', { measure: id });
    const value = valueText(measure.unit, figure);
    narrator.checked({
      zh: `${measure.name.zh}：${value ?? '无'}  yici stats show ${id}`,
      en: `${measure.name.en}: ${value ?? 'none'}  yici stats show ${id}`,
    });
  }
}

function valueText(unit: string, figure: FiguresView['figure']): string | undefined {
  const { value, numerator, denominator } = figure;
  if (value === null) return undefined;
  if (unit !== 'share') return String(value);
  return `${(value * 100).toFixed(1)}% (${numerator ?? 0}/${denominator ?? 0})`;
}
