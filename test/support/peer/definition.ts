import { common, peer } from '@hyperledger/fabric-protos';
import { encodeSignaturePolicy, parseSignaturePolicy } from '@yici/ledger';

const { lifecycle } = peer;

/** A private data collection of a test chaincode. */
export interface TestCollection {
  readonly name: string;
  /** In Fabric's policy language, e.g. `OR('ArchiveMSP.member')`. */
  readonly members: string;
  readonly memberOnlyRead?: boolean;
  readonly memberOnlyWrite?: boolean;
}

/** What departments are to agree on. */
export interface TestDefinition {
  readonly name: string;
  readonly version?: string;
  readonly sequence: number;
  /** In Fabric's policy language; without it the channel's endorsement policy. */
  readonly policy?: string;
  readonly collections?: readonly TestCollection[];
  /** Collections as they are in force already; Fabric lets no later definition leave one out. */
  readonly standing?: peer.CollectionConfigPackage;
  readonly initRequired?: boolean;
}

export function approveArgs(definition: TestDefinition, packageId: string): Uint8Array {
  const args = fill(new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs(), definition);
  const local = new lifecycle.ChaincodeSource.Local();
  local.setPackageId(packageId);
  const source = new lifecycle.ChaincodeSource();
  source.setLocalPackage(local);
  args.setSource(source);
  return args.serializeBinary();
}

export function commitArgs(definition: TestDefinition): Uint8Array {
  return fill(new lifecycle.CommitChaincodeDefinitionArgs(), definition).serializeBinary();
}

export function readinessArgs(definition: TestDefinition): Uint8Array {
  return fill(new lifecycle.CheckCommitReadinessArgs(), definition).serializeBinary();
}

type Fillable = Pick<
  peer.lifecycle.CommitChaincodeDefinitionArgs,
  | 'setName'
  | 'setVersion'
  | 'setSequence'
  | 'setValidationParameter'
  | 'setCollections'
  | 'setInitRequired'
>;

function fill<Args extends Fillable>(args: Args, definition: TestDefinition): Args {
  args.setName(definition.name);
  args.setVersion(definition.version ?? '1.0');
  args.setSequence(definition.sequence);
  args.setInitRequired(definition.initRequired ?? false);
  if (definition.standing !== undefined) args.setCollections(definition.standing);
  if (definition.policy !== undefined) {
    const policy = new peer.ApplicationPolicy();
    policy.setSignaturePolicy(parsePolicy(definition.policy));
    args.setValidationParameter(policy.serializeBinary());
  }
  if (definition.collections) {
    const collections = new peer.CollectionConfigPackage();
    collections.setConfigList(definition.collections.map(collectionConfig));
    args.setCollections(collections);
  }
  return args;
}

function collectionConfig(collection: TestCollection): peer.CollectionConfig {
  const members = new peer.CollectionPolicyConfig();
  members.setSignaturePolicy(parsePolicy(collection.members));
  const config = new peer.StaticCollectionConfig();
  config.setName(collection.name);
  config.setMemberOrgsPolicy(members);
  config.setMaximumPeerCount(1);
  config.setMemberOnlyRead(collection.memberOnlyRead ?? false);
  config.setMemberOnlyWrite(collection.memberOnlyWrite ?? false);
  const message = new peer.CollectionConfig();
  message.setStaticCollectionConfig(config);
  return message;
}

function parsePolicy(text: string): common.SignaturePolicyEnvelope {
  return common.SignaturePolicyEnvelope.deserializeBinary(
    encodeSignaturePolicy(parseSignaturePolicy(text)),
  );
}
