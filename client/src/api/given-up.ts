import { compositeKey, filedKey } from '@yici/domain/model';
import {
  decodePayload,
  decodeTxRwSet,
  parseEnvelope,
  parseTransaction,
  type CheckedBlock,
  type Version,
} from '@yici/ledger';

/**
 * By what a transaction was endorsed on: which one made the case that has a number. Undefined when its peers did not look,
 * or found none.
 */
export function madeBy(
  payload: Uint8Array,
  chaincode: string,
  caseNo: string,
): Version | undefined {
  const { results } = parseTransaction(decodePayload(payload).data);
  const own = decodeTxRwSet(results).find(({ namespace }) => namespace === chaincode);
  const first = compositeKey(filedKey(caseNo));
  return own?.reads.find(({ key }) => key === first)?.version;
}

/** The id of the transaction at a place of the ledger; undefined when no block is the one. */
export function transactionAt(
  blocks: readonly CheckedBlock[],
  { block: number, tx }: Version,
): string | undefined {
  const bytes = blocks.find(({ block }) => block.number === number)?.block.envelopes[tx];
  return bytes && parseEnvelope(bytes).channelHeader.txId;
}
