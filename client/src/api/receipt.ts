import {
  conflictShownBy,
  isConflictCode,
  verifySignatureAsync,
  witnessOf,
  type CheckedBlock,
  type TransactionWitness,
} from '@yici/ledger';
import { z } from 'zod';
import { ClientError } from '../errors.js';
import type { ChannelTrust } from '../trust/channel-trust.js';
import type { Http } from './http.js';

const wholeBlock = z.object({ number: z.number(), block: z.base64() });
export const configBlocksSchema = z.object({ items: z.array(wholeBlock) });
export const receiptSchema = z.object({ block: z.base64(), before: z.array(wholeBlock) });
export type ReceiptAnswer = z.infer<typeof receiptSchema>;

/** A transaction in a block that the channel's orderers signed. */
export interface Receipt {
  readonly checked: CheckedBlock;
  readonly witness: TransactionWitness;
}

const decoded = (text: string): Uint8Array => Buffer.from(text, 'base64');

/** Config blocks as a gateway has them, for {@link ChannelTrust}. */
export const configBlocks =
  (http: Http) =>
  async (after: number): Promise<readonly Uint8Array[]> => {
    const path = after < 0 ? '/v1/config-blocks' : `/v1/config-blocks?after=${after}`;
    const { items } = await http.call(configBlocksSchema, path);
    return items.map(({ block }) => decoded(block));
  };

/** Asks for a receipt; `before` blocks come with it where the transaction is in conflict. */
export function askReceipt(http: Http, txId: string, before = 0): Promise<ReceiptAnswer> {
  const query = before === 0 ? '' : `?before=${before}`;
  return http.call(receiptSchema, `/v1/transactions/${txId}/receipt${query}`);
}

/**
 * Checks a receipt alone: the block is the channel's by its orderers' signatures and holds the transaction, and nothing
 * in the signed bytes is against the code beside it.
 * @throws ClientError RECEIPT_REFUSED
 */
export async function checkReceipt(
  trust: ChannelTrust,
  txId: string,
  block: Uint8Array,
): Promise<Receipt> {
  const checked = await trust.check(block).catch((cause: unknown) => {
    if (!(cause instanceof ClientError)) throw cause;
    throw refusedReceipt(txId, cause.message, cause);
  });
  const witness = await witnessOf(checked, txId, verifySignatureAsync);
  if (witness === undefined) throw refusedReceipt(txId, 'the block does not hold it');
  if (witness.basis === 'contradicted') throw refusedReceipt(txId, witness.reason);
  return { checked, witness };
}

/**
 * {@link checkReceipt} of what a gateway answers.
 * @throws ClientError RECEIPT_REFUSED, also when it has no receipt; COMMIT_UNKNOWN when it cannot answer now
 */
export async function fetchReceipt(
  http: Http,
  trust: ChannelTrust,
  txId: string,
): Promise<Receipt> {
  const { block } = await askReceipt(http, txId).catch((cause: unknown) => {
    if (!(cause instanceof ClientError)) throw cause;
    throw isAway(cause) ? unknown(txId, cause) : refusedReceipt(txId, cause.message, cause);
  });
  return checkReceipt(trust, txId, decoded(block));
}

/** Gone, starting or overloaded: nothing is said of any receipt. A start ends sessions. */
function isAway({ code, details: { status } }: ClientError): boolean {
  if (code === 'GATEWAY_UNREACHABLE') return true;
  return typeof status === 'number' && (status >= 500 || status === 401 || status === 429);
}

function unknown(txId: string, cause: ClientError): ClientError {
  return new ClientError(
    'COMMIT_UNKNOWN',
    `The gateway could not show what became of ${txId} (${cause.message}). It may well be on the ledger: send the command again under the same idempotency key alone, or look: yici tx verify ${txId} --gateway URL`,
    { details: { txId }, cause },
  );
}

/** How far back a conflict is looked for: it came between reading and ordering. */
const blocksBefore = 16;

/**
 * Which transaction put this one into conflict, by signed blocks; undefined when none shows it. The code itself is
 * signed by nobody, and the block need not be the first that holds the transaction: none of those before it may.
 */
export async function provenConflict(
  http: Http,
  trust: ChannelTrust,
  { checked, witness }: Receipt,
): Promise<string | undefined> {
  if (!isConflictCode(witness.code)) return undefined;
  const { number } = checked.block;
  const blocks = await blocksUpTo(http, trust, witness.txId);
  const earlier = blocks.filter(({ block }) => block.number < number);
  if (earlier.length < Math.min(blocksBefore, Number(number))) return undefined;
  return conflictShownBy(checked, witness, earlier, verifySignatureAsync);
}

/** The block that holds a transaction in conflict and those before it, each checked by itself, in no order. */
export async function blocksUpTo(
  http: Http,
  trust: ChannelTrust,
  txId: string,
): Promise<readonly CheckedBlock[]> {
  const { block: own, before } = await askReceipt(http, txId, blocksBefore);
  const blocks = [own, ...before.map(({ block }) => block)];
  return Promise.all(blocks.map((block) => trust.check(decoded(block))));
}

/** A receipt that proves nothing of the kind. */
export function refusedReceipt(txId: string, why: string, cause?: unknown): ClientError {
  return new ClientError(
    'RECEIPT_REFUSED',
    `The gateway has no proof of what it says of ${txId}: ${why}. It may well be on the ledger: do not send the command again, ask another gateway: yici tx verify ${txId} --gateway URL`,
    { details: { txId }, ...(cause === undefined ? {} : { cause }) },
  );
}
