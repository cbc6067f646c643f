import { encodeTimestamp, WireWriter } from '@yici/ledger';
import type { HistoryEntry } from '../ports.js';
import { UnrecordedScan, type ResultIterator } from '../simulate/range-scan.js';

/** A key's past values, encoded as the chaincode shim expects. History is not recorded in the read set. */
export function historyResults(entries: AsyncIterable<HistoryEntry>): ResultIterator<Uint8Array> {
  return new UnrecordedScan(entries, encodeEntry);
}

/** queryresult.KeyModification bytes. */
function encodeEntry(entry: HistoryEntry): Uint8Array {
  const { seconds, nanos } = entry.timestamp;
  return new WireWriter()
    .string(1, entry.txId)
    .bytes(2, entry.value)
    .message(3, encodeTimestamp({ seconds: BigInt(seconds), nanos }))
    .bool(4, entry.isDelete)
    .finish();
}
