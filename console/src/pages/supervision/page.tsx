import type { ReportView } from '@yici/api';
import { Card, Col, Flex, Row, Segmented, Statistic, Tag, Typography } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useRead } from '../../session/reads.js';
import { usePresent } from '../../session/session.js';
import { Failure } from '../../shell/failed.js';
import { Waiting } from '../../shell/waiting.js';
import { useWords } from '../../words/language.js';
import { Department, Exports, OneOf, type ChoiceProps } from './choices.js';
import { changeOf, writeFigure } from './figures.js';

/** The figures of the reform for a month or a year, beside those of the period before, and what supervision waits for. */
export default function SupervisionPage() {
  const { t } = useWords();
  const { client } = usePresent();
  const [search, setSearch] = useSearchParams();
  const period = search.get('period') ?? thisMonth();
  const department = search.get('department') ?? '';
  const all = search.get('all') === 'true';
  const { data, error, refetch } = useRead('reports.get', { period, by: 'department' });
  const csv = () => client.bytes('reports.get', { period, by: 'department', format: 'csv' });
  const change = (field: string) => (value: string) =>
    setSearch({ period, department, all: String(all), [field]: value });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  return (
    <Flex vertical gap={16}>
      <Flex wrap gap={12} align="end" justify="space-between">
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t('supervision.title')} {period}
        </Typography.Title>
        <Waits />
      </Flex>
      <Flex wrap gap={12} align="end" className="no-print">
        <Period value={period} onChange={change('period')} />
        <Department value={department} onChange={change('department')} />
        <Segmented
          aria-label={t('supervision.which')}
          value={String(all)}
          options={['false', 'true'].map((value) => ({
            value,
            label: t(value === 'true' ? 'supervision.all' : 'supervision.headlines'),
          }))}
          onChange={change('all')}
        />
        <Exports name={`yici-${period}.csv`} csv={csv} />
      </Flex>
      {data === undefined ? <Waiting /> : <Figures {...{ report: data, department, all }} />}
    </Flex>
  );
}

/** In Asia/Shanghai, as the report has its months. */
const thisMonth = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

function Period({ value, onChange }: ChoiceProps) {
  const { t } = useWords();
  const year = Number(thisMonth().slice(0, 4));
  const months = (of: number) =>
    Array.from({ length: 12 }, (_, at) => `${String(of)}-${String(12 - at).padStart(2, '0')}`);
  const options = [year, year - 1, year - 2]
    .flatMap((one) => [String(one), ...months(one)])
    .filter((one) => one <= thisMonth());
  return (
    <OneOf
      label={t('supervision.period')}
      value={value}
      options={options.map((one) => ({ value: one, label: one }))}
      onChange={onChange}
    />
  );
}

/** Lists that supervision begins with. */
const waits = [
  ['/records/inbox', 'supervision.lights'],
  ['/supervision/dwell', 'supervision.dwell'],
  ['/records/cards?waits=explanation', 'supervision.explanations'],
  ['/records/cards?waits=ruling', 'supervision.reviews'],
  ['/records/orders?status=open', 'supervision.orders'],
  ['/records/evaluations', 'supervision.evaluations'],
] as const;

function Waits() {
  const { t } = useWords();
  return (
    <Flex wrap gap={12} className="no-print">
      {waits.map(([to, words]) => (
        <Link key={to} to={to}>
          {t(words)}
        </Link>
      ))}
    </Flex>
  );
}

interface FiguresProps {
  readonly report: ReportView;
  readonly department: string;
  readonly all: boolean;
}

function Figures({ report, department, all }: FiguresProps) {
  const { t } = useWords();
  const shown = report.figures.filter(({ measure }) => all || measure.headline);
  const { from, to, final } = report.period;
  return (
    <>
      <Typography.Text type="secondary">
        {from} {t('table.until')} {to} {final ? '' : t('supervision.open')}
      </Typography.Text>
      <Row gutter={[16, 16]}>
        {shown.map((figure) => (
          <Col key={figure.measure.id} xs={24} sm={12} lg={8} xxl={6}>
            <Figure figure={figure} department={department} span={{ from, to }} />
          </Col>
        ))}
      </Row>
    </>
  );
}

type Numbers = ReportView['figures'][number]['rows'][number]['now'];

interface FigureProps {
  readonly figure: ReportView['figures'][number];
  readonly department: string;
  readonly span: { readonly from: string; readonly to: string };
}

function Figure({ figure: { measure, rows }, department, span }: FigureProps) {
  const { t, say, language } = useWords();
  const row = rows.find(({ group }) => group === (department === '' ? null : department));
  const query = new URLSearchParams({ ...span, department });
  const change = changeOf(measure, row?.now, row?.before);
  const text = (one: Numbers | undefined, none: string) =>
    typeof one?.value === 'number' ? writeFigure(measure, language)(one.value) : none;
  const isWithheld = row?.now?.withheld === true;
  return (
    <Card size="small" style={{ height: '100%' }} className="figure">
      <Link to={`/supervision/${measure.id}?${query.toString()}`}>{say(measure.name)}</Link>
      <Statistic
        value={text(row?.now, t(isWithheld ? 'supervision.withheld' : 'supervision.none'))}
      />
      <Typography.Paragraph type="secondary" style={{ marginBottom: 4 }}>
        {t('supervision.before')} {text(row?.before, '—')}
        {change === null ? null : <Tag style={{ marginLeft: 8 }}>{change}</Tag>}
      </Typography.Paragraph>
      <Typography.Paragraph style={{ fontSize: 12, margin: 0 }}>
        {say(measure.definition)}
      </Typography.Paragraph>
    </Card>
  );
}
