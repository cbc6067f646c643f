import { reportView, type Asked, type ReportView } from '@yici/api';
import { exampleOf, printable, type SpokenCommand as Command } from '@yici/terminal';
import { ClientError } from '../../errors.js';
import type { YiciClient } from '../../api/client.js';
import { differences, reportLines } from '../../present/report.js';
import type { Caller } from '../caller.js';
import { readJson, type Terminal } from '../../terminal/terminal.js';
import { asked, offer, reads, textOption, type ReadValues, type Shown } from './read.js';

/** The report of a month or a year: a document to be filed, and whether a filed one still holds. */
export function addReport(program: Command, terminal: Terminal): void {
  const command = program
    .command('report')
    .description({
      zh: '月度、年度报告',
      en: 'the report of a month or a year, to be printed and filed',
    })
    .option('--month <month>', {
      zh: '月度，缺省为上月',
      en: 'a month, e.g. 2026-10 (default: the last one)',
    })
    .option('--year <year>', { zh: '年度', en: 'a year, e.g. 2026' });
  offer(command, 'reports.get')
    .option('--csv', { zh: '以 CSV 输出，供电子表格打开', en: 'print CSV for spreadsheets' })
    .option('--verify <file>', {
      zh: '重新计算以 --json 存档的报告',
      en: 'compute again what was filed with --json',
    });
  reads(command, terminal, async (caller, _args, values) => {
    const { client, say } = caller;
    const file = textOption(values, 'verify');
    if (file !== undefined) return verified(caller, await filedIn(terminal, file));
    const query = { ...asked('reports.get', values), period: periodIn(values) } as Query;
    if (values['csv'] === true) return csv(client, query);
    const report = await client.read('reports.get', query);
    return { json: report, lines: reportLines(report, say).map(printable) };
  });
  exampleOf(command, 'yici report --month 2026-10 --by department');
}

type Query = Asked<'reports.get'>;

function periodIn(values: ReadValues): string | undefined {
  const [month, year] = [textOption(values, 'month'), textOption(values, 'year')];
  if (month !== undefined && year !== undefined) {
    throw new ClientError('USAGE', {
      zh: '--month 与 --year 只能给一个',
      en: 'give one of --month and --year.',
    });
  }
  if (year !== undefined && !/^\d{4}$/.test(year)) {
    throw new ClientError('USAGE', { zh: '--year 须为年份', en: 'takes a year, e.g. 2026.' });
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
  throw new ClientError('USAGE', {
    zh: `${file} 不是以 --json 存档的报告。`,
    en: `${file} is no report filed with --json.`,
  });
}

async function verified({ client, say }: Caller, filed: ReportView): Promise<Shown> {
  const { by, period } = filed;
  const again = await client.read('reports.get', { by, period: period.period });
  const differs = differences(filed, again, say);
  const holds = differs.length === 0;
  const title = holds
    ? {
        zh: `✓ 与本网关索引计算一致：${period.period}`,
        en: `✓ as this gateway computes it: ${period.period}`,
      }
    : {
        zh: `✗ 与本网关索引计算不一致：${period.period}`,
        en: `✗ differs from what this gateway computes: ${period.period}`,
      };
  return {
    json: { holds, period: period.period, differs },
    lines: [title, ...differs.map((line) => printable(`  ${line}`))],
    ...(!holds && { failed: { zh: '报告与计算结果不一致。', en: 'The report does not hold.' } }),
  };
}
