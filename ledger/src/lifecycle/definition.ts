import { bytesTag, readFields, varintTag } from '../wire/fields.js';
import type { StateReader } from '../state/model.js';
import { malformed } from '../wire/reader.js';
import { WireWriter } from '../wire/writer.js';
import { decodeCollections, type Collection } from './collections.js';
import { fieldKey, LIFECYCLE_NAMESPACE, metadataKey, NAMESPACES } from './keys.js';
import { bytesField, decodeStateMetadata, int64Field } from './state-data.js';

/** The part of a chaincode definition that organisations approve: all but the sequence. */
export interface ChaincodeParameters {
  readonly version: string;
  /** `escc` on every standard peer. */
  readonly endorsementPlugin: string;
  readonly initRequired: boolean;
  /** `vscc` on every standard peer. */
  readonly validationPlugin: string;
  /** peer.ApplicationPolicy bytes. */
  readonly validationParameter: Uint8Array;
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
  version: '',
  endorsementPlugin: '',
  initRequired: false,
  validationPlugin: '',
  validationParameter: new Uint8Array(0),
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
  const { datatype } = decodeStateMetadata(metadata.value);
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
  const message = (field: string): Uint8Array => {
    const { key, bytes } = source(field);
    return bytesField(key, bytes);
  };
  return {
    ...decodeEndorsementInfo(message('EndorsementInfo')),
    ...decodeValidationInfo(message('ValidationInfo')),
    collections: decodeCollections(message('Collections')),
  };
}

/** Decodes the stored `Collections` field of a definition. @throws LedgerError MALFORMED_BYTES */
export function storedCollections(key: string, bytes: Uint8Array): readonly Collection[] {
  return decodeCollections(bytesField(key, bytes));
}

type EndorsementInfo = Pick<ChaincodeParameters, 'version' | 'endorsementPlugin' | 'initRequired'>;
type ValidationInfo = Pick<ChaincodeParameters, 'validationPlugin' | 'validationParameter'>;

/** `lifecycle.ChaincodeEndorsementInfo` bytes. */
export function encodeEndorsementInfo(info: EndorsementInfo): Uint8Array {
  return new WireWriter()
    .string(1, info.version)
    .bool(2, info.initRequired)
    .string(3, info.endorsementPlugin)
    .finish();
}

function decodeEndorsementInfo(bytes: Uint8Array): EndorsementInfo {
  const info = { version: '', endorsementPlugin: '', initRequired: false };
  readFields(bytes, 'lifecycle.ChaincodeEndorsementInfo', {
    [bytesTag(1)]: (reader) => {
      info.version = reader.string();
    },
    [varintTag(2)]: (reader) => {
      info.initRequired = reader.bool();
    },
    [bytesTag(3)]: (reader) => {
      info.endorsementPlugin = reader.string();
    },
  });
  return info;
}

/** `lifecycle.ChaincodeValidationInfo` bytes. */
export function encodeValidationInfo(info: ValidationInfo): Uint8Array {
  return new WireWriter()
    .string(1, info.validationPlugin)
    .bytes(2, info.validationParameter)
    .finish();
}

function decodeValidationInfo(bytes: Uint8Array): ValidationInfo {
  const none: Uint8Array = new Uint8Array(0);
  const info = { validationPlugin: '', validationParameter: none };
  readFields(bytes, 'lifecycle.ChaincodeValidationInfo', {
    [bytesTag(1)]: (reader) => {
      info.validationPlugin = reader.string();
    },
    [bytesTag(2)]: (reader) => {
      info.validationParameter = reader.bytes();
    },
  });
  return info;
}
