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

/** Config blocks as a gateway has them, for {@link ChannelTrust}. */
export const configBlocks =
  (http: Http) =>
  async (after: number): Promise<readonly Uint8Array[]> => {
    const { items } = await ask(http, 'configBlocks.list', after < 0 ? {} : { after });
    return items.map(({ block }) => decoded(block));
  };

/** Blocks to show with a transaction in conflict: so many directly before the block `until`. */
interface Before {
  readonly before: number;
  readonly until: number;
}

/** Asks for a receipt, and for blocks before it where the transaction is in conflict. */
export const askReceipt = (http: Http, txId: string, more?: Before) =>
  ask(http, 'transactions.receipt', { txId, ...more });

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
  const witness = await evidenceOf(checked, txId, verifySignatureAsync);
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
  const { block } = await shownReceipt(http, txId);
  return checkReceipt(trust, txId, decoded(block));
}

/** {@link askReceipt}; that a gateway is away says nothing of any transaction. @throws ClientError RECEIPT_REFUSED, COMMIT_UNKNOWN */
const shownReceipt: typeof askReceipt = (http, txId, more) =>
  askReceipt(http, txId, more).catch((cause: unknown) => {
    if (!(cause instanceof ClientError)) throw cause;
    throw isAway(cause) ? unknown(txId, cause) : refusedReceipt(txId, cause.message, cause);
  });

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

/** Most blocks that a conflict is looked for in: what waited for a full disk was overtaken long before its block. */
const maxBlocksSearched = 1024;

/**
 * Which transaction put this one into conflict, by signed blocks; undefined when none shows it. The code itself is
 * signed by nobody, and the block need not be the first that holds the transaction: none of those before it may.
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
 * The blocks directly before that of a transaction in conflict, each checked by itself: first a few, then more and more. Ends
 * where the gateway shows fewer than it was asked for.
 */
export async function* blocksBefore(
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

/** A receipt that proves nothing of the kind. */
export function refusedReceipt(txId: string, why: string, cause?: unknown): ClientError {
  return new ClientError(
    'RECEIPT_REFUSED',
    `The gateway has no proof of what it says of ${txId}: ${why}. It may well be on the ledger: do not send the command again, ask another gateway: yici tx verify ${txId} --gateway URL`,
    { details: { txId }, ...(cause === undefined ? {} : { cause }) },
  );
}
