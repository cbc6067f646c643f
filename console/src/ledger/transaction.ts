import { receiptFor, verifyReceipt, type ReceiptReport } from '@yici/client/web';
import type { Present } from '../session/session.js';
import { decodeTransaction, type DecodedTransaction } from './decode.js';

export interface ShownTransaction {
  readonly decoded: DecodedTransaction;
  /** What its signed block proves; undefined where the identity pins no channel. */
  readonly report: ReceiptReport | undefined;
}

/**
 * A transaction from the bytes of its block, found there by its id where the identity pins the channel.
 * @throws ClientError RECEIPT_REFUSED when the block does not hold or the gateway gives none
 */
export async function decodedTransaction(
  { client, session }: Present,
  { txId, index }: { readonly txId: string; readonly index: number },
): Promise<ShownTransaction> {
  const { genesisHash } = client;
  const receipt = await receiptFor(client, session, txId);
  const report = genesisHash === undefined ? undefined : await verifyReceipt(receipt, genesisHash);
  const block = Uint8Array.from(Buffer.from(receipt.block, 'base64'));
  return { decoded: decodeTransaction(block, report?.position ?? index), report };
}
