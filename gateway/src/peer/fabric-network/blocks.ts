import {
  blockMetadataIndex,
  headerType,
  metadataAt,
  parseBlock,
  parseEnvelope,
  parseTransaction,
  type ChaincodeEvent,
} from '@yici/ledger';

/** One transaction of a block, as far as it is asked about here. */
interface BlockTransaction {
  readonly txId: string;
  /** Fabric's TxValidationCode. */
  readonly code: number;
  /** Of a valid endorser transaction. */
  readonly event: ChaincodeEvent | undefined;
}

const valid = 0;
/** peer.TxValidationCode NOT_VALIDATED: for blocks without validation codes. */
const notValidated = 254;

/** Number and transactions of common.Block bytes from a peer. Invalid transactions may be malformed and then have no id. */
export function readBlock(bytes: Uint8Array): {
  readonly number: bigint;
  readonly transactions: readonly BlockTransaction[];
} {
  const block = parseBlock(bytes);
  const codes = metadataAt(block, blockMetadataIndex.transactionsFilter);
  const transactions = block.envelopes.map((envelope, index) =>
    readTransaction(envelope, codes[index] ?? notValidated),
  );
  return { number: block.number, transactions };
}

function readTransaction(bytes: Uint8Array, code: number): BlockTransaction {
  try {
    const { channelHeader, data } = parseEnvelope(bytes);
    const endorsed = channelHeader.type === headerType.endorserTransaction && code === valid;
    const event = endorsed ? parseTransaction(data).event : undefined;
    return { txId: channelHeader.txId, code, event };
  } catch (error) {
    if (code === valid) throw error;
    return { txId: '', code, event: undefined };
  }
}
