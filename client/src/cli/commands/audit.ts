import type { AuditVerdict } from '@yici/ledger';
import type { Command } from 'commander';
import { auditJson, auditLines, verdictText } from '../../audit/present.js';
import { verifyFolder } from '../../audit/verify-folder.js';
import { ClientError, type ClientErrorCode } from '../../errors.js';
import type { GlobalOptions } from '../caller.js';
import { printable } from '../text.js';
import type { Terminal } from '../terminal.js';

interface VerifyValues extends GlobalOptions {
  readonly pin: string;
}

/** Which failure a verdict is; its exit code is in `cli/exit.ts`. */
const failures: Readonly<Record<Exclude<AuditVerdict, 'VERIFIED'>, ClientErrorCode>> = {
  FAILED: 'CHECK_FAILED',
  INCOMPLETE: 'AUDIT_INCOMPLETE',
  UNVERIFIABLE: 'AUDIT_UNVERIFIABLE',
};

/** Milliseconds between two lines of progress. */
const progressEvery = 1_000;

/** `yici audit verify`: needs no gateway, no identity and no network. */
export function addAudit(program: Command, terminal: Terminal): void {
  const group = program
    .command('audit')
    .description('审计 audit: verify a channel from its blocks alone');
  const verify = group
    .command('verify')
    .argument('<folder>', '<编号>.block 文件所在目录 folder of <number>.block files')
    .requiredOption('--pin <hex>', '创世区块哈希 genesis hash, as `yici-network status` prints it')
    .description(
      '复算区块链、排序签名和全部验证码 recompute hashes, orderer signatures and every validation code',
    )
    .addHelpText('after', help);
  verify.action(async (folder: string) => {
    await run(terminal, folder, verify.optsWithGlobals());
  });
}

const help = `
结论 verdict 与退出码 exit code: VERIFIED 0, FAILED 1, INCOMPLETE 3, UNVERIFIABLE 4

示例 example:
  $ yici-network blocks export --out blocks
  $ yici audit verify blocks --pin 3f0c…`;

async function run(terminal: Terminal, folder: string, values: VerifyValues): Promise<void> {
  const report = await verifyFolder({
    folder,
    genesisHash: values.pin,
    onBlock: progress(terminal),
    onIgnored: (names) => {
      const text = `忽略 ignored, no block files: ${names.slice(0, 5).join(', ')}`;
      terminal.note(printable(names.length > 5 ? `${text} … (${names.length})` : text));
    },
  });
  const json = auditJson(report);
  if (values.json === true) terminal.out(JSON.stringify(json));
  else for (const line of auditLines(json)) terminal.out(line);
  if (report.verdict === 'VERIFIED') return;
  throw new ClientError(failures[report.verdict], verdictText(report), {
    details: { reported: true },
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
