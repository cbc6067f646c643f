import type { Words } from '@yici/domain/model';
import {
  headerHash,
  parseCertificate,
  parseTransaction,
  decodeIdentity,
  validationCode,
  validationCodeName,
  type CodeBasis,
  type Reading,
} from '@yici/ledger';
import { z } from 'zod';
import { ChannelTrust } from '../trust/channel-trust.js';
import { ClientError } from '../errors.js';
import type { Http } from './http.js';
import { askReceipt, checkReceipt, configBlocks, type Receipt } from './receipt.js';

/** A receipt as a file: with the pinned genesis hash it can be checked offline. */
export const savedReceiptSchema = z.strictObject({
  v: z.literal(1),
  txId: z.string().regex(/^[0-9a-f]{64}$/),
  /** The block, base64. */
  block: z.base64(),
  /** The channel's config blocks from the genesis block on, base64. */
  configBlocks: z.array(z.base64()),
});
export type SavedReceipt = z.infer<typeof savedReceiptSchema>;

/** What a receipt proves and what it does not. */
export type ReceiptReport = ReturnType<typeof reportOf>;

/** Reads a kept receipt; `name` is that of its file. @throws ClientError RECEIPT_REFUSED when it is none */
export function parseReceipt(text: string, name: string): SavedReceipt {
  try {
    return savedReceiptSchema.parse(JSON.parse(text));
  } catch (cause) {
    const message = { zh: `${name} 不是回执。`, en: `${name} is no receipt.` };
    throw new ClientError('RECEIPT_REFUSED', message, { cause });
  }
}

export async function saveReceipt(http: Http, txId: string): Promise<SavedReceipt> {
  const { block } = await askReceipt(http, txId);
  const configs = await configBlocks(http)(-1);
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return { v: 1, txId, block, configBlocks: configs.map(base64) };
}

/**
 * Checks a saved receipt offline, from the channel's genesis hash.
 * @throws ClientError RECEIPT_REFUSED
 */
export async function verifyReceipt(
  saved: SavedReceipt,
  genesisHash: string,
): Promise<ReceiptReport> {
  const configs = saved.configBlocks.map((text) => Buffer.from(text, 'base64'));
  const trust = new ChannelTrust(genesisHash.toLowerCase(), () => Promise.resolve(configs));
  const receipt = await checkReceipt(trust, saved.txId, Buffer.from(saved.block, 'base64'));
  return reportOf(receipt);
}

/** Orderers and endorsers are departments by MSP id: those that signed the header, and those whose peers endorsed validly. */
function reportOf({ checked, witness }: Receipt) {
  const { txId, position, count, reading, basis, reason, endorsers, endorsed } = witness;
  const { code: number = validationCode.NOT_VALIDATED } = witness;
  const { config, block, orderers } = checked;
  return {
    ...{ txId, channel: config.channelId, block: Number(block.number) },
    headerHash: Buffer.from(headerHash(block)).toString('hex'),
    ...{ position, transactions: count, orderers },
    ...{ creator: creatorOf(reading), function: functionOf(reading) },
    ...{ endorsers, endorsed },
    code: { number, name: validationCodeName(number) },
    // `recomputed`: from signed bytes alone; `asserted`: the peer's word, since orderers do not sign codes.
    ...{ basis, reason, proved: english(provedBy(basis)), notProved: english(notProvedBy(basis)) },
  };
}

const english = (all: readonly Words[]): string[] => all.map(({ en }) => en);

function creatorOf(reading: Reading): { readonly mspId: string; readonly user: string } | null {
  if (reading.kind === 'refused') return null;
  try {
    const { mspId, certificate } = decodeIdentity(reading.submission.signatureHeader.creator);
    return { mspId, user: parseCertificate(certificate).commonName };
  } catch {
    return null;
  }
}

function functionOf(reading: Reading): string | null {
  if (reading.kind !== 'endorsed') return null;
  const [name] = parseTransaction(reading.submission.data).args;
  return name === undefined ? null : new TextDecoder().decode(name);
}

/** What a receipt proves, by what its validation code rests on. */
export function provedBy(basis: CodeBasis): Words[] {
  return [
    {
      zh: '该区块属于本通道：由创世区块哈希及其后配置区块所列的排序节点签名',
      en: 'the block is the channel’s: its orderers, as the genesis hash and the config blocks after it name them, signed it',
    },
    {
      zh: '该交易位于区块中的此位置，由提交人签名，并有所列背书',
      en: 'the transaction stands in it at this position, signed by its creator, with these endorsements',
    },
    ...(basis === 'recomputed'
      ? [
          {
            zh: '其验证码：可由已签名的内容复算',
            en: 'its validation code: it follows from signed bytes',
          },
        ]
      : []),
  ];
}

/** What it leaves open. */
export function notProvedBy(basis: CodeBasis): Words[] {
  return [
    ...(basis === 'recomputed'
      ? []
      : [
          {
            zh: '其验证码：已签名的内容与之不矛盾，但所读内容此前是否已变动，以保存该区块的节点所称为准；可由另一部门的网关或者对全部区块执行 yici audit verify 确定',
            en: 'its validation code: nothing signed is against it, but whether what it read had changed is the word of the peer that kept the block; a second department’s gateway, or yici audit verify over all blocks, settles it',
          },
        ]),
    {
      zh: '该区块与您所知的其他区块属于同一条链：请执行 yici audit verify',
      en: 'that the block is on the same chain as every other block that you know: yici audit verify',
    },
    { zh: '该记录此后的变化', en: 'what became of the record afterwards' },
  ];
}
