import {
  chaincodeDefinition,
  implicitCollection,
  LIFECYCLE_NAMESPACE,
  metadataKey,
  NAMESPACES,
  type ChaincodeDefinition,
  type LifecycleStore,
} from '@yici/ledger';
import { sequenceKey, sequenceOf } from '../../endorse/sequence.js';
import type { KeyValue, ResultIterator } from '../../simulate/range-scan.js';
import type { TransactionSimulator } from '../../simulate/simulator.js';

const nothing = new Uint8Array(0);

/** The public lifecycle state as a transaction sees it. */
export function publicStore(simulator: TransactionSimulator): LifecycleStore {
  return {
    get: (key) => simulator.getState(LIFECYCLE_NAMESPACE, key),
    put: (key, value) => simulator.setState(LIFECYCLE_NAMESPACE, key, value),
    delete: (key) => simulator.setState(LIFECYCLE_NAMESPACE, key, nothing),
  };
}

/** One department's part of the lifecycle state, in its implicit collection. */
export function departmentStore(simulator: TransactionSimulator, mspId: string): LifecycleStore {
  const collection = implicitCollection(mspId);
  return {
    get: (key) => simulator.getPrivate(LIFECYCLE_NAMESPACE, collection, key),
    put: (key, value) => simulator.setPrivate(LIFECYCLE_NAMESPACE, collection, key, value),
    delete: (key) => simulator.setPrivate(LIFECYCLE_NAMESPACE, collection, key, nothing),
  };
}

/** The publicly readable form of a department's part: the hashes. */
export function departmentHashes(
  simulator: TransactionSimulator,
  mspId: string,
): (key: string) => Uint8Array | undefined {
  const collection = implicitCollection(mspId);
  return (key) => simulator.getPrivateHash(LIFECYCLE_NAMESPACE, collection, key);
}

export function currentSequence(simulator: TransactionSimulator, chaincode: string): number {
  return sequenceOf(simulator.getState(LIFECYCLE_NAMESPACE, sequenceKey(chaincode)));
}

/** The committed definition; the reads are recorded. */
export function committedDefinition(
  simulator: TransactionSimulator,
  chaincode: string,
): ChaincodeDefinition | undefined {
  return chaincodeDefinition(
    {
      get: (namespace, key) => {
        const value = simulator.getState(namespace, key);
        return value && { value, version: { block: 0n, tx: 0 } };
      },
    },
    chaincode,
  );
}

const firstName = metadataKey(NAMESPACES, '');
const afterNames = `${firstName}\u{10FFFF}`;

/** Names under `prefix/metadata/`, in order. */
export function definedNames(simulator: TransactionSimulator): Promise<string[]> {
  return namesIn(simulator.range(LIFECYCLE_NAMESPACE, firstName, afterNames));
}

/** Names under a department's `prefix/metadata/`, which are approvals: `name#sequence`. */
export function approvedNames(simulator: TransactionSimulator, mspId: string): Promise<string[]> {
  const collection = implicitCollection(mspId);
  return namesIn(simulator.privateRange(LIFECYCLE_NAMESPACE, collection, firstName, afterNames));
}

async function namesIn(scan: ResultIterator<KeyValue>): Promise<string[]> {
  const names: string[] = [];
  for (let found = await scan.next(); found; found = await scan.next()) {
    names.push(found.key.slice(firstName.length));
  }
  return names;
}
