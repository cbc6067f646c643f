import type { AuditVerdict } from '@yici/ledger';
import type { Command } from 'commander';
import type { Committed } from '../../api/execute.js';
import { auditJson, auditLines, auditVerdictText } from '../../audit/present.js';
import { recordOf, runReport, type AuditRunReport } from '../../audit/run-report.js';
import { verifyFolder, type FolderAudit } from '../../audit/verify-folder.js';
import { ClientError, type ClientErrorCode } from '../../errors.js';
import { withCaller, type GlobalOptions } from '../caller.js';
import { writeNew } from '../new-file.js';
import { presentCommitted } from '../../present/committed.js';
import { addAuditJournal } from './audit-journal.js';
import { printable } from '../../terminal/text.js';
import type { Terminal } from '../../terminal/terminal.js';

interface VerifyValues extends GlobalOptions {
  readonly pin: string;
  readonly report?: string;
  readonly record?: boolean;
}

/** The error for each verdict; its exit code is in `cli/exit.ts`. */
const failures: Readonly<Record<Exclude<AuditVerdict, 'VERIFIED'>, ClientErrorCode>> = {
  FAILED: 'CHECK_FAILED',
  INCOMPLETE: 'AUDIT_INCOMPLETE',
  UNVERIFIABLE: 'AUDIT_UNVERIFIABLE',
};

const progressEvery = 1_000;

/** `yici audit verify`: needs no gateway, identity or network unless the result is recorded. */
export function addAudit(program: Command, terminal: Terminal): void {
  const group = program
    .command('audit')
    .description('审计 audit: a channel from its blocks alone, a gateway’s journal by its anchors');
  const verify = group
    .command('verify')
    .argument('<folder>', '<编号>.block 文件所在目录 folder of <number>.block files')
    .requiredOption('--pin <hex>', '创世区块哈希 genesis hash, as `yici-network status` prints it')
    .option('--report <file>', '完整报告存为新文件 keep the whole report in a new file')
    .option(
      '--record',
      '以督查身份把结果登记上链 then record the result on the ledger, as a supervisor',
    )
    .description(
      '复算区块链、排序签名和全部验证码 recompute hashes, orderer signatures and every validation code',
    )
    .addHelpText('after', help);
  verify.action(async (folder: string) => {
    await run(terminal, folder, verify.optsWithGlobals());
  });
  addAuditJournal(group, terminal);
}

const help = `
结论 verdict 与退出码 exit code: VERIFIED 0, FAILED 1, INCOMPLETE 3, UNVERIFIABLE 4
核验本身不需要网关和身份；--record 之后才登录，也可另用 The verification asks no gateway; --record logs in after it, or later:
  yici supervise record-audit --file report.json

示例 example:
  $ yici-network blocks export --out blocks
  $ yici audit verify blocks --pin 3f0c…
  $ yici audit verify blocks --pin 3f0c… --report report.json --record --identity supervisor1`;

async function run(terminal: Terminal, folder: string, values: VerifyValues): Promise<void> {
  const startedAt = new Date();
  const audit = await verifyFolder({
    folder,
    genesisHash: values.pin,
    onBlock: progress(terminal),
    onIgnored: (names) => {
      const text = `忽略 ignored, no block files: ${names.slice(0, 5).join(', ')}`;
      terminal.note(printable(names.length > 5 ? `${text} … (${names.length})` : text));
    },
  });
  const times = { genesisHash: values.pin, startedAt, finishedAt: new Date() };
  await tell(terminal, audit, runReport(audit, times), values);
  if (audit.verdict === 'VERIFIED') return;
  throw new ClientError(failures[audit.verdict], auditVerdictText(audit), {
    details: { reported: true },
  });
}

/** Prints the findings, then saves and records the report if requested. */
async function tell(
  terminal: Terminal,
  audit: FolderAudit,
  report: AuditRunReport | undefined,
  values: VerifyValues,
): Promise<void> {
  const json = auditJson(audit);
  if (values.json !== true) {
    for (const line of auditLines(json)) terminal.out(line);
    await keep(terminal, report, values);
    return;
  }
  let recorded: Committed | undefined;
  try {
    recorded = await keep(terminal, report, values);
  } finally {
    // Print the findings even if recording them fails.
    const more = values.record === true ? { recorded: recorded ?? null } : {};
    terminal.out(JSON.stringify({ ...json, ...more }));
  }
}

/** Saves the report with `--report`, and records it with `--record`. */
async function keep(
  terminal: Terminal,
  report: AuditRunReport | undefined,
  values: VerifyValues,
): Promise<Committed | undefined> {
  if (values.report === undefined && values.record !== true) return undefined;
  if (report === undefined) {
    terminal.note('没有可登记的内容：没有可读的区块 nothing to record: no block can be read');
    return undefined;
  }
  if (values.report !== undefined) {
    await writeNew(values.report, Buffer.from(`${JSON.stringify(report)}\n`, 'utf8'));
  }
  return values.record === true ? record(terminal, report, values) : undefined;
}

/** Records the result, signed by the supervisor; the contract refuses other roles. */
function record(
  terminal: Terminal,
  report: AuditRunReport,
  values: GlobalOptions,
): Promise<Committed> {
  return withCaller(terminal, values, async ({ client, session }) => {
    const committed = await client.execute('audit.record', recordOf(report));
    if (values.json !== true) {
      for (const line of presentCommitted('audit.record', committed, session)) terminal.out(line);
    }
    return committed;
  });
}

function progress(terminal: Terminal): (done: number, all: number) => void {
  let last = performance.now();
  return (done, all) => {
    const now = performance.now();
    if (now - last < progressEvery) return;
    last = now;
    terminal.note(`已核验 checked ${done} / ${all} 个区块 blocks`);
  };
}
