import type { CardRecord, OrderRecord } from '@yici/domain/model';
import { parseBlock, readTransaction } from '@yici/ledger';
import { verifyReceipt, type SavedReceipt } from '../api/saved-receipt.js';
import { ClientError } from '../errors.js';
import type { PaperAsker } from './paper-sources.js';
import { receiptFor } from './proof.js';

/** A card or an order as it was issued, and where the ledger has it. */
export interface Issued<Of extends IssuedRecord['of']> {
  readonly record: Records[Of];
  readonly txId: string;
  readonly block: number;
}

interface Records {
  readonly card: CardRecord;
  readonly order: OrderRecord;
}

export interface IssuedRecord<Of extends keyof Records = keyof Records> {
  readonly of: Of;
  readonly id: string;
}

/** Commands that issue one: whatever is said to it later writes the record again. */
const issuing: Readonly<Record<keyof Records, readonly string[]>> = {
  card: ['card:raise', 'card:raiseOther'],
  order: ['order:issue'],
};

/**
 * A card or an order as the block says it that issued it, proved from the genesis hash: the gateway only says where to look.
 * @throws ClientError CHECK_FAILED when that block has it not, RECEIPT_REFUSED when the block does not hold
 */
export async function provedIssue<Of extends keyof Records>(
  { client, session, genesis }: PaperAsker,
  { of, id }: IssuedRecord<Of>,
): Promise<Issued<Of>> {
  const { txId } =
    of === 'card'
      ? await client.read('cards.issued', { cardId: id })
      : await client.read('orders.issued', { orderId: id });
  const receipt = await receiptFor(client, session, txId);
  const { block, position, code, function: name } = await verifyReceipt(receipt, genesis);
  const record = writtenIn(receipt, position).find(
    (one): one is Records[Of] => one.kind === of && one[`${of}Id`] === id,
  );
  const isIssued = code.name === 'VALID' && issuing[of].includes(name ?? '');
  if (record !== undefined && isIssued) return { record, txId, block };
  throw new ClientError('CHECK_FAILED', {
    zh: `第 ${String(block)} 区块的交易 ${txId} 没有发出 ${id}：请向督查部门核实。`,
    en: `Transaction ${txId} of block ${String(block)} did not issue ${id}: ask the supervision office.`,
  });
}

type Written = Readonly<Record<string, unknown>> & { readonly kind?: unknown };

/** Records that a transaction of a receipt writes. */
function writtenIn({ block }: SavedReceipt, position: number): Written[] {
  const { envelopes } = parseBlock(Buffer.from(block, 'base64'));
  const reading = readTransaction(envelopes[position] ?? new Uint8Array());
  if (reading.kind !== 'endorsed') return [];
  const writes = reading.effects.rwset.flatMap((each) => each.writes);
  return writes.flatMap(({ value }) => {
    const text = Buffer.from(value).toString('utf8');
    // Other values of a transaction are no records.
    if (!text.startsWith('{')) return [];
    return [JSON.parse(text) as Written];
  });
}
