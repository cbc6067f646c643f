import type { FiguresView, MeasureView } from '@yici/api';

type Figure = FiguresView['figure'];

/** A group by its name and its id. */
export const groupText = (group: string | null, name: Figure['name']): string =>
  name === null ? (group ?? '合计 total') : `${name.zh}（${group ?? ''}）`;

const unitText: Readonly<Record<MeasureView['unit'], string>> = {
  share: '',
  number: '',
  average: '',
  hours: ' 小时 hours',
  days: ' 日 days',
};

/** The value of a measure's figures, with its unit. */
export function valueText({
  unit,
}: MeasureView): (figure: Pick<Figure, 'value' | 'withheld'>) => string {
  return ({ value, withheld }) => {
    if (withheld) return '记录太少，不公开 too few records to tell';
    if (value === null) return '无 none';
    return unit === 'share' ? `${(value * 100).toFixed(2)}%` : `${value}${unitText[unit]}`;
  };
}
