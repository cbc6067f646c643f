import { useQueries } from '@tanstack/react-query';
import type { FiguresView } from '@yici/api';
import { Card, Empty, Flex, Typography } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useNames } from '../../session/names.js';
import { useRead } from '../../session/reads.js';
import { usePresent } from '../../session/session.js';
import { Waiting } from '../../shell/waiting.js';
import { useWords } from '../../words/language.js';
import { writeFigure } from './figures.js';

const measure = 'step-dwell';

/** Where cases stand still: how long steps take, by department and step. */
export default function DwellPage() {
  const { t, say } = useWords();
  const [search] = useSearchParams();
  const span = Object.fromEntries([...search].filter(([name]) => name === 'from' || name === 'to'));
  const { data } = useRead('stats.get', { measure, ...span, by: 'department' });
  const found = useSteps(data, span);
  if (data === undefined) return <Waiting />;
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        {t('supervision.dwell')} {data.from} {t('table.until')} {data.to}
      </Typography.Title>
      <Typography.Text>{say(data.measure.definition)}</Typography.Text>
      <Card>
        {found.length === 0 ? <Empty /> : <DwellMap rows={found} measured={data.measure} />}
      </Card>
    </Flex>
  );
}

interface DwellRow {
  readonly department: string;
  readonly steps: FiguresView['groups'];
}

/** The steps of each department that has any. */
function useSteps(
  figures: FiguresView | undefined,
  span: Readonly<Record<string, string>>,
): readonly DwellRow[] {
  const { client, session } = usePresent();
  const departments = figures?.groups.flatMap(({ group }) => group ?? []) ?? [];
  const answers = useQueries({
    queries: departments.map((department) => {
      const asked = { measure, ...span, department, by: 'step' };
      return {
        queryKey: [session.user, 'stats.get', asked],
        queryFn: () => client.read('stats.get', asked),
      };
    }),
  });
  return departments.flatMap((department, at) => {
    const steps = answers[at]?.data?.groups ?? [];
    return steps.length === 0 ? [] : [{ department, steps }];
  });
}

interface MapProps {
  readonly rows: readonly DwellRow[];
  readonly measured: FiguresView['measure'];
}

function DwellMap({ rows, measured }: MapProps) {
  const { t, say, language } = useWords();
  const names = useNames();
  const write = writeFigure(measured, language);
  const all = rows.flatMap((row) => row.steps);
  const steps = [
    ...new Map(all.flatMap(({ group, name }) => (group === null ? [] : [[group, name]]))),
  ];
  const most = Math.max(...all.map(({ value }) => value ?? 0), 1);
  return (
    <div className="scrolled" tabIndex={0} role="group" aria-label={t('supervision.dwell')}>
      <table className="dwell">
        <thead>
          <tr>
            <th scope="col">{t('table.department')}</th>
            {steps.map(([step, name]) => (
              <th key={step} scope="col">
                {say(name) || step}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ department, steps: own }) => (
            <tr key={department}>
              <th scope="row">
                <Link to={`/supervision/${measure}?by=step&department=${department}`}>
                  {names(department)}
                </Link>
              </th>
              {steps.map(([step]) => (
                <Cell key={step} value={valueOf(own, step)} {...{ most, write }} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const valueOf = (own: DwellRow['steps'], step: string): number | null =>
  own.find(({ group }) => group === step)?.value ?? null;

interface CellProps {
  readonly value: number | null;
  readonly most: number;
  readonly write: (value: number) => string;
}

const Cell = ({ value, most, write }: CellProps) => (
  <td style={{ background: shade(value, most) }}>{value === null ? '' : write(value)}</td>
);

/** The longer, the darker; light enough for black text throughout. */
const shade = (value: number | null, most: number): string =>
  value === null
    ? 'transparent'
    : `rgb(11 87 208 / ${String(5 + Math.round((value / most) * 30))}%)`;
