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
import type { TransactionSimulator } from '../../simulate/simulator.js';

/** The public lifecycle state as a transaction sees it. */
export function publicStore(simulator: TransactionSimulator): LifecycleStore {
  return {
    get: (key) => simulator.getState(LIFECYCLE_NAMESPACE, key),
    put: (key, value) => {
      simulator.setState(LIFECYCLE_NAMESPACE, key, value);
    },
    delete: (key) => {
      simulator.deleteState(LIFECYCLE_NAMESPACE, key);
    },
  };
}

/** One department's part of the lifecycle state, in its implicit collection. */
export function departmentStore(simulator: TransactionSimulator, mspId: string): LifecycleStore {
  const collection = implicitCollection(mspId);
  return {
    get: (key) => simulator.getPrivate(LIFECYCLE_NAMESPACE, collection, key),
    put: (key, value) => {
      simulator.setPrivate(LIFECYCLE_NAMESPACE, collection, key, value);
    },
    delete: (key) => {
      simulator.deletePrivate(LIFECYCLE_NAMESPACE, collection, key);
    },
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

/** Names under `prefix/metadata/`, in order. */
export async function definedNames(simulator: TransactionSimulator): Promise<string[]> {
  const prefix = metadataKey(NAMESPACES, '');
  const scan = simulator.range(LIFECYCLE_NAMESPACE, prefix, `${prefix}\u{10FFFF}`);
  const names: string[] = [];
  for (let found = await scan.next(); found; found = await scan.next()) {
    names.push(found.key.slice(prefix.length));
  }
  return names;
}

/** Names under a department's `prefix/metadata/`, which are approvals: `name#sequence`. */
export async function approvedNames(
  simulator: TransactionSimulator,
  mspId: string,
): Promise<string[]> {
  const prefix = metadataKey(NAMESPACES, '');
  const end = `${prefix}\u{10FFFF}`;
  const collection = implicitCollection(mspId);
  const scan = simulator.privateRange(LIFECYCLE_NAMESPACE, collection, prefix, end);
  const names: string[] = [];
  for (let found = await scan.next(); found; found = await scan.next()) {
    names.push(found.key.slice(prefix.length));
  }
  return names;
}
