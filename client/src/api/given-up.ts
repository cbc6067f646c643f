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
 * The transaction that created the case with this number, by its position on the ledger: the version of the key that the
 * endorsing peers read. Undefined when they did not read it or found no case.
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

/** The id of the transaction at a position on the ledger; undefined when this is not its block. */
export function transactionAt(
  { block }: CheckedBlock,
  { block: number, tx }: Version,
): string | undefined {
  const bytes = block.number === number ? block.envelopes[tx] : undefined;
  return bytes && parseEnvelope(bytes).channelHeader.txId;
}
