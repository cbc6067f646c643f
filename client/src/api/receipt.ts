import { mostBefore } from '@yici/api';
import {
  findConflictCause,
  isConflictCode,
  verifySignatureAsync,
  evidenceOf,
  type CheckedBlock,
  type TransactionEvidence,
} from '@yici/ledger';
import { ClientError } from '../errors.js';
import type { ChannelTrust } from '../trust/channel-trust.js';
import { ask } from './ask.js';
import type { Http } from './http.js';

/** A transaction in a block that the channel's orderers signed. */
export interface Receipt {
  readonly checked: CheckedBlock;
  readonly witness: TransactionEvidence;
}

const decoded = (text: string): Uint8Array => Buffer.from(text, 'base64');

/** Fetches the channel's config blocks for {@link ChannelTrust}. */
export const configBlocks =
  (http: Http) =>
  async (after: number): Promise<readonly Uint8Array[]> => {
    const { items } = await ask(http, 'configBlocks.list', after < 0 ? {} : { after });
    return items.map(({ block }) => decoded(block));
  };

/** Further blocks to fetch: the number `before` of those directly preceding block `until`. */
interface Before {
  readonly before: number;
  readonly until: number;
}

/** Fetches a receipt, unchecked; with `more`, also preceding blocks, in which the cause of a conflict is looked for. */
export const askReceipt = (http: Http, txId: string, more?: Before) =>
  ask(http, 'transactions.receipt', { txId, ...more });

/**
 * Checks a receipt without a gateway: the channel's orderers signed the block, it holds the transaction, and nothing in the
 * signed bytes contradicts the validation code, which is itself unsigned.
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
  const witness = await evidenceOf(checked, txId, verifySignatureAsync);
  if (witness === undefined) throw refusedReceipt(txId, 'the block does not hold it');
  if (witness.basis === 'contradicted') throw refusedReceipt(txId, witness.reason);
  return { checked, witness };
}

/**
 * Fetches a receipt and checks it ({@link checkReceipt}).
 * @throws ClientError RECEIPT_REFUSED, also when the gateway has none; COMMIT_UNKNOWN when it cannot answer at present
 */
export async function fetchReceipt(
  http: Http,
  trust: ChannelTrust,
  txId: string,
): Promise<Receipt> {
  const { block } = await shownReceipt(http, txId);
  return checkReceipt(trust, txId, decoded(block));
}

/** As {@link askReceipt}, with errors that tell no receipt from no answer. @throws ClientError RECEIPT_REFUSED, COMMIT_UNKNOWN */
const shownReceipt: typeof askReceipt = (http, txId, more) =>
  askReceipt(http, txId, more).catch((cause: unknown) => {
    if (!(cause instanceof ClientError)) throw cause;
    throw isAway(cause) ? unknown(txId, cause) : refusedReceipt(txId, cause.message, cause);
  });

/** Whether the gateway is unreachable, starting or overloaded. 401: a restart ends its sessions. */
function isAway({ code, details: { status } }: ClientError): boolean {
  if (code === 'GATEWAY_UNREACHABLE') return true;
  return typeof status === 'number' && (status >= 500 || status === 401 || status === 429);
}

function unknown(txId: string, cause: ClientError): ClientError {
  return new ClientError(
    'COMMIT_UNKNOWN',
    {
      zh: `网关未能说明 ${txId} 的结果（${cause.words?.zh ?? cause.message}）。该交易可能已登记：只能以同一 --idempotency-key 重新提交，或者查询：yici tx verify ${txId} --gateway 网关地址`,
      en: `The gateway could not show what became of ${txId} (${cause.message}). It may well be on the ledger: send the command again under the same idempotency key alone, or look: yici tx verify ${txId} --gateway URL`,
    },
    { details: { txId }, cause },
  );
}

/** The signed block with this number, shown because `txId` was in conflict; it may be a later one. Undefined when none is. */
export async function fetchBlock(
  http: Http,
  trust: ChannelTrust,
  txId: string,
  number: number,
): Promise<CheckedBlock | undefined> {
  const { before } = await shownReceipt(http, txId, { before: 1, until: number + 1 });
  const [shown] = before;
  return shown && trust.check(decoded(shown.block));
}

/** Limit of the search for the cause of a conflict. It is this high for transactions that waited until a full disk had room. */
const maxBlocksSearched = 1024;

/**
 * The transaction that caused this one's conflict, found in signed blocks; undefined when there is none, or when an earlier
 * block holds the same transaction, which then took effect there. The validation code proves nothing: nobody signs it.
 */
export async function provenConflict(
  http: Http,
  trust: ChannelTrust,
  receipt: Receipt,
): Promise<string | undefined> {
  const { checked, witness } = receipt;
  if (!isConflictCode(witness.code)) return undefined;
  for await (const earlier of blocksBefore(http, trust, receipt)) {
    const found = await findConflictCause(checked, witness, earlier, verifySignatureAsync);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The blocks preceding a receipt's, each checked on its own. Every step yields all blocks so far, further back than the last;
 * ends when the gateway returns fewer than requested.
 */
async function* blocksBefore(
  http: Http,
  trust: ChannelTrust,
  { checked, witness: { txId } }: Receipt,
): AsyncGenerator<readonly CheckedBlock[]> {
  const found: CheckedBlock[] = [];
  let until = Number(checked.block.number);
  while (until > 0 && found.length < maxBlocksSearched) {
    const asked = Math.min(mostBefore, until);
    const { before } = await shownReceipt(http, txId, { before: asked, until });
    if (before.length < asked) return;
    found.push(...(await Promise.all(before.map(({ block }) => trust.check(decoded(block))))));
    until -= asked;
    yield found;
  }
}

export function refusedReceipt(txId: string, why: string, cause?: unknown): ClientError {
  return new ClientError(
    'RECEIPT_REFUSED',
    {
      zh: `网关不能证明其对 ${txId} 的答复（${why}）。该交易可能已登记：请勿重复提交，可向其他网关核验：yici tx verify ${txId} --gateway 网关地址`,
      en: `The gateway has no proof of what it says of ${txId}: ${why}. It may well be on the ledger: do not send the command again, ask another gateway: yici tx verify ${txId} --gateway URL`,
    },
    { details: { txId }, ...(cause === undefined ? {} : { cause }) },
  );
}
