import {
  auditVerdictWords,
  canonicalDigest,
  type AuditRecord,
  type Words,
} from '@yici/domain/model';
import {
  exampleOf,
  renderTable,
  renderFields,
  type Column,
  type Say,
  type SpokenCommand as Command,
} from '@yici/terminal';
import { ClientError } from '../../errors.js';
import { auditRunReport } from '../../audit/run-report.js';
import { localTime } from '../../present/words.js';
import { readJson, type Terminal } from '../../terminal/terminal.js';
import { lists, reads, textOption, type Shown } from './read.js';

const verdictText = (verdict: AuditRecord['verdict']) => auditVerdictWords[verdict];

const columns: readonly Column<AuditRecord>[] = [
  [{ zh: '报告', en: 'report' }, ({ report }) => report.slice(0, 16)],
  [{ zh: '结论', en: 'verdict' }, ({ verdict }) => verdictText(verdict)],
  [
    { zh: '区块', en: 'blocks' },
    ({ fromBlock, toBlock }, say) => say.span(String(fromBlock), String(toBlock)),
  ],
  [{ zh: '交易', en: 'tx' }, ({ checked }) => checked.transactions],
  [{ zh: '发现', en: 'findings' }, ({ findings }) => findings.reduce((n, f) => n + f.count, 0)],
  [{ zh: '核验', en: 'by' }, ({ by }) => by.user],
  [{ zh: '登记', en: 'at' }, ({ at }) => localTime(at)],
];

type Finding = AuditRecord['findings'][number];
const placeText = ({ block, tx }: Finding['places'][number]): string =>
  block === undefined ? '-' : tx === undefined ? `${block}` : `${block}/${tx}`;

const findingColumns: readonly Column<Finding>[] = [
  [{ zh: '代码', en: 'code' }, ({ code }) => code],
  [{ zh: '次数', en: 'count' }, ({ count }) => count],
  [
    { zh: '区块/交易', en: 'block/tx' },
    ({ places, count }) => `${places.map(placeText).join(' ')}${count > places.length ? ' …' : ''}`,
    { max: 80 },
  ],
];

/** `yici supervise audits`: results of verifications of the whole ledger, as recorded by the supervision office. */
export function addAudits(group: Command, terminal: Terminal): void {
  const audits = group.command('audits').description({
    zh: '核验记录',
    en: 'recorded verifications of the whole ledger, for every member',
  });
  lists(audits.command('list'), terminal, {
    read: 'audits.list',
    columns,
    description: { zh: '核验记录', en: 'audit runs, newest first' },
    example: 'yici supervise audits list --verdict failed',
  });
  const shown = audits
    .command('show')
    .argument(
      { zh: '<报告>', en: '<report>' },
      { zh: '报告的 SHA-256', en: 'SHA-256 of the report' },
    )
    .option('--check <file>', {
      zh: '与留存的报告核对',
      en: 'compare with a kept report; exit code 1 when it is another one',
    })
    .description({ zh: '核验记录详情', en: 'one audit run' });
  reads(shown, terminal, async ({ client, say }, [report = ''], values) => {
    const record = await client.read('audits.get', { report });
    const kept = textOption(values, 'check');
    const holds = kept === undefined ? undefined : await isReport(terminal, kept, record);
    return present(record, holds, say);
  });
  exampleOf(shown, 'yici supervise audits show 3f0c… --check report.json');
}

/** Whether the record was made from this report file. @throws ClientError USAGE when it is no report */
async function isReport(terminal: Terminal, file: string, record: AuditRecord): Promise<boolean> {
  const report = auditRunReport.safeParse(await readJson(terminal, file));
  if (!report.success)
    throw new ClientError('USAGE', {
      zh: `${file} 不是核验报告。`,
      en: `${file} is no audit report.`,
    });
  return canonicalDigest(report.data) === record.report;
}

function present(record: AuditRecord, holds: boolean | undefined, say: Say): Shown {
  const { checked, verifier, findings, by } = record;
  return {
    json: holds === undefined ? record : { ...record, reportMatches: holds },
    lines: [
      { zh: `核验记录 ${record.report}`, en: `audit ${record.report}` },
      ...renderFields(
        [
          [{ zh: '结论', en: 'verdict' }, verdictText(record.verdict)],
          [{ zh: '通道', en: 'channel' }, record.channel],
          [{ zh: '创世区块', en: 'genesis' }, record.genesisHash],
          [
            { zh: '区块', en: 'blocks' },
            say.aside(
              say.span(String(record.fromBlock), String(record.toBlock)),
              String(checked.blocks),
            ),
          ],
          [{ zh: '末块哈希', en: 'last header' }, record.headerHash],
          [{ zh: '交易', en: 'transactions' }, checked.transactions],
          [{ zh: '签名', en: 'signatures' }, checked.signatures],
          [{ zh: '核验程序', en: 'verifier' }, `${verifier.name} ${verifier.version}`],
          [{ zh: '开始', en: 'started' }, localTime(record.startedAt)],
          [{ zh: '结束', en: 'finished' }, localTime(record.finishedAt)],
          [{ zh: '登记', en: 'recorded' }, `${localTime(record.at)} ${by.user}`],
          [{ zh: '报告', en: 'report' }, holds === undefined ? undefined : reportText(holds)],
        ],
        say,
      ),
      ...(findings.length === 0 ? [] : ['', ...renderTable(findingColumns, findings, say)]),
    ],
    ...(holds === false && {
      failed: { zh: '文件不是留存的报告。', en: 'The file is another report.' },
    }),
  };
}

const reportText = (holds: boolean): Words =>
  holds
    ? { zh: '✓ 与留存的报告一致', en: 'is the kept one' }
    : { zh: '✗ 不是留存的报告', en: 'is NOT the kept one' };
