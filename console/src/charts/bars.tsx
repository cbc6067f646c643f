import { BarChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([
  ...[BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent],
  SVGRenderer,
]);

/** One row of numbers under a name; null where there is none. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

interface BarsProps {
  /** What each place of the series is called. */
  readonly names: readonly string[];
  readonly series: readonly Series[];
  readonly kind: 'bar' | 'line';
  /** How a number is written. */
  readonly write: (value: number) => string;
  /** What the chart shows, for whoever does not see it. */
  readonly label: string;
}

/** Told apart without their colours too: by their lightness, and by the legend. */
const colours = ['#0b57d0', '#8c8c8c', '#d48806'];

/** Numbers side by side, as bars or, over time, as lines. */
export default function Bars({ names, series, kind, write, label }: BarsProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const chart = init(place.current, undefined, { renderer: 'svg' });
    chart.setOption({
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      aria: { enabled: true, label: { description: label } },
      color: colours,
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      legend: { show: series.length > 1, top: 0 },
      tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => written(value, write) },
      xAxis: { type: 'category', data: [...names], axisLabel: { interval: 0, hideOverlap: true } },
      yAxis: { type: 'value', axisLabel: { formatter: write } },
      series: series.map(({ name, values }) => ({
        ...{ name, type: kind, data: [...values], barMaxWidth: 48 },
      })),
    });
    const follow = new ResizeObserver(() => chart.resize());
    follow.observe(place.current);
    return () => {
      follow.disconnect();
      chart.dispose();
    };
  }, [names, series, kind, write, label]);
  return (
    <div ref={place} role="img" aria-label={label} style={{ height: 320, overflow: 'hidden' }} />
  );
}

const written = (value: unknown, write: (value: number) => string): string =>
  typeof value === 'number' ? write(value) : '—';
