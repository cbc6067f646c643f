import { knownWords, splitWords, type FiguresView, type MeasureView, type Split } from '@yici/api';
import { Card, Flex, Input, Typography } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useRead } from '../../session/reads.js';
import { usePresent } from '../../session/session.js';
import { Facts } from '../../shell/facts.js';
import { Failure } from '../../shell/failed.js';
import { Waiting } from '../../shell/waiting.js';
import { useWords } from '../../words/language.js';
import { Behind } from './behind.js';
import { Department, Exports, OneOf } from './choices.js';
import { changeOf, periodBefore, writeFigure } from './figures.js';

const Bars = lazy(() => import('../../charts/bars.js'));

type Chosen = Readonly<Record<string, string>>;

/** One figure: its number beside that of the period before, a chart of its groups, what it means, and the records behind it. */
export default function MeasurePage() {
  const { measure = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const chosen: Chosen = Object.fromEntries([...search].filter(([, value]) => value !== ''));
  const { data, error, refetch } = useRead('stats.get', { measure, ...chosen });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const choose = (change: Chosen) => setSearch({ ...chosen, ...change });
  return (
    <Flex vertical gap={16}>
      <Choices figures={data} chosen={chosen} choose={choose} />
      <Numbers figures={data} chosen={chosen} />
      <Behind measure={measure} chosen={chosen} />
    </Flex>
  );
}

interface ChoicesProps {
  readonly figures: FiguresView;
  readonly chosen: Chosen;
  readonly choose: (change: Chosen) => void;
}

function Choices({ figures: { measure, from, to }, chosen, choose }: ChoicesProps) {
  const { t, say } = useWords();
  const { client } = usePresent();
  const set = (name: string) => (value: string) => choose({ [name]: value });
  const csv = () => client.bytes('stats.get', { measure: measure.id, ...chosen, format: 'csv' });
  return (
    <>
      <Typography.Title level={3} style={{ margin: 0 }}>
        {say(measure.name)}
      </Typography.Title>
      <Flex wrap gap={12} align="end" className="no-print">
        <Day label={t('supervision.from')} value={from} on={set('from')} />
        <Day label={t('supervision.to')} value={to} on={set('to')} />
        <Department value={chosen['department'] ?? ''} onChange={set('department')} />
        <By measure={measure} value={chosen['by'] ?? ''} onChange={set('by')} />
        <Exports name={`${measure.id}.csv`} csv={csv} />
      </Flex>
    </>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly on: (day: string) => void;
}

function Day({ label, value, on }: DayProps) {
  return (
    <label className="filter">
      <span>{label}</span>
      <Input
        key={value}
        type="date"
        defaultValue={value}
        onBlur={({ target }) => {
          if (target.value !== '' && target.value !== value) on(target.value);
        }}
      />
    </label>
  );
}

interface ByProps {
  readonly measure: MeasureView;
  readonly value: string;
  readonly onChange: (by: string) => void;
}

function By({ measure, value, onChange }: ByProps) {
  const { t, say } = useWords();
  const options = measure.splits.map((split) => ({
    value: split,
    // A split that is newer than this program has no word.
    label: say(splitWords[split as Split] as (typeof splitWords)[Split] | undefined) || split,
  }));
  return (
    <OneOf
      label={t('supervision.by')}
      value={value}
      options={[{ value: '', label: t('supervision.whole') }, ...options]}
      onChange={onChange}
    />
  );
}

function Numbers({ figures, chosen }: { readonly figures: FiguresView; readonly chosen: Chosen }) {
  const { t, say, language } = useWords();
  const { measure, figure, from, to } = figures;
  const span = periodBefore(from, to);
  const before = useRead('stats.get', { measure: measure.id, ...chosen, ...span }).data;
  const write = useMemo(() => writeFigure(measure, language), [measure, language]);
  const text = (one: FiguresView['figure'] | undefined) => {
    if (one?.withheld === true) return t('supervision.withheld');
    return typeof one?.value === 'number' ? write(one.value) : t('supervision.none');
  };
  const facts = [
    [
      t('supervision.value'),
      `${text(figure)} （${figure.numerator ?? '—'} / ${figure.denominator ?? '—'}）`,
    ],
    [
      `${t('supervision.before')} ${span.from} ${t('table.until')} ${span.to}`,
      `${text(before?.figure)} ${changeOf(measure, figure, before?.figure) ?? ''}`,
    ],
    [t('supervision.definition'), say(measure.definition)],
    [t('supervision.law'), say(measure.law) || '—'],
    [t('supervision.known'), say(knownWords[measure.known])],
    [t('supervision.requirements'), measure.requirements.join('、')],
  ] as const;
  return (
    <Card>
      <Facts bordered facts={facts} />
      <Chart figures={figures} before={before} write={write} />
    </Card>
  );
}

interface ChartProps {
  readonly figures: FiguresView;
  readonly before: FiguresView | undefined;
  readonly write: (value: number) => string;
}

function Chart({ figures, before, write }: ChartProps) {
  const { t, say } = useWords();
  const { measure, by, figure } = figures;
  const drawn = useMemo(() => {
    const shown = by === null ? [figure] : figures.groups;
    const then = new Map(
      (by === null && before ? [before.figure] : (before?.groups ?? [])).map((one) => [
        one.group,
        one.value,
      ]),
    );
    const series = [{ name: t('supervision.value'), values: shown.map(({ value }) => value) }];
    // Months of another period are other months.
    if (by !== 'month') {
      const values = shown.map(({ group }) => then.get(group) ?? null);
      series.push({ name: t('supervision.before'), values });
    }
    return {
      names: shown.map(({ group, name }) => say(name) || (group ?? t('supervision.whole'))),
      series,
    };
  }, [figures, before, by, figure, t, say]);
  return (
    <Suspense fallback={<div style={{ height: 320 }} />}>
      <Bars
        {...drawn}
        kind={by === 'month' ? 'line' : 'bar'}
        write={write}
        label={say(measure.name)}
      />
    </Suspense>
  );
}
