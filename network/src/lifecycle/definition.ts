import { peer } from '@hyperledger/fabric-protos';
import { encodeCollections, type ChannelConfig, type Collection } from '@yici/ledger';
import type { Topology } from '../topology/schema.js';
import { applicationPolicyOf, readCollections } from './collections.js';
import { committedValues, valuesCollections } from './values-collections.js';

const { lifecycle } = peer;

/** The definition that departments approve and commit (`_lifecycle`, core/chaincode/lifecycle). */
export interface ChaincodeDefinition {
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  /** `protos.ApplicationPolicy` bytes; absent: the channel's endorsement policy. */
  readonly validationParameter?: Uint8Array;
  readonly collections?: readonly Collection[];
  readonly initRequired: boolean;
}

/**
 * The definition of the topology for a channel with this config, from which the departments' roles are taken, after the one
 * that is committed. Of a sequence that is committed, its own collections: a department that joined since may approve it too, which
 * peers take in exactly these words alone. Errors as {@link namedDefinition}.
 */
export function definitionOf(
  topology: Topology,
  config: ChannelConfig,
  committed: ChaincodeDefinition | undefined,
): ChaincodeDefinition {
  const named = namedDefinition(topology);
  if (!topology.chaincode.valuesCollections) return named;
  const values =
    committed?.sequence === named.sequence
      ? committedValues(committed.collections)
      : valuesCollections(config, committed?.collections);
  return { ...named, collections: [...values, ...(named.collections ?? [])] };
}

/** The part of the definition given in the topology. Errors as readCollections and the policy language. */
export function namedDefinition({ chaincode }: Topology): ChaincodeDefinition {
  const { name, version, sequence, initRequired, policy, collections } = chaincode;
  return {
    ...{ name, version, sequence, initRequired },
    ...(policy !== undefined && { validationParameter: applicationPolicyOf(policy) }),
    ...(collections !== undefined && { collections: readCollections(collections) }),
  };
}

/**
 * Arguments of `CheckCommitReadiness`, `CommitChaincodeDefinition` and, with the package to run, of
 * `ApproveChaincodeDefinitionForMyOrg`: messages that differ in this field alone.
 */
export function definitionArgs(definition: ChaincodeDefinition, packageId?: string): Uint8Array {
  const args = new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs();
  args.setName(definition.name);
  args.setVersion(definition.version);
  args.setSequence(definition.sequence);
  args.setInitRequired(definition.initRequired);
  if (definition.validationParameter !== undefined)
    args.setValidationParameter(definition.validationParameter);
  if (definition.collections !== undefined) {
    const bytes = encodeCollections(definition.collections);
    args.setCollections(peer.CollectionConfigPackage.deserializeBinary(bytes));
  }
  if (packageId !== undefined) {
    const local = new lifecycle.ChaincodeSource.Local();
    local.setPackageId(packageId);
    const source = new lifecycle.ChaincodeSource();
    source.setLocalPackage(local);
    args.setSource(source);
  }
  return args.serializeBinary();
}
