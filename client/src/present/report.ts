import { knownWords, type MeasureView, type ReportView } from '@yici/api';
import { groupText, valueText } from './figures.js';

type Figure = ReportView['figures'][number];
type Row = Figure['rows'][number];
type Numbers = NonNullable<Row['now']>;

/** Sections in order; what is declared is never among the headlines. */
const sections: readonly (readonly [title: string, of: (measure: MeasureView) => boolean])[] = [
  ['要目 Headlines', ({ headline, known }) => headline && known !== 'declared'],
  ['由签名的行为得出 From signed acts', ({ headline, known }) => !headline && known !== 'declared'],
  ['自行申报 Declared, which no act bears out', ({ known }) => known === 'declared'],
];

const splitWords = { department: '按部门 by department', matter: '按事项 by matter' };

/** A report as a document to be printed and filed: Markdown without HTML, Chinese first. */
export function reportLines(report: ReportView): string[] {
  const { period, by } = report;
  return [
    `# 部门间办事${period.period.length > 4 ? '月度' : '年度'}报告 ${period.period} Report, ${splitWords[by]}`,
    '',
    ...periodLines('期间 period', period),
    ...(report.before ? periodLines('上期 period before（环比）', report.before) : []),
    ...(report.yearBefore ? periodLines('上年同期 year before（同比）', report.yearBefore) : []),
    '- 各数为期末状况：期后对本期办件的处理不计入，任何时候计算结果相同。',
    '  Figures are as of the end of each period: what was done later is not counted back, so they are the same whenever they are computed.',
    ...(period.final
      ? []
      : ['- **尚未确定：本期未满或者仍有入账可能 NOT FINAL: acts of the period may still come**']),
    ...sections.flatMap(([title, belongs]) => {
      const figures = report.figures.filter(({ measure }) => belongs(measure));
      return ['', `## ${title}`, ...figures.flatMap((figure) => figureLines(figure, report))];
    }),
    ...['', '## 未列入 Not in this report', ''],
    ...report.leftOut.map(
      ({ id, name, why }) => `- ${name.zh} ${name.en} (${id}): ${why.zh} ${why.en}`,
    ),
  ];
}

function periodLines(title: string, { from, to, block, hash }: ReportView['period']): string[] {
  const at =
    block === null
      ? '账本尚未启用 the ledger had not begun'
      : `账本至区块 ledger up to block ${block}，哈希 hash ${hash ?? ''}`;
  return [`- ${title}: ${from} — ${to}；${at}`];
}

function figureLines({ measure, rows }: Figure, report: ReportView): string[] {
  const { name, definition, law, known } = measure;
  const columns = [
    ['组 group', (row: Row) => groupText(row.group, row.name)],
    ['本期 period', (row: Row) => text(measure, row.now)],
    ...(report.before ? compared('上期 before', '环比 change', measure, (row) => row.before) : []),
    ...(report.yearBefore
      ? compared('上年同期 year before', '同比 change', measure, (row) => row.yearBefore)
      : []),
    ['分子/分母 of', (row: Row) => fraction(row.now)],
  ] as const;
  const line = (cells: readonly string[]) => `| ${cells.map(inCell).join(' | ')} |`;
  return [
    ...['', `### ${name.zh} ${name.en} (${measure.id})`, ''],
    `${definition.zh} ${definition.en}`,
    `何以得知 known: ${knownWords[known].zh} ${knownWords[known].en}。${law === null ? '' : `依据 law: ${law.zh} ${law.en}`}`,
    '',
    line(columns.map(([title]) => title)),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map(([, value]) => value(row)))),
  ];
}

function compared(
  title: string,
  change: string,
  measure: MeasureView,
  other: (row: Row) => Numbers | null,
): (readonly [string, (row: Row) => string])[] {
  return [
    [title, (row) => text(measure, other(row))],
    [change, (row) => changeText(measure, row.now, other(row))],
  ];
}

const text = (measure: MeasureView, one: Numbers | null): string =>
  one === null ? '无 none' : valueText(measure)(one);

/** A difference: of shares in percentage points. */
function changeText({ unit }: MeasureView, now: Numbers | null, then: Numbers | null): string {
  if (typeof now?.value !== 'number' || typeof then?.value !== 'number') return '—';
  const change = now.value - then.value;
  const signed = (value: number, digits: number) =>
    `${value > 0 ? '+' : ''}${value.toFixed(digits)}`;
  return unit === 'share'
    ? `${signed(change * 100, 2)} 个百分点 pp`
    : String(Number(signed(change, 2)));
}

const fraction = (one: Numbers | null): string =>
  one === null || one.numerator === null ? '—' : `${one.numerator}/${one.denominator ?? '—'}`;

/** A name of a department or matter is anybody's text: it does not break the table. */
const inCell = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll(/[\r\n]+/g, ' ');

/** Where two reports of a period differ, figure by figure and group by group; empty when they do not. */
export function differences(filed: ReportView, again: ReportView): string[] {
  const told = ({ period, before, yearBefore, by }: ReportView) =>
    JSON.stringify([by, period, before, yearBefore]);
  const cells = ({ figures }: ReportView) =>
    new Map(
      figures.flatMap(({ measure, rows }) =>
        rows.map(({ group, now, before, yearBefore }) => [
          `${measure.id} ${group ?? '合计 total'}`,
          JSON.stringify([now, before, yearBefore]),
        ]),
      ),
    );
  const [own, other] = [cells(filed), cells(again)];
  const names = [...new Set([...own.keys(), ...other.keys()])];
  return [
    ...(told(filed) === told(again) ? [] : [`期间 periods: ${told(filed)} → ${told(again)}`]),
    ...names
      .filter((name) => own.get(name) !== other.get(name))
      .map((name) => `${name}: ${own.get(name) ?? '无 none'} → ${other.get(name) ?? '无 none'}`),
  ];
}
