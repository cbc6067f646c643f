import {
  blockMetadataIndex,
  headerType,
  metadataAt,
  parseEnvelope,
  parseTransaction,
  type ChaincodeEvent,
  type ParsedBlock,
} from '@yici/ledger';

const invalidOtherReason = 255;

/** Summary of one transaction of a block for listeners. */
export interface BlockTransaction {
  readonly channel: string;
  readonly txId: string;
  readonly type: number;
  readonly code: number;
  readonly event: ChaincodeEvent | undefined;
}

/** The transactions of a block in order; malformed ones are left out, as in Fabric. */
export function blockTransactions(block: ParsedBlock): BlockTransaction[] {
  const codes = metadataAt(block, blockMetadataIndex.transactionsFilter);
  return block.envelopes.flatMap((bytes, index) => {
    const envelope = readable(() => parseEnvelope(bytes));
    if (!envelope) {
      return [];
    }
    const { channelId: channel, txId, type } = envelope.channelHeader;
    const code = codes[index] ?? invalidOtherReason;
    const event =
      type === headerType.endorserTransaction
        ? readable(() => parseTransaction(envelope.data).event)
        : undefined;
    return [{ channel, txId, type, code, event }];
  });
}

function readable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
