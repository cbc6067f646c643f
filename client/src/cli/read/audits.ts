import { auditVerdictWords, canonicalDigest, type AuditRecord } from '@yici/domain/model';
import type { Command } from 'commander';
import { ClientError } from '../../errors.js';
import { auditRunReport } from '../../audit/run-report.js';
import { localTime, worded } from '../../present/words.js';
import { renderFields, renderTable, type Column } from '../../terminal/table.js';
import { readJson, type Terminal } from '../../terminal/terminal.js';
import { exampleOf, lists, reads, textOption, type Shown } from './read.js';

const verdictText = (verdict: AuditRecord['verdict']) => worded(auditVerdictWords, verdict);

const columns: readonly Column<AuditRecord>[] = [
  { title: '报告 report', value: ({ report }) => report.slice(0, 16) },
  { title: '结论 verdict', value: ({ verdict }) => verdictText(verdict) },
  { title: '区块 blocks', value: ({ fromBlock, toBlock }) => `${fromBlock}–${toBlock}` },
  { title: '交易 tx', value: ({ checked }) => checked.transactions },
  { title: '发现 findings', value: ({ findings }) => findings.reduce((n, f) => n + f.count, 0) },
  { title: '核验 by', value: ({ by }) => by.user },
  { title: '登记 at', value: ({ at }) => localTime(at) },
];

type Finding = AuditRecord['findings'][number];
const placeText = ({ block, tx }: Finding['places'][number]): string =>
  block === undefined ? '-' : tx === undefined ? `${block}` : `${block}/${tx}`;

const findingColumns: readonly Column<Finding>[] = [
  { title: '代码 code', value: ({ code }) => code },
  { title: '次数 count', value: ({ count }) => count },
  {
    title: '区块/交易 block/tx',
    value: ({ places, count }) =>
      `${places.map(placeText).join(' ')}${count > places.length ? ' …' : ''}`,
    max: 80,
  },
];

/** `yici supervise audits`: results of verifications of the whole ledger, as recorded by the supervision office. */
export function addAudits(group: Command, terminal: Terminal): void {
  const audits = group
    .command('audits')
    .description('核验记录 recorded verifications of the whole ledger, for every member');
  lists(audits.command('list'), terminal, {
    read: 'audits.list',
    columns,
    description: '核验记录 audit runs, newest first',
    example: 'yici supervise audits list --verdict failed',
  });
  const shown = audits
    .command('show')
    .argument('<report>', '报告的 SHA-256 of the report')
    .option(
      '--check <file>',
      '与留存的报告核对 compare with a kept report; exit code 1 when it is another one',
    )
    .description('核验记录详情 one audit run');
  reads(shown, terminal, async ({ client }, [report = ''], values) => {
    const record = await client.read('audits.get', { report });
    const kept = textOption(values, 'check');
    const holds = kept === undefined ? undefined : await isReport(terminal, kept, record);
    return present(record, holds);
  });
  exampleOf(shown, 'yici supervise audits show 3f0c… --check report.json');
}

/** Whether the record was made from this report file. @throws ClientError USAGE when it is no report */
async function isReport(terminal: Terminal, file: string, record: AuditRecord): Promise<boolean> {
  const report = auditRunReport.safeParse(await readJson(terminal, file));
  if (!report.success) throw new ClientError('USAGE', `${file} 不是核验报告 is no audit report.`);
  return canonicalDigest(report.data) === record.report;
}

function present(record: AuditRecord, holds: boolean | undefined): Shown {
  const { checked, verifier, findings, by } = record;
  return {
    json: holds === undefined ? record : { ...record, reportMatches: holds },
    lines: [
      `核验记录 audit ${record.report}`,
      ...renderFields([
        ['结论 verdict', verdictText(record.verdict)],
        ['通道 channel', record.channel],
        ['创世区块 genesis', record.genesisHash],
        ['区块 blocks', `${record.fromBlock}–${record.toBlock}（${checked.blocks}）`],
        ['末块哈希 last header', record.headerHash],
        ['交易 transactions', checked.transactions],
        ['签名 signatures', checked.signatures],
        ['核验程序 verifier', `${verifier.name} ${verifier.version}`],
        ['开始 started', localTime(record.startedAt)],
        ['结束 finished', localTime(record.finishedAt)],
        ['登记 recorded', `${localTime(record.at)} ${by.user}`],
        ['报告 report', holds === undefined ? undefined : reportText(holds)],
      ]),
      ...(findings.length === 0 ? [] : ['', ...renderTable(findingColumns, findings)]),
    ],
    ...(holds === false && { failed: 'The file is another report.' }),
  };
}

const reportText = (holds: boolean): string =>
  holds ? '✓ 与留存的报告一致 is the kept one' : '✗ 不是留存的报告 is NOT the kept one';
