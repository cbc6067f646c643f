import { unitWords, type FiguresView, type MeasureView } from '@yici/api';
import type { Language } from '@yici/domain/model';

type Numbers = Pick<FiguresView['figure'], 'value' | 'withheld'>;

/** A measure's number with its unit. */
export const writeFigure =
  ({ unit }: Pick<MeasureView, 'unit'>, language: Language) =>
  (value: number): string =>
    unit === 'share'
      ? `${(value * 100).toFixed(1)}%`
      : `${value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en')}${unitWords[unit][language]}`;

/** How much a number changed, of a share in percentage points; null where one of the two is none. */
export function changeOf(
  { unit }: Pick<MeasureView, 'unit'>,
  now: Numbers | null | undefined,
  then: Numbers | null | undefined,
): string | null {
  if (typeof now?.value !== 'number' || typeof then?.value !== 'number') return null;
  const change = (now.value - then.value) * (unit === 'share' ? 100 : 1);
  const text = Number(change.toFixed(2)).toString();
  return `${change > 0 ? '+' : ''}${text}${unit === 'share' ? ' pp' : ''}`;
}

const dayMs = 86_400_000;

/** The period of the same length that ends on the day before this one begins. */
export function periodBefore(
  from: string,
  to: string,
): { readonly from: string; readonly to: string } {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(first - (last - first) - dayMs), to: day(first - dayMs) };
}
