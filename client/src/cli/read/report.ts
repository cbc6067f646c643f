import { reportView, type Asked, type ReportView } from '@yici/api';
import type { Command } from 'commander';
import { ClientError } from '../../errors.js';
import type { YiciClient } from '../../api/client.js';
import { differences, reportLines } from '../../present/report.js';
import { readJson, type Terminal } from '../../terminal/terminal.js';
import { printable } from '../../terminal/text.js';
import { asked, exampleOf, offer, reads, textOption, type ReadValues, type Shown } from './read.js';

/** The report of a month or a year: a document to be filed, and whether a filed one still holds. */
export function addReport(program: Command, terminal: Terminal): void {
  const command = program
    .command('report')
    .description('月度、年度报告 the report of a month or a year, to be printed and filed')
    .option('--month <month>', '月度，缺省为上月 a month, e.g. 2026-10; the last one unless told')
    .option('--year <year>', '年度 a year, e.g. 2026');
  offer(command, 'reports.get')
    .option('--csv', '以 CSV 输出，供电子表格打开 print CSV for spreadsheets')
    .option(
      '--verify <file>',
      '重新计算以 --json 存档的报告 compute again what was filed with --json',
    );
  reads(command, terminal, async ({ client }, _args, values) => {
    const file = textOption(values, 'verify');
    if (file !== undefined) return verified(client, await filedIn(terminal, file));
    const query = { ...asked('reports.get', values), period: periodIn(values) } as Query;
    if (values['csv'] === true) return csv(client, query);
    const report = await client.read('reports.get', query);
    return { json: report, lines: reportLines(report).map(printable) };
  });
  exampleOf(command, 'yici report --month 2026-10 --by department');
}

type Query = Asked<'reports.get'>;

function periodIn(values: ReadValues): string | undefined {
  const [month, year] = [textOption(values, 'month'), textOption(values, 'year')];
  if (month !== undefined && year !== undefined) {
    throw new ClientError('USAGE', '--month 与 --year 只能给一个 give one of --month and --year.');
  }
  if (year !== undefined && !/^\d{4}$/.test(year)) {
    throw new ClientError('USAGE', '--year 须为年份 takes a year, e.g. 2026.');
  }
  return month ?? year;
}

async function csv(client: YiciClient, query: Query): Promise<Shown> {
  const bytes = await client.bytes('reports.get', { ...query, format: 'csv' });
  const text = Buffer.from(bytes).toString('utf8').trimEnd();
  return { json: { csv: text }, lines: [text] };
}

/** @throws ClientError USAGE when the file is no report */
async function filedIn(terminal: Terminal, file: string): Promise<ReportView> {
  const filed = reportView.safeParse(await readJson(terminal, file));
  if (filed.success) return filed.data;
  throw new ClientError(
    'USAGE',
    `${file} 不是以 --json 存档的报告 is no report filed with --json.`,
  );
}

async function verified(client: YiciClient, filed: ReportView): Promise<Shown> {
  const { by, period } = filed;
  const again = await client.read('reports.get', { by, period: period.period });
  const differs = differences(filed, again);
  const holds = differs.length === 0;
  const title = holds
    ? `✓ 与本网关索引计算一致 as this gateway computes it: ${period.period}`
    : `✗ 与本网关索引计算不一致 differs from what this gateway computes: ${period.period}`;
  return {
    json: { holds, period: period.period, differs },
    lines: [title, ...differs.map((line) => printable(`  ${line}`))],
    ...(!holds && { failed: 'The report does not hold.' }),
  };
}
