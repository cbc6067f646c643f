import { unitWords, type FiguresView, type MeasureView } from '@yici/api';
import type { Say } from '@yici/terminal';

type Figure = FiguresView['figure'];

/** A group by its name and its id. */
export function groupText(group: string | null, name: Figure['name'], say: Say): string {
  if (name !== null) return group === null ? say(name) : say.aside(name, group);
  return group ?? say({ zh: '合计', en: 'total' });
}

/** The value of a measure's figures, with its unit. */
export function valueText(
  { unit }: MeasureView,
  { value, withheld }: Pick<Figure, 'value' | 'withheld'>,
  say: Say,
): string {
  if (withheld) return say({ zh: '记录太少，不公开', en: 'too few records to tell' });
  if (value === null) return say({ zh: '无', en: 'none' });
  return unit === 'share' ? `${(value * 100).toFixed(2)}%` : `${value}${say(unitWords[unit])}`;
}
