import type { StateReader } from '../state/model.js';
import { bool, bytes, message, string, type MessageOf } from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { decodeCollections, type Collection } from './collections.js';
import { fieldKey, LIFECYCLE_NAMESPACE, metadataKey, NAMESPACES } from './keys.js';
import { bytesField, int64Field, stateMetadata } from './state-data.js';

export const endorsementInfo = message('lifecycle.ChaincodeEndorsementInfo', {
  version: string(1),
  initRequired: bool(2),
  /** `escc` on every standard peer. */
  endorsementPlugin: string(3),
});

export const validationInfo = message('lifecycle.ChaincodeValidationInfo', {
  /** `vscc` on every standard peer. */
  validationPlugin: string(1),
  /** peer.ApplicationPolicy bytes. */
  validationParameter: bytes(2),
});

/** The part of a chaincode definition that organisations approve: all but the sequence. */
export interface ChaincodeParameters
  extends MessageOf<typeof endorsementInfo>, MessageOf<typeof validationInfo> {
  readonly collections: readonly Collection[];
}

/** A chaincode definition committed on the channel. */
export interface ChaincodeDefinition extends ChaincodeParameters {
  /** Grows by one with every redefinition, starting at 1. */
  readonly sequence: number;
}

/** The definition of the lifecycle chaincode itself, which no state holds (lifecycle.go). */
const LIFECYCLE_DEFINITION: ChaincodeDefinition = {
  sequence: 0,
  ...endorsementInfo.zero,
  ...validationInfo.zero,
  collections: [],
};

/** Type name in the metadata of a stored definition. */
export const DEFINITION_TYPE = 'ChaincodeDefinition';

/**
 * The committed definition of a chaincode; undefined when there is none.
 * @throws LedgerError MALFORMED_BYTES when the stored bytes are no definition; a Fabric peer stops there.
 */
export function chaincodeDefinition(
  state: Pick<StateReader, 'get'>,
  name: string,
): ChaincodeDefinition | undefined {
  if (name === LIFECYCLE_NAMESPACE) return LIFECYCLE_DEFINITION;
  const metadata = state.get(LIFECYCLE_NAMESPACE, metadataKey(NAMESPACES, name));
  if (metadata === undefined) return undefined;
  const { datatype } = stateMetadata.decode(metadata.value);
  if (datatype !== DEFINITION_TYPE) {
    throw malformed('lifecycle.StateMetadata', `${name} is a ${datatype}, not a chaincode`);
  }
  return readDefinition((field) => {
    const key = fieldKey(NAMESPACES, name, field);
    return { key, bytes: state.get(LIFECYCLE_NAMESPACE, key)?.value };
  });
}

type FieldSource = (field: string) => { key: string; bytes: Uint8Array | undefined };

function readDefinition(source: FieldSource): ChaincodeDefinition {
  const sequence = source('Sequence');
  return {
    sequence: Number(int64Field(sequence.key, sequence.bytes)),
    ...readParameters(source),
  };
}

/** Decodes the fields of stored ChaincodeParameters. @throws LedgerError MALFORMED_BYTES */
export function readParameters(source: FieldSource): ChaincodeParameters {
  const field = (name: string): Uint8Array => {
    const { key, bytes: stored } = source(name);
    return bytesField(key, stored);
  };
  return {
    ...endorsementInfo.decode(field('EndorsementInfo')),
    ...validationInfo.decode(field('ValidationInfo')),
    collections: decodeCollections(field('Collections')),
  };
}

/** Decodes the stored `Collections` field of a definition. @throws LedgerError MALFORMED_BYTES */
export function storedCollections(key: string, bytes: Uint8Array): readonly Collection[] {
  return decodeCollections(bytesField(key, bytes));
}
