import { sha256 } from '../crypto/hash.js';
import { encodeCollections } from './collections.js';
import {
  DEFINITION_TYPE,
  endorsementInfo,
  validationInfo,
  type ChaincodeDefinition,
  type ChaincodeParameters,
} from './definition.js';
import { fieldKey, metadataKey } from './keys.js';
import { encodeStateData, stateMetadata, type StateMetadata } from './state-data.js';

/** A structure as it is stored: its type's name, and each field's StateData bytes in Fabric's order. */
interface StoredStructure {
  readonly type: string;
  readonly fields: readonly (readonly [name: string, data: Uint8Array])[];
}

/** The state that a lifecycle transaction is simulated on: the public state or one organisation's collection. */
export interface LifecycleStore {
  get(key: string): Uint8Array | undefined;
  put(key: string, value: Uint8Array): void;
  delete(key: string): void;
}

/** A definition, as stored in the public state. */
export function definitionStructure(definition: ChaincodeDefinition): StoredStructure {
  const sequence = encodeStateData({ kind: 'int64', value: BigInt(definition.sequence) });
  return {
    type: DEFINITION_TYPE,
    fields: [['Sequence', sequence], ...parametersStructure(definition).fields],
  };
}

/** An approval, as stored in an organisation's collection. */
export function parametersStructure(parameters: ChaincodeParameters): StoredStructure {
  const message = (value: Uint8Array): Uint8Array => encodeStateData({ kind: 'bytes', value });
  return {
    type: 'ChaincodeParameters',
    fields: [
      ['EndorsementInfo', message(endorsementInfo.encode(parameters))],
      ['ValidationInfo', message(validationInfo.encode(parameters))],
      ['Collections', message(encodeCollections(parameters.collections))],
    ],
  };
}

/** The package an organisation runs; '' when it runs none. */
export function localPackageStructure(packageId: string): StoredStructure {
  return {
    type: 'ChaincodeLocalPackage',
    fields: [['PackageID', encodeStateData({ kind: 'string', value: packageId })]],
  };
}

/**
 * Stores a structure with exactly the reads and writes of Fabric's lifecycle chaincode
 * (core/chaincode/lifecycle/serializer.go Serialize): unchanged fields are not written.
 * @throws LedgerError MALFORMED_BYTES when the stored metadata cannot be decoded.
 */
export function storeStructure(
  store: LifecycleStore,
  namespace: string,
  name: string,
  structure: StoredStructure,
): void {
  const stored = store.get(metadataKey(namespace, name));
  const metadata = stored && stateMetadata.decode(stored);
  const stale = storedFields(store, namespace, name, metadata?.fields ?? []);
  for (const [field, data] of structure.fields) {
    const key = fieldKey(namespace, name, field);
    const old = stale.get(key);
    if (old === undefined || !sameBytes(old, data)) store.put(key, data);
    stale.delete(key);
  }
  if (stale.size > 0 || !hasShape(metadata, structure)) {
    store.put(metadataKey(namespace, name), structureMetadata(structure));
  }
  for (const key of stale.keys()) store.delete(key);
}

/** Reads the fields that the stored metadata lists. */
function storedFields(
  store: LifecycleStore,
  namespace: string,
  name: string,
  fields: readonly string[],
): Map<string, Uint8Array | undefined> {
  return new Map(
    fields.map((field) => {
      const key = fieldKey(namespace, name, field);
      return [key, store.get(key)];
    }),
  );
}

function hasShape(metadata: StateMetadata | undefined, structure: StoredStructure): boolean {
  return (
    metadata?.datatype === structure.type && metadata.fields.length === structure.fields.length
  );
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.from(left).equals(right);
}

/**
 * The fields in which a structure differs from an organisation's collection, compared by hash; empty when it is equal
 * (serializer.go IsSerialized). The type name when the structure is absent.
 */
export function structureMismatches(
  hashOf: (key: string) => Uint8Array | undefined,
  namespace: string,
  name: string,
  structure: StoredStructure,
): readonly string[] {
  const holds = (key: string, value: Uint8Array): boolean => {
    const hash = hashOf(key);
    return hash !== undefined && sameBytes(hash, sha256(value));
  };
  // Fabric reads every key before it compares, and the read set must be the same.
  const matching = structure.fields.map(([field, data]) =>
    holds(fieldKey(namespace, name, field), data),
  );
  if (!holds(metadataKey(namespace, name), structureMetadata(structure))) return [structure.type];
  return structure.fields.flatMap(([field], index) => (matching[index] === true ? [] : [field]));
}

function structureMetadata(structure: StoredStructure): Uint8Array {
  return stateMetadata.encode({
    datatype: structure.type,
    fields: structure.fields.map(([field]) => field),
  });
}
