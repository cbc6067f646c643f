import { readFile } from 'node:fs/promises';
import { exampleOf, renderFields, type Say, type SpokenCommand as Command } from '@yici/terminal';
import type { Words } from '@yici/domain/model';
import { anchorsInBlocks } from '../../audit/anchors.js';
import {
  checkJournal,
  journalFindingCodes,
  journalLine,
  type JournalAnchor,
  type JournalCheck,
  type JournalLine,
} from '../../audit/journal.js';
import { auditVerdictWords } from '../../audit/present.js';
import { verifyFolder } from '../../audit/verify-folder.js';
import { collected } from '../../api/ask.js';
import { ClientError } from '../../errors.js';
import { openCaller, type GlobalOptions } from '../caller.js';
import { writeNew } from '../new-file.js';
import { show, type Shown } from '../read/read.js';
import type { Terminal } from '../../terminal/terminal.js';

interface JournalValues extends GlobalOptions {
  readonly out?: string;
  readonly blocks?: string;
  readonly pin?: string;
  readonly chaincode: string;
  readonly of?: string;
}

const help: Words = {
  zh: '\n退出码：0 与锚定相符，1 被截去、被改动、缺行或者没有锚定\n没有 --blocks 时，锚定取自所登录的网关；应当向另一部门的网关索取。',
  en: "\nExit code: 0 it holds, 1 cut, changed, missing or without an anchor\nWithout --blocks the anchors are those that the gateway called shows: ask another department's.",
};

const examples = [
  'yici audit journal --out journal.jsonl --identity .yici/identities/data.admin',
  'yici audit journal journal.jsonl --gateway https://another-department.example',
  'yici audit journal archive/*.jsonl journal.jsonl --blocks blocks --pin 3f0c…',
] as const;

function withSources(command: Command): Command {
  return command
    .option('--out <file>', { zh: '把读到的日志存为新文件', en: 'keep what is read in a new file' })
    .option('--blocks <folder>', {
      zh: '先核验区块，从中取锚定',
      en: 'take the anchors from blocks, verified first',
    })
    .option('--pin <hex>', {
      zh: '创世区块哈希，与 --blocks 同用',
      en: 'genesis hash, with --blocks',
    })
    .option(
      '--chaincode <name>',
      { zh: '链码名', en: 'name of the chaincode in the blocks' },
      'yici',
    )
    .option('--of <name>', {
      zh: '所属“部门/网关”，缺省以日志所载为准',
      en: 'whose journal, <department>/<gateway> (default: as the journal itself says)',
    });
}

/** `yici audit journal`: checks a gateway's audit journal for consistency and against its anchors on the ledger. */
export function addAuditJournal(group: Command, terminal: Terminal): void {
  const command = withSources(group.command('journal'))
    .argument('[files...]', {
      zh: '导出的日志，由旧到新；缺省为即时读取',
      en: 'exported journal, oldest file first; else read now',
    })
    .description({
      zh: '核对网关审计日志与账本锚定',
      en: 'hold a gateway’s audit journal against its anchors',
    })
    .addHelpText('after', terminal.say(help));
  exampleOf(command, ...examples);
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
    show(terminal, values, shown(of, checkJournal(lines, anchors), terminal.say));
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
    throw new ClientError('USAGE', {
      zh: '--blocks 与 --pin 须同时给出。',
      en: '--blocks and --pin go together.',
    });
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
  if (audit.verdict !== 'VERIFIED') throw new ClientError('CHECK_FAILED', auditVerdictWords(audit));
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
    const sentence = { zh: `${file} 不是导出的审计日志。`, en: `${file} is no exported journal.` };
    throw new ClientError('AUDIT_UNVERIFIABLE', sentence, { cause });
  }
}

/** The gateway's name in the journal's newest line. */
function nameIn(lines: readonly JournalLine[]): string | undefined {
  const line = lines.filter(({ kind }) => kind === 'journal.anchor').at(-1);
  return line && `${String(line['department'])}/${String(line['gateway'])}`;
}

function shown(of: string | undefined, check: JournalCheck, say: Say): Shown {
  const holds = check.findings.length === 0;
  return {
    json: { journal: of ?? null, holds, ...check },
    lines: [
      holds
        ? { zh: '✓ 日志与锚定相符', en: '✓ the journal holds to its anchors' }
        : { zh: '✗ 日志不完整', en: '✗ the journal does NOT hold' },
      ...renderFields(
        [
          [{ zh: '日志', en: 'journal' }, of],
          [
            { zh: '行', en: 'lines' },
            say.aside(String(check.lines), {
              zh: `自第 ${check.from} 行`,
              en: `from ${check.from}`,
            }),
          ],
          [{ zh: '锚定', en: 'anchors' }, check.anchors],
          [{ zh: '未锚定', en: 'not anchored yet' }, check.unanchored],
        ],
        say,
      ),
      ...check.findings.map(({ code, seq, day }) => {
        const place = [code, seq, day].filter((part) => part !== undefined).join(' ');
        const { zh, en } = journalFindingCodes[code];
        return { zh: `${place}：${zh}`, en: `${place}: ${en}` };
      }),
    ],
    ...(!holds && {
      failed: { zh: '审计日志与锚定不符。', en: 'The audit journal does not hold to its anchors.' },
    }),
  };
}
