import {
  decodeTxRwSet,
  isDeleteWrite,
  parseEnvelope,
  parseTransaction,
  type KvWrite,
  type ParsedBlock,
} from '@yici/ledger';
import type { HistoryEntry } from '../ports.js';
import type { HistoryIndex } from '../storage/repositories/history-index.js';
import type { ChainReader } from './chain-reader.js';

/** The past values of a public key, newest first, read from the transactions that wrote it. */
export async function* keyHistory(
  index: HistoryIndex,
  chain: ChainReader,
  namespace: string,
  key: string,
): AsyncGenerator<HistoryEntry> {
  let block: { readonly number: bigint; readonly parsed: ParsedBlock | undefined } | undefined;
  for await (const place of index.of(namespace, key)) {
    if (block?.number !== place.block) {
      block = { number: place.block, parsed: await chain.parsed(place.block) };
    }
    const envelope = block.parsed?.envelopes[place.position];
    const entry = envelope && entryOf(envelope, namespace, key);
    if (entry !== undefined) yield { ...entry, block: place.block };
  }
}

/** Absent when the transaction changed only the key's metadata, which is not a value. */
function entryOf(
  bytes: Uint8Array,
  namespace: string,
  key: string,
): Omit<HistoryEntry, 'block'> | undefined {
  const envelope = parseEnvelope(bytes);
  const write = writeOf(parseTransaction(envelope.data).results, namespace, key);
  if (write === undefined) return undefined;
  const { txId, timestamp } = envelope.channelHeader;
  return {
    txId,
    value: write.value,
    isDelete: isDeleteWrite(write),
    timestamp: { seconds: Number(timestamp?.seconds ?? 0n), nanos: timestamp?.nanos ?? 0 },
  };
}

function writeOf(results: Uint8Array, namespace: string, key: string): KvWrite | undefined {
  return decodeTxRwSet(results)
    .filter((rwset) => rwset.namespace === namespace)
    .flatMap((rwset) => rwset.writes)
    .find((write) => write.key === key);
}
