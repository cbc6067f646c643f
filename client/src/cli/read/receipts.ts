import type { Words } from '@yici/domain/model';
import {
  exampleOf,
  renderFields,
  type Say,
  type Text,
  type SpokenCommand as Command,
  type Field,
} from '@yici/terminal';
import {
  notProvedBy,
  parseReceipt,
  provedBy,
  verifyReceipt,
  type ReceiptReport,
  type SavedReceipt,
} from '../../api/saved-receipt.js';
import { ClientError } from '../../errors.js';
import { readIdentityFolder } from '../../identity/folder.js';
import { withCaller } from '../caller.js';
import { homeFolder, readSession } from '../home.js';
import { writeNew } from '../new-file.js';
import type { Terminal } from '../../terminal/terminal.js';
import { show, textOption, type ReadValues, type Shown } from './read.js';

/** `yici tx verify`: a transaction's receipt, from a gateway or from a file. */
export function addReceipts(group: Command, terminal: Terminal): void {
  const verify = group
    .command(terminal.say({ zh: 'verify <交易编号>', en: 'verify <txId>' }))
    .option('--pin <hex>', {
      zh: '创世区块哈希，缺省取身份目录中的',
      en: 'genesis hash (default: the identity’s)',
    })
    .option('--receipt <file>', {
      zh: '核验保存的回执，不问网关',
      en: 'check a kept receipt; asks no gateway',
    })
    .option('--save <file>', { zh: '回执存为新文件', en: 'keep the receipt in a new file' })
    .description({
      zh: '核验交易回执：区块、排序签名、位置、验证码',
      en: 'check that a transaction is on the ledger, from the genesis hash alone',
    })
    .addHelpText('after', terminal.say(help));
  exampleOf(verify, ...examples);
  verify.action(async (txId: string) => {
    const values: ReadValues = verify.optsWithGlobals();
    show(terminal, values, await verified(terminal, txId, values));
  });
}

const help: Words = {
  zh: '\n验证码不由排序节点签名：“节点所称”为区块所在节点所称，“复算”为由已签名的内容复算',
  en: '\nOrderers do not sign validation codes: "asserted" is the word of the peer that kept the block, "recomputed" follows from signed bytes.',
};

const examples = [
  'yici tx verify 3f0c…',
  'yici tx verify 3f0c… --save receipt.json',
  'yici tx verify 3f0c… --receipt receipt.json --pin 9a41… --json',
] as const;

async function verified(terminal: Terminal, txId: string, values: ReadValues): Promise<Shown> {
  const file = textOption(values, 'receipt');
  const saved =
    file === undefined
      ? await withCaller(terminal, values, ({ client }) => client.receipt(txId))
      : await readReceipt(terminal, file, txId);
  const pin = textOption(values, 'pin') ?? (await pinOfIdentity(terminal, values));
  const report = await verifyReceipt(saved, pin);
  const save = textOption(values, 'save');
  if (save !== undefined) await writeNew(save, Buffer.from(`${JSON.stringify(saved)}\n`, 'utf8'));
  return { json: report, lines: linesOf(report, terminal.say) };
}

async function readReceipt(terminal: Terminal, file: string, txId: string): Promise<SavedReceipt> {
  // A file that cannot be read is no receipt either.
  const bytes = await terminal.read(file).catch(() => new Uint8Array());
  const saved = parseReceipt(Buffer.from(bytes).toString('utf8'), file);
  if (saved.txId === txId) return saved;
  throw new ClientError('RECEIPT_REFUSED', {
    zh: `${file} 是另一笔交易的回执：${saved.txId}。`,
    en: `${file} is the receipt of ${saved.txId}.`,
  });
}

/** The genesis hash that the identity pins. */
async function pinOfIdentity(terminal: Terminal, values: ReadValues): Promise<string> {
  const named = values.identity ?? terminal.env['YICI_IDENTITY'];
  const folder = named ?? (await readSession(homeFolder(terminal.env)))?.identity;
  const pins = typeof folder === 'string' ? (await readIdentityFolder(folder)).pins : undefined;
  if (pins !== undefined) return pins.genesisHash;
  throw new ClientError('USAGE', {
    zh: '请以 --pin 给出创世区块哈希',
    en: 'give the genesis hash with --pin.',
  });
}

function linesOf(report: ReceiptReport, say: Say): Text[] {
  return [
    { zh: `✓ 回执成立：${report.txId}`, en: `✓ the receipt holds: ${report.txId}` },
    ...renderFields(fieldsOf(report, say), say),
    ...provedBy(report.basis).map((line) => ({
      zh: `  已证明：${line.zh}`,
      en: `  proved: ${line.en}`,
    })),
    ...notProvedBy(report.basis).map((line) => ({
      zh: `  未证明：${line.zh}`,
      en: `  not proved: ${line.en}`,
    })),
  ];
}

function fieldsOf(report: ReceiptReport, say: Say): Field[] {
  const { creator, code, basis, reason } = report;
  return [
    [{ zh: '通道', en: 'channel' }, report.channel],
    [
      { zh: '区块', en: 'block' },
      {
        zh: `${report.block} 第 ${report.position} 笔（共 ${report.transactions} 笔）`,
        en: `${report.block} #${report.position} (of ${report.transactions})`,
      },
    ],
    [{ zh: '区块头哈希', en: 'header' }, report.headerHash],
    [{ zh: '排序签名', en: 'signed by orderers of' }, report.orderers.join(' ')],
    [{ zh: '提交', en: 'creator' }, creator && say.aside(creator.user, creator.mspId)],
    [{ zh: '操作', en: 'function' }, report.function],
    [{ zh: '背书', en: 'endorsed by' }, endorsedText(report, say)],
    [{ zh: '验证码', en: 'code' }, `${code.number} ${code.name} · ${basis}: ${reason}`],
  ];
}

function endorsedText({ endorsers, endorsed }: ReceiptReport, say: Say): string {
  const all = endorsers.join(' ');
  if (endorsed) return all;
  return say.aside(all, { zh: '未达通道背书策略', en: 'by the policies of its keys' });
}
