import { peer } from '@hyperledger/fabric-protos';
import type { ChannelConfig } from '@yici/ledger';
import type { Topology } from '../topology/schema.js';
import { applicationPolicyOf, readCollections } from './collections.js';
import { valuesCollections } from './values-collections.js';

const { lifecycle } = peer;

/** The definition that departments approve and commit (`_lifecycle`, core/chaincode/lifecycle). */
export interface ChaincodeDefinition {
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  /** `protos.ApplicationPolicy` bytes; absent: the channel's endorsement policy. */
  readonly validationParameter?: Uint8Array;
  readonly collections?: peer.CollectionConfigPackage;
  readonly initRequired: boolean;
}

/**
 * The definition of the topology for a channel with this config, from which the departments' roles are taken. Errors as
 * {@link namedDefinition}.
 */
export function definitionOf(topology: Topology, config: ChannelConfig): ChaincodeDefinition {
  const named = namedDefinition(topology);
  if (!topology.chaincode.valuesCollections) return named;
  const collections = valuesCollections(config);
  for (const own of named.collections?.getConfigList() ?? []) collections.addConfig(own);
  return { ...named, collections };
}

/** The part of the definition given in the topology. Errors as readCollections and the policy language. */
export function namedDefinition({ chaincode }: Topology): ChaincodeDefinition {
  return {
    name: chaincode.name,
    version: chaincode.version,
    sequence: chaincode.sequence,
    initRequired: chaincode.initRequired,
    ...(chaincode.policy === undefined
      ? {}
      : { validationParameter: applicationPolicyOf(chaincode.policy).serializeBinary() }),
    ...(chaincode.collections === undefined
      ? {}
      : { collections: readCollections(chaincode.collections) }),
  };
}

/** Arguments of `ApproveChaincodeDefinitionForMyOrg`. */
export function approvalArgs(definition: ChaincodeDefinition, packageId: string): Uint8Array {
  const local = new lifecycle.ChaincodeSource.Local();
  local.setPackageId(packageId);
  const source = new lifecycle.ChaincodeSource();
  source.setLocalPackage(local);
  const args = fill(new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs(), definition);
  args.setSource(source);
  return args.serializeBinary();
}

/** Arguments of `CommitChaincodeDefinition`. */
export function commitArgs(definition: ChaincodeDefinition): Uint8Array {
  return fill(new lifecycle.CommitChaincodeDefinitionArgs(), definition).serializeBinary();
}

/** Arguments of `CheckCommitReadiness`. */
export function readinessArgs(definition: ChaincodeDefinition): Uint8Array {
  return fill(new lifecycle.CheckCommitReadinessArgs(), definition).serializeBinary();
}

interface DefinitionFields {
  setName(value: string): void;
  setVersion(value: string): void;
  setSequence(value: number): void;
  setInitRequired(value: boolean): void;
  setValidationParameter(value: Uint8Array): void;
  setCollections(value?: peer.CollectionConfigPackage): void;
}

function fill<Args extends DefinitionFields>(args: Args, definition: ChaincodeDefinition): Args {
  args.setName(definition.name);
  args.setVersion(definition.version);
  args.setSequence(definition.sequence);
  args.setInitRequired(definition.initRequired);
  if (definition.validationParameter !== undefined)
    args.setValidationParameter(definition.validationParameter);
  if (definition.collections !== undefined) args.setCollections(definition.collections);
  return args;
}
