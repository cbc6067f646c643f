import { peer } from '@hyperledger/fabric-protos';
import { fieldKey, NAMESPACES } from '@yici/ledger';

/** Key of a chaincode's sequence in the lifecycle state; every transaction of the chaincode reads it. */
export function sequenceKey(chaincode: string): string {
  return fieldKey(NAMESPACES, chaincode, 'Sequence');
}

/** The stored number; 0 when there is none, before the first definition. */
export function sequenceOf(stored: Uint8Array | undefined): number {
  return stored ? peer.lifecycle.StateData.deserializeBinary(stored).getInt64() : 0;
}
