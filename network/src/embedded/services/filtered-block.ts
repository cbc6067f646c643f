import { peer } from '@hyperledger/fabric-protos';
import { headerType, parseBlock } from '@yici/ledger';
import { blockTransactions, type BlockTransaction } from './block-transactions.js';
import { headerTypeOf, validationCode } from './enum-values.js';

/** peer.FilteredBlock bytes of a block: ids, codes and event names without payloads (core/peer/deliverevents.go). */
export function filteredBlock(bytes: Uint8Array): Uint8Array {
  const block = parseBlock(bytes);
  const transactions = blockTransactions(block);
  const filtered = new peer.FilteredBlock();
  filtered.setNumber(Number(block.number));
  filtered.setChannelId(transactions.at(-1)?.channel ?? '');
  filtered.setFilteredTransactionsList(transactions.map(filteredTransaction));
  return filtered.serializeBinary();
}

function filteredTransaction(transaction: BlockTransaction): peer.FilteredTransaction {
  const filtered = new peer.FilteredTransaction();
  filtered.setTxid(transaction.txId);
  filtered.setType(headerTypeOf(transaction.type));
  filtered.setTxValidationCode(validationCode(transaction.code));
  if (transaction.type === headerType.endorserTransaction) {
    const actions = new peer.FilteredTransactionActions();
    if (transaction.event) {
      const event = new peer.ChaincodeEvent();
      event.setChaincodeId(transaction.event.chaincodeId);
      event.setTxId(transaction.event.txId);
      event.setEventName(transaction.event.eventName);
      const action = new peer.FilteredChaincodeAction();
      action.setChaincodeEvent(event);
      actions.setChaincodeActionsList([action]);
    }
    filtered.setTransactionActions(actions);
  }
  return filtered;
}
