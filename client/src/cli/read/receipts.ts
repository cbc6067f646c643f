import type { Command } from 'commander';
import {
  savedReceiptSchema,
  verifyReceipt,
  type ReceiptReport,
  type SavedReceipt,
} from '../../api/saved-receipt.js';
import { ClientError } from '../../errors.js';
import { readIdentityFolder } from '../../identity/folder.js';
import { withCaller } from '../caller.js';
import { homeFolder, readSession } from '../home.js';
import { writeNew } from '../new-file.js';
import { renderFields } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { show, textOption, type ReadValues, type Shown } from './read.js';

/** `yici tx verify`: a transaction's receipt, from a gateway or from a file. */
export function addReceipts(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify <txId>')
    .option(
      '--pin <hex>',
      '创世区块哈希，缺省取身份目录中的 genesis hash; the identity’s unless told',
    )
    .option('--receipt <file>', '核验保存的回执，不问网关 check a kept receipt; asks no gateway')
    .option('--save <file>', '回执存为新文件 keep the receipt in a new file')
    .description(
      '核验交易回执：区块、排序签名、位置、验证码 check that a transaction is on the ledger, from the genesis hash alone',
    )
    .addHelpText('after', help);
  verify.action(async (txId: string) => {
    const values: ReadValues = verify.optsWithGlobals();
    show(terminal, values, await verified(terminal, txId, values));
  });
}

const help = `
验证码不由排序节点签名：“asserted” 为区块所在节点所称，“recomputed” 为由已签名的内容复算
Orderers do not sign validation codes: "asserted" is the word of the peer that kept the block, "recomputed" follows from signed bytes.

示例 example:
  $ yici tx verify 3f0c…
  $ yici tx verify 3f0c… --save receipt.json
  $ yici tx verify 3f0c… --receipt receipt.json --pin 9a41… --json`;

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
  return { json: report, lines: linesOf(report) };
}

async function readReceipt(terminal: Terminal, file: string, txId: string): Promise<SavedReceipt> {
  const saved = await terminal
    .read(file)
    .then((bytes) => savedReceiptSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))))
    .catch((cause: unknown) => {
      throw refusedFile(`${file} 不是回执 is no receipt.`, cause);
    });
  if (saved.txId === txId) return saved;
  throw refusedFile(`${file} 是另一笔交易的回执 is the receipt of ${saved.txId}.`);
}

const refusedFile = (message: string, cause?: unknown): ClientError =>
  new ClientError('RECEIPT_REFUSED', message, { cause });

/** The genesis hash that the identity pins. */
async function pinOfIdentity(terminal: Terminal, values: ReadValues): Promise<string> {
  const named = values.identity ?? terminal.env['YICI_IDENTITY'];
  const folder = named ?? (await readSession(homeFolder(terminal.env)))?.identity;
  const pins = typeof folder === 'string' ? (await readIdentityFolder(folder)).pins : undefined;
  if (pins !== undefined) return pins.genesisHash;
  throw new ClientError('USAGE', '请以 --pin 给出创世区块哈希 give the genesis hash with --pin.');
}

function linesOf(report: ReceiptReport): string[] {
  const { creator, code, basis, reason, endorsers, endorsed } = report;
  return [
    `✓ 回执成立 the receipt holds: ${report.txId}`,
    ...renderFields([
      ['通道 channel', report.channel],
      ['区块 block', `${report.block} #${report.position}（共 of ${report.transactions}）`],
      ['区块头哈希 header', report.headerHash],
      ['排序签名 signed by orderers of', report.orderers.join(' ')],
      ['提交 creator', creator && `${creator.user}（${creator.mspId}）`],
      ['操作 function', report.function],
      [
        '背书 endorsed by',
        `${endorsers.join(' ')}${endorsed ? '' : '（未达通道背书策略 by the policies of its keys)'}`,
      ],
      ['验证码 code', `${code.number} ${code.name} · ${basis}: ${reason}`],
    ]),
    ...report.proved.map((line) => `  证明 proved: ${line}`),
    ...report.notProved.map((line) => `  未证明 not proved: ${line}`),
  ];
}
