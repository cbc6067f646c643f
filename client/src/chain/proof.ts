import type { Session } from '@yici/api';
import { canonicalDigest, type CaseEventRecord } from '@yici/domain/model';
import { parseBlock, readTransaction, sha256 } from '@yici/ledger';
import { collected } from '../api/ask.js';
import type { YiciClient } from '../api/client.js';
import { verifyReceipt, type ReceiptReport, type SavedReceipt } from '../api/saved-receipt.js';
import { ClientError } from '../errors.js';
import { checkCaseChain, type ChainCheck } from './chain.js';

/**
 * A transaction's receipt, unchecked. Supervisors get no receipts but whole blocks, which are recorded; all others what
 * {@link YiciClient.receipt} gives.
 * @throws ClientError RECEIPT_REFUSED when the gateway knows no block of it
 */
export async function receiptFor(
  client: YiciClient,
  { role }: Pick<Session, 'role'>,
  txId: string,
): Promise<SavedReceipt> {
  if (role !== 'supervisor') return client.receipt(txId);
  const { block: number } = await client.read('transactions.get', { id: txId });
  const [block] = typeof number === 'number' ? await client.wholeBlocks(number, number) : [];
  if (block === undefined) {
    const message = { zh: '该交易尚未写入账本。', en: 'It is not on the ledger.' };
    throw new ClientError('RECEIPT_REFUSED', message, { details: { txId } });
  }
  const { items } = await client.read('configBlocks.list', {});
  const configBlocks = items.map((config) => config.block);
  return { v: 1, txId, block: Buffer.from(block).toString('base64'), configBlocks };
}

/** One event of a case and the transaction that wrote it. */
export interface EventProof {
  readonly event: CaseEventRecord;
  /** What the receipt proves; undefined when it does not hold. */
  readonly report: ReceiptReport | undefined;
  /** Why the event is not proven; undefined when it is. */
  readonly objection: string | undefined;
}

export interface CaseProof {
  readonly check: ChainCheck;
  readonly events: readonly EventProof[];
}

/**
 * Verifies a case from the genesis hash: the chain of its events up to its head, and for each event a receipt of the transaction
 * that wrote these very bytes. Events that were withheld at the end show only when the whole chain is verified.
 * `onEvent` gets how many events are done, of how many.
 */
export async function proveCase(
  client: YiciClient,
  { caseNo, genesisHash }: { readonly caseNo: string; readonly genesisHash: string },
  onEvent: (done: number, all: number) => void = () => undefined,
): Promise<CaseProof> {
  const [session, record] = await Promise.all([
    client.session(),
    client.read('cases.get', { caseNo }),
  ]);
  const events = await collected(client.list('cases.events', { caseNo, limit: 200 }));
  const proofs: EventProof[] = [];
  for (const event of events) {
    proofs.push(await proveEvent(client, session, event, genesisHash));
    onEvent(proofs.length, events.length);
  }
  return { check: checkCaseChain(record, events), events: proofs };
}

async function proveEvent(
  client: YiciClient,
  session: Session,
  event: CaseEventRecord,
  genesisHash: string,
): Promise<EventProof> {
  try {
    const receipt = await receiptFor(client, session, event.txId);
    const report = await verifyReceipt(receipt, genesisHash);
    return { event, report, objection: objectionTo(event, receipt, report) };
  } catch (error) {
    // What the gateway cannot show or prove is the finding; that it cannot be reached is not.
    if (!(error instanceof ClientError) || error.code === 'GATEWAY_UNREACHABLE') throw error;
    return { event, report: undefined, objection: error.message };
  }
}

function objectionTo(
  event: CaseEventRecord,
  { block }: SavedReceipt,
  { code, position }: ReceiptReport,
): string | undefined {
  if (code.name !== 'VALID') return `its transaction is ${code.name}`;
  const { envelopes } = parseBlock(Buffer.from(block, 'base64'));
  const reading = readTransaction(envelopes[position] ?? new Uint8Array());
  if (reading.kind !== 'endorsed') return 'its transaction writes nothing';
  const digest = canonicalDigest(event);
  const isWritten = reading.effects.rwset
    .flatMap(({ writes }) => writes)
    .some(({ value }) => Buffer.from(sha256(value)).toString('hex') === digest);
  return isWritten ? undefined : 'its transaction writes another text';
}
