import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { anchorsInBlocks } from '../../audit/anchors.js';
import {
  checkJournal,
  journalFindingCodes,
  journalLine,
  type JournalAnchor,
  type JournalCheck,
  type JournalLine,
} from '../../audit/journal.js';
import { auditVerdictText } from '../../audit/present.js';
import { verifyFolder } from '../../audit/verify-folder.js';
import { collected } from '../../api/ask.js';
import { ClientError } from '../../errors.js';
import { openCaller, type GlobalOptions } from '../caller.js';
import { writeNew } from '../new-file.js';
import { show } from '../read/read.js';
import { renderFields } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';

interface JournalValues extends GlobalOptions {
  readonly out?: string;
  readonly blocks?: string;
  readonly pin?: string;
  readonly chaincode: string;
  readonly of?: string;
}

const help = `
退出码 exit code: 0 与锚定相符 it holds, 1 被截、被改、缺行或无锚定 cut, changed, missing or without an anchor
没有 --blocks 时锚定取自所登录的网关；应向另一部门的网关索取 Without --blocks the anchors are those that the gateway called shows: ask another department's.

示例 example:
  $ yici audit journal --out journal.jsonl --identity .yici/identities/data.admin
  $ yici audit journal journal.jsonl --gateway https://another-department.example
  $ yici audit journal archive/*.jsonl journal.jsonl --blocks blocks --pin 3f0c…`;

/** `yici audit journal`: checks a gateway's audit journal for consistency and against its anchors on the ledger. */
export function addAuditJournal(group: Command, terminal: Terminal): void {
  const command = group
    .command('journal')
    .argument(
      '[files...]',
      '导出的日志，由旧到新 exported journal, oldest file first; else read now',
    )
    .option('--out <file>', '把读到的日志存为新文件 keep what is read in a new file')
    .option(
      '--blocks <folder>',
      '先核验区块，从中取锚定 take the anchors from blocks, verified first',
    )
    .option('--pin <hex>', '创世区块哈希，与 --blocks 同用 genesis hash, with --blocks')
    .option('--chaincode <name>', '链码名 name of the chaincode in the blocks', 'yici')
    .option('--of <name>', '<部门>/<网关> whose journal; as the journal itself says unless told')
    .description('核对网关审计日志与账本锚定 hold a gateway’s audit journal against its anchors')
    .addHelpText('after', help);
  command.action(async (files: readonly string[]) => {
    await run(terminal, files, command.optsWithGlobals());
  });
}

async function run(
  terminal: Terminal,
  files: readonly string[],
  values: JournalValues,
): Promise<void> {
  const source = await openSource(terminal, files, values);
  try {
    const lines = files.length === 0 ? await source.lines() : await linesOf(files);
    const all = await source.anchors();
    const of = values.of ?? nameIn(lines);
    const anchors = all.filter(({ department, gateway }) => `${department}/${gateway}` === of);
    if (values.out !== undefined) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      await writeNew(values.out, Buffer.from(text, 'utf8'));
    }
    show(terminal, values, shown(of, checkJournal(lines, anchors)));
  } finally {
    await source.close();
  }
}

interface Source {
  readonly lines: () => Promise<JournalLine[]>;
  readonly anchors: () => Promise<readonly JournalAnchor[]>;
  readonly close: () => Promise<void>;
}

/** Logs in only when the gateway must be queried. */
async function openSource(
  terminal: Terminal,
  files: readonly string[],
  values: JournalValues,
): Promise<Source> {
  const { blocks, pin } = values;
  if ((blocks === undefined) !== (pin === undefined)) {
    throw new ClientError('USAGE', '--blocks 与 --pin 须同时给出 go together.');
  }
  const ofBlocks =
    blocks === undefined || pin === undefined
      ? undefined
      : () => verifiedAnchors(blocks, pin, values.chaincode);
  if (ofBlocks !== undefined && files.length > 0) {
    return { lines: () => linesOf(files), anchors: ofBlocks, close: () => Promise.resolve() };
  }
  const caller = await openCaller(terminal, values);
  return {
    lines: () => collected(caller.client.list('journal.list', { from: 0, limit: 200 })),
    anchors:
      ofBlocks ?? (() => collected(caller.client.list('journalAnchors.list', { limit: 200 }))),
    close: () => caller.close(),
  };
}

/** @throws ClientError CHECK_FAILED when the blocks do not verify */
async function verifiedAnchors(
  folder: string,
  genesisHash: string,
  chaincode: string,
): Promise<readonly JournalAnchor[]> {
  const audit = await verifyFolder({ folder, genesisHash });
  if (audit.verdict !== 'VERIFIED') throw new ClientError('CHECK_FAILED', auditVerdictText(audit));
  return anchorsInBlocks(folder, chaincode);
}

/** @throws ClientError AUDIT_UNVERIFIABLE when a file is not an exported journal */
async function linesOf(files: readonly string[]): Promise<JournalLine[]> {
  const texts = await Promise.all(files.map((file) => readLines(file)));
  return texts.flat();
}

async function readLines(file: string): Promise<JournalLine[]> {
  try {
    const text = await readFile(file, 'utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => journalLine.parse(JSON.parse(line)));
  } catch (cause) {
    const sentence = `${file} 不是导出的审计日志 is no exported journal.`;
    throw new ClientError('AUDIT_UNVERIFIABLE', sentence, { cause });
  }
}

/** The gateway's name in the journal's newest line. */
function nameIn(lines: readonly JournalLine[]): string | undefined {
  const line = lines.filter(({ kind }) => kind === 'journal.anchor').at(-1);
  return line && `${String(line['department'])}/${String(line['gateway'])}`;
}

function shown(of: string | undefined, check: JournalCheck) {
  const holds = check.findings.length === 0;
  return {
    json: { journal: of ?? null, holds, ...check },
    lines: [
      holds ? '✓ 日志与锚定相符 the journal holds to its anchors' : '✗ 日志不完整 it does not hold',
      ...renderFields([
        ['日志 journal', of],
        ['行 lines', `${check.lines}（自 from ${check.from}）`],
        ['锚定 anchors', check.anchors],
        ['未锚定 not anchored yet', check.unanchored],
      ]),
      ...check.findings.map(
        ({ code, seq, day }) =>
          `${code} ${[seq, day].filter((part) => part !== undefined).join(' ')}: ${journalFindingCodes[code]}`,
      ),
    ],
    ...(holds ? {} : { failed: 'The audit journal does not hold to its anchors.' }),
  };
}
