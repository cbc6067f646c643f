import { malformed } from '../wire/reader.js';
import { readParameters, type ChaincodeParameters } from './definition.js';
import { approvalName, CHAINCODE_SOURCES, fieldKey, metadataKey, NAMESPACES } from './keys.js';
import { stateMetadata, stringField } from './state-data.js';

/** One organisation's approval for a sequence, with the package it runs ('' for none). */
export interface ApprovedDefinition extends ChaincodeParameters {
  readonly sequence: number;
  readonly packageId: string;
}

/**
 * An organisation's approval, from its implicit collection of the lifecycle namespace; undefined when there is none.
 * @throws LedgerError MALFORMED_BYTES when something else is stored there.
 */
export function approvedDefinition(
  get: (key: string) => Uint8Array | undefined,
  chaincode: string,
  sequence: number,
): ApprovedDefinition | undefined {
  const name = approvalName(chaincode, sequence);
  const metadata = get(metadataKey(NAMESPACES, name));
  if (metadata === undefined) return undefined;
  const { datatype } = stateMetadata.decode(metadata);
  if (datatype !== 'ChaincodeParameters') {
    throw malformed('lifecycle.StateMetadata', `${name} is a ${datatype}, not an approval`);
  }
  const packageKey = fieldKey(CHAINCODE_SOURCES, name, 'PackageID');
  return {
    sequence,
    packageId: stringField(packageKey, get(packageKey)),
    ...readParameters((field) => {
      const key = fieldKey(NAMESPACES, name, field);
      return { key, bytes: get(key) };
    }),
  };
}
