import type { AuditVerdict } from '@yici/ledger';
import { exampleOf, printable, type SpokenCommand as Command } from '@yici/terminal';
import type { Words } from '@yici/domain/model';
import type { Committed } from '../../api/execute.js';
import { auditJson } from '../../audit/audit-json.js';
import { auditLines, auditVerdictWords } from '../../audit/present.js';
import { recordOf, runReport, type AuditRun, type AuditRunReport } from '../../audit/run-report.js';
import { verifyFolder } from '../../audit/verify-folder.js';
import { ClientError, type ClientErrorCode } from '../../errors.js';
import { withCaller, type GlobalOptions } from '../caller.js';
import { packageVersion } from '../../version.js';
import { writeNew } from '../new-file.js';
import { presentCommitted } from '../../present/committed.js';
import { addAuditJournal } from './audit-journal.js';
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
  const group = program.command('audit').description({
    zh: '审计：仅凭区块核验通道，凭锚定核验网关日志',
    en: 'audit: a channel from its blocks alone, a gateway’s journal by its anchors',
  });
  addVerify(group, terminal);
  addAuditJournal(group, terminal);
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify')
    .argument(
      { zh: '<目录>', en: '<folder>' },
      { zh: '<编号>.block 文件所在目录', en: 'folder of <number>.block files' },
    )
    .requiredOption('--pin <hex>', {
      zh: '创世区块哈希，见 yici-network status',
      en: 'genesis hash, as `yici-network status` prints it',
    })
    .option('--report <file>', {
      zh: '完整报告存为新文件',
      en: 'keep the whole report in a new file',
    })
    .option('--record', {
      zh: '以督查身份把结果登记上链',
      en: 'then record the result on the ledger, as a supervisor',
    })
    .description({
      zh: '复算区块链、排序签名和全部验证码',
      en: 'recompute hashes, orderer signatures and every validation code',
    })
    .addHelpText('after', terminal.say(help));
  exampleOf(verify, ...examples);
  verify.action(async (folder: string) => {
    await run(terminal, folder, verify.optsWithGlobals());
  });
}

const help: Words = {
  zh: '\n结论与退出码：VERIFIED（核验通过）0，FAILED（核验不通过）1，INCOMPLETE（材料不全）3，UNVERIFIABLE（无法核验）4\n核验本身不需要网关和身份；--record 在核验之后才登录，也可以另行登记：\n  yici supervise record-audit --file report.json',
  en: '\nVerdict and exit code: VERIFIED 0, FAILED 1, INCOMPLETE 3, UNVERIFIABLE 4\nThe verification asks no gateway; --record logs in after it, or later:\n  yici supervise record-audit --file report.json',
};

const examples = [
  'yici-network blocks export --out blocks',
  'yici audit verify blocks --pin 3f0c…',
  'yici audit verify blocks --pin 3f0c… --report report.json --record --identity supervisor1',
] as const;

async function run(terminal: Terminal, folder: string, values: VerifyValues): Promise<void> {
  const startedAt = new Date();
  const audit = await verifyFolder({
    folder,
    genesisHash: values.pin,
    onBlock: progress(terminal),
    onIgnored: (names) => {
      const first = names.slice(0, 5).join(', ');
      const text = names.length > 5 ? `${first} … (${names.length})` : first;
      const words = { zh: `已忽略不是区块的文件：${text}`, en: `ignored, no block files: ${text}` };
      terminal.note(printable(terminal.say(words)));
    },
  });
  const verifier = { name: 'yici-audit', version: packageVersion() };
  const times = { genesisHash: values.pin, verifier, startedAt, finishedAt: new Date() };
  await tell(terminal, audit, runReport(audit, times), values);
  if (audit.verdict === 'VERIFIED') return;
  throw new ClientError(failures[audit.verdict], auditVerdictWords(audit), {
    details: { reported: true },
  });
}

/** Prints the findings, then saves and records the report if requested. */
async function tell(
  terminal: Terminal,
  audit: AuditRun,
  report: AuditRunReport | undefined,
  values: VerifyValues,
): Promise<void> {
  const json = auditJson(audit);
  if (values.json !== true) {
    for (const line of auditLines(json, terminal.say)) terminal.out(line);
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
    terminal.note(
      terminal.say({
        zh: '没有可登记的内容：没有可读的区块',
        en: 'nothing to record: no block can be read',
      }),
    );
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
  return withCaller(terminal, values, async ({ client, session, say }) => {
    const committed = await client.execute('audit.record', recordOf(report));
    if (values.json !== true) {
      const lines = presentCommitted('audit.record', { committed, session }, say);
      for (const line of lines) terminal.out(line);
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
    terminal.note(
      terminal.say({ zh: `已核验区块 ${done} / ${all}`, en: `checked ${done} / ${all} blocks` }),
    );
  };
}
