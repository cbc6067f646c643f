import { ledger } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { HistoryEntry } from '../ports.js';
import { UnrecordedScan, type ResultIterator } from '../simulate/range-scan.js';

/** A key's past values, encoded as the chaincode shim expects them. They leave no trace in the read set. */
export function historyResults(entries: AsyncIterable<HistoryEntry>): ResultIterator<Uint8Array> {
  return new UnrecordedScan(entries, encodeEntry);
}

function encodeEntry(entry: HistoryEntry): Uint8Array {
  const modification = new ledger.queryresult.KeyModification();
  modification.setTxId(entry.txId);
  modification.setValue(entry.value);
  modification.setIsDelete(entry.isDelete);
  const timestamp = new Timestamp();
  timestamp.setSeconds(entry.timestamp.seconds);
  timestamp.setNanos(entry.timestamp.nanos);
  modification.setTimestamp(timestamp);
  return modification.serializeBinary();
}
