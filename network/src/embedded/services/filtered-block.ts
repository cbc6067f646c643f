import { encodeChaincodeEvent, headerType, parseBlock, WireWriter } from '@yici/ledger';
import { blockTransactions, type BlockTransaction } from './block-transactions.js';

/** peer.FilteredBlock bytes of a block: ids, codes and event names without payloads (core/peer/deliverevents.go). */
export function filteredBlock(bytes: Uint8Array): Uint8Array {
  const block = parseBlock(bytes);
  const transactions = blockTransactions(block);
  return new WireWriter()
    .string(1, transactions.at(-1)?.channel ?? '')
    .varint(2, block.number)
    .repeated(4, transactions.map(filteredTransaction))
    .finish();
}

/** peer.FilteredTransaction. */
function filteredTransaction({ txId, type, code, event }: BlockTransaction): WireWriter {
  const filtered = new WireWriter().string(1, txId).varint(2, type).varint(3, code);
  if (type !== headerType.endorserTransaction) return filtered;
  const actions = new WireWriter();
  if (event !== undefined) {
    const named = encodeChaincodeEvent({ ...event, payload: new Uint8Array(0) });
    actions.message(1, new WireWriter().message(1, named));
  }
  return filtered.message(4, actions);
}
