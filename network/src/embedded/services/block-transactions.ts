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

/** What a listener wants to know of one transaction of a block. */
export interface BlockTransaction {
  readonly channel: string;
  readonly txId: string;
  readonly type: number;
  readonly code: number;
  readonly event: ChaincodeEvent | undefined;
}

/** The transactions of a block in their order; bytes that cannot be read are left out, as Fabric leaves them. */
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
