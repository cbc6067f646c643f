import type { ReceiptReport, SavedReceipt } from '@yici/client/web';
import type { Words } from '@yici/domain/model';
import type { Present } from '../session/session.js';

/** A receipt that holds: what it says, and what that proves and does not. */
export interface CheckedReceipt {
  readonly report: ReceiptReport;
  readonly proved: readonly Words[];
  readonly notProved: readonly Words[];
}

/** What the gateway shows of a transaction. @throws ClientError RECEIPT_REFUSED when it does not hold */
export async function checkShown(
  { client, session }: Present,
  txId: string,
  pin: string,
): Promise<CheckedReceipt> {
  const { receiptFor } = await import('@yici/client/web');
  return checked(await receiptFor(client, session, txId), pin);
}

/** A file that `yici tx verify --save` wrote. @throws ClientError RECEIPT_REFUSED when it is none, or does not hold */
export async function checkKept(file: File, pin: string): Promise<CheckedReceipt> {
  const { parseReceipt } = await import('@yici/client/web');
  return checked(parseReceipt(await file.text(), file.name), pin);
}

async function checked(saved: SavedReceipt, pin: string): Promise<CheckedReceipt> {
  const { verifyReceipt, provedBy, notProvedBy } = await import('@yici/client/web');
  const report = await verifyReceipt(saved, pin);
  return { report, proved: provedBy(report.basis), notProved: notProvedBy(report.basis) };
}
