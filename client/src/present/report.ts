import { knownWords, type MeasureView, type ReportView } from '@yici/api';
import type { Words } from '@yici/domain/model';
import type { Say } from '@yici/terminal';
import { groupText, valueText } from './figures.js';

type Figure = ReportView['figures'][number];
type Row = Figure['rows'][number];
type Numbers = NonNullable<Row['now']>;

/** Sections in order; what is declared is never among the headlines. */
const sections: readonly (readonly [title: Words, of: (measure: MeasureView) => boolean])[] = [
  [{ zh: '要目', en: 'Headlines' }, ({ headline, known }) => headline && known !== 'declared'],
  [
    { zh: '由签名的行为得出', en: 'From signed acts' },
    ({ headline, known }) => !headline && known !== 'declared',
  ],
  [{ zh: '自行申报', en: 'Declared, which no act bears out' }, ({ known }) => known === 'declared'],
];

const splitWords = {
  department: { zh: '按部门', en: 'by department' },
  matter: { zh: '按事项', en: 'by matter' },
} as const;

const none = { zh: '无', en: 'none' };

/** A report as a document to be printed and filed: Markdown without HTML. */
export function reportLines(report: ReportView, say: Say): string[] {
  const { before, yearBefore } = report;
  return [
    `# ${titleOf(report, say)}`,
    '',
    periodLine({ zh: '期间', en: 'period' }, report.period, say),
    ...(before ? [periodLine({ zh: '上期（环比）', en: 'period before' }, before, say)] : []),
    ...(yearBefore
      ? [periodLine({ zh: '上年同期（同比）', en: 'year before' }, yearBefore, say)]
      : []),
    ...standing(report, say),
    ...sections.flatMap(([title, belongs]) => {
      const figures = report.figures.filter(({ measure }) => belongs(measure));
      return ['', `## ${say(title)}`, ...figures.flatMap((one) => figureLines(one, report, say))];
    }),
    ...['', `## ${say({ zh: '未列入', en: 'Not in this report' })}`, ''],
    ...report.leftOut.map(({ id, name, why }) =>
      say({ zh: `- ${name.zh}（${id}）：${why.zh}`, en: `- ${name.en} (${id}): ${why.en}` }),
    ),
  ];
}

function titleOf({ period: { period }, by }: ReportView, say: Say): string {
  const month = period.length > 4;
  return say({
    zh: `部门间办事${month ? '月度' : '年度'}报告 ${period}（${splitWords[by].zh}）`,
    en: `${month ? 'Monthly' : 'Yearly'} report ${period}, ${splitWords[by].en}`,
  });
}

function standing({ period }: ReportView, say: Say): string[] {
  const asOf = say({
    zh: '- 各数为期末状况：期后对本期办件的处理不计入，任何时候计算结果相同。',
    en: '- Figures are as of the end of each period: what was done later is not counted back, so they are the same whenever they are computed.',
  });
  const open = say({
    zh: '- **尚未确定：本期未满或者仍有入账可能**',
    en: '- **NOT FINAL: acts of the period may still come**',
  });
  return period.final ? [asOf] : [asOf, open];
}

function periodLine(
  title: Words,
  { from, to, block, hash }: ReportView['period'],
  say: Say,
): string {
  const at =
    block === null
      ? { zh: '账本尚未启用', en: 'the ledger had not begun' }
      : {
          zh: `账本至区块 ${block}，哈希 ${hash ?? ''}`,
          en: `ledger up to block ${block}, hash ${hash ?? ''}`,
        };
  return `- ${say(title)}${say({ zh: '：', en: ': ' })}${say.facts([say.span(from, to), at])}`;
}

function figureLines({ measure, rows }: Figure, report: ReportView, say: Say): string[] {
  const { name, definition, law, known } = measure;
  const columns = columnsOf(measure, report, say);
  const line = (cells: readonly string[]) => `| ${cells.map(inCell).join(' | ')} |`;
  const basis = law === null ? undefined : { zh: `依据：${law.zh}`, en: `law: ${law.en}` };
  return [
    ...['', `### ${say.aside(name, measure.id)}`, ''],
    say(definition),
    say.facts([
      { zh: `何以得知：${knownWords[known].zh}`, en: `known: ${knownWords[known].en}` },
      basis,
    ]),
    '',
    line(columns.map(([title]) => say(title))),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map(([, value]) => value(row)))),
  ];
}

type ReportColumn = readonly [title: Words, value: (row: Row) => string];

function columnsOf(measure: MeasureView, report: ReportView, say: Say): ReportColumn[] {
  const text = (one: Numbers | null) => (one === null ? say(none) : valueText(measure, one, say));
  const compared = (title: Words, change: Words, other: (row: Row) => Numbers | null) => [
    [title, (row: Row) => text(other(row))] as const,
    [change, (row: Row) => changeText(measure, row.now, other(row), say)] as const,
  ];
  return [
    [{ zh: '分组', en: 'group' }, (row) => groupText(row.group, row.name, say)],
    [{ zh: '本期', en: 'period' }, (row) => text(row.now)],
    ...(report.before
      ? compared({ zh: '上期', en: 'before' }, { zh: '环比', en: 'change' }, (row) => row.before)
      : []),
    ...(report.yearBefore
      ? compared(
          { zh: '上年同期', en: 'year before' },
          { zh: '同比', en: 'change' },
          (row) => row.yearBefore,
        )
      : []),
    [{ zh: '分子／分母', en: 'of' }, (row) => fraction(row.now)],
  ];
}

/** A difference: of shares in percentage points. */
function changeText(
  { unit }: MeasureView,
  now: Numbers | null,
  then: Numbers | null,
  say: Say,
): string {
  if (typeof now?.value !== 'number' || typeof then?.value !== 'number') return '—';
  const change = now.value - then.value;
  const signed = (value: number, digits: number) =>
    `${value > 0 ? '+' : ''}${value.toFixed(digits)}`;
  return unit === 'share'
    ? signed(change * 100, 2) + say({ zh: ' 个百分点', en: ' pp' })
    : String(Number(signed(change, 2)));
}

const fraction = (one: Numbers | null): string =>
  one === null || one.numerator === null ? '—' : `${one.numerator}/${one.denominator ?? '—'}`;

/** A name of a department or matter is anybody's text: it does not break the table. */
const inCell = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll(/[\r\n]+/g, ' ');

/** Where two reports of a period differ, figure by figure and group by group; empty when they do not. */
export function differences(filed: ReportView, again: ReportView, say: Say): string[] {
  const told = ({ period, before, yearBefore, by }: ReportView) =>
    JSON.stringify([by, period, before, yearBefore]);
  const cells = ({ figures }: ReportView) =>
    new Map(
      figures.flatMap(({ measure, rows }) =>
        rows.map(({ group, now, before, yearBefore }) => [
          `${measure.id} ${groupText(group, null, say)}`,
          JSON.stringify([now, before, yearBefore]),
        ]),
      ),
    );
  const [own, other] = [cells(filed), cells(again)];
  const names = [...new Set([...own.keys(), ...other.keys()])];
  const line = (name: string, was: string, is: string) =>
    say({ zh: `${name}：${was} → ${is}`, en: `${name}: ${was} → ${is}` });
  return [
    ...(told(filed) === told(again)
      ? []
      : [line(say({ zh: '期间', en: 'periods' }), told(filed), told(again))]),
    ...names
      .filter((name) => own.get(name) !== other.get(name))
      .map((name) => line(name, own.get(name) ?? say(none), other.get(name) ?? say(none))),
  ];
}
