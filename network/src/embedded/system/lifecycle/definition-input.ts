import { peer } from '@hyperledger/fabric-protos';
import {
  decodeCollections,
  decodeRole,
  decodeSignaturePolicy,
  DEFAULT_POLICY,
  encodeApplicationPolicy,
  encodeCollections,
  principalKind,
  type ChaincodeDefinition,
  type ChannelConfig,
  type Collection,
  type SignatureRule,
} from '@yici/ledger';
import { refused } from '../../simulate/refused.js';

const namePattern = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/;
const versionPattern = /^[A-Za-z0-9_.+-]+$/;
const collectionPattern = /^[A-Za-z0-9-]+[A-Za-z0-9_-]*$/;
const reservedNames = new Set(['cscc', 'escc', 'lscc', 'qscc', 'vscc']);

/** The arguments of approve, check and commit: three messages that are alike, but for the package that the first names. */
export type DefinitionArgs = peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;

export function readDefinitionArgs(bytes: Uint8Array): DefinitionArgs {
  return peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs.deserializeBinary(bytes);
}

/** The definition given by the arguments, with the channel's defaults. */
export function definitionFrom(args: DefinitionArgs, config: ChannelConfig): ChaincodeDefinition {
  const parameter = args.getValidationParameter_asU8();
  return {
    sequence: args.getSequence(),
    version: args.getVersion(),
    endorsementPlugin: args.getEndorsementPlugin() || 'escc',
    initRequired: args.getInitRequired(),
    validationPlugin: args.getValidationPlugin() || 'vscc',
    validationParameter: parameter.length > 0 ? parameter : defaultPolicy(config),
    collections: collectionsFrom(args),
  };
}

function defaultPolicy(config: ChannelConfig): Uint8Array {
  if (!config.policy(DEFAULT_POLICY)) {
    const text = `policy '${DEFAULT_POLICY}' must be defined for channel '${config.channelId}' before chaincode operations can be attempted`;
    throw refused(`could not set defaults for chaincode definition in channel: ${text}`);
  }
  return encodeApplicationPolicy({ kind: 'reference', path: DEFAULT_POLICY });
}

function collectionsFrom(args: DefinitionArgs): readonly Collection[] {
  const collections = args.getCollections();
  return collections ? decodeCollections(collections.serializeBinary()) : [];
}

/** The collections as returned by queries. */
export function collectionPackage(
  collections: readonly Collection[],
): peer.CollectionConfigPackage {
  return peer.CollectionConfigPackage.deserializeBinary(encodeCollections(collections));
}

/** Checks name, version and collections as scc.go's validateInput does. @throws NetworkError SIMULATION_REFUSED */
export function validateDefinition(
  args: DefinitionArgs,
  config: ChannelConfig,
  committed: ChaincodeDefinition | undefined,
): void {
  const fault = nameFault(args.getName(), args.getVersion()) ?? collectionsFault(args, config);
  const change = fault ?? changeFault(collectionsFrom(args), committed?.collections ?? []);
  if (change !== undefined) {
    throw refused(`error validating chaincode definition: ${change}`);
  }
}

function nameFault(name: string, version: string): string | undefined {
  if (!namePattern.test(name)) {
    return `invalid chaincode name '${name}'. Names can only consist of alphanumerics, '_', and '-' and can only begin with alphanumerics`;
  }
  if (reservedNames.has(name)) {
    return `chaincode name '${name}' is the name of a system chaincode`;
  }
  return versionPattern.test(version)
    ? undefined
    : `invalid chaincode version '${version}'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'`;
}

function collectionsFault(args: DefinitionArgs, config: ChannelConfig): string | undefined {
  const names = new Set<string>();
  for (const collection of collectionsFrom(args)) {
    const { name } = collection;
    const fault = names.has(name)
      ? `collection-name: ${name} -- found duplicate in collection configuration`
      : (countsFault(collection) ?? membersFault(collection, config));
    if (fault !== undefined) {
      return fault;
    }
    names.add(name);
  }
  return undefined;
}

function countsFault(collection: Collection): string | undefined {
  const { name, maximumPeerCount: maximum, requiredPeerCount: required } = collection;
  if (!collectionPattern.test(name)) {
    return `invalid collection name '${name}'. Names can only consist of alphanumerics, '_', and '-' and cannot begin with '_'`;
  }
  if (maximum < required) {
    return `collection-name: ${name} -- maximum peer count (${maximum}) cannot be less than the required peer count (${required})`;
  }
  return required < 0
    ? `collection-name: ${name} -- requiredPeerCount (${required}) cannot be less than zero`
    : undefined;
}

function membersFault(collection: Collection, config: ChannelConfig): string | undefined {
  const { name, memberPolicy } = collection;
  if (memberPolicy.length === 0) {
    return `collection member policy is not set for collection '${name}'`;
  }
  const policy = decodeSignaturePolicy(memberPolicy);
  if (!isAlternative(policy.rule)) {
    return `collection-name: ${name} -- error in member org policy: signature policy is not an OR concatenation`;
  }
  for (const { classification, principal } of policy.principals) {
    const mspId = classification === principalKind.role ? decodeRole(principal).mspId : undefined;
    if (mspId !== undefined && !config.msps.has(mspId)) {
      return `collection-name: ${name} -- collection member '${mspId}' is not part of the channel`;
    }
  }
  return undefined;
}

function isAlternative(rule: SignatureRule): boolean {
  return rule.kind === 'signedBy' || (rule.n === 1 && rule.rules.every(isAlternative));
}

/** Existing collections cannot be removed, and their retention cannot change. */
function changeFault(
  proposed: readonly Collection[],
  committed: readonly Collection[],
): string | undefined {
  if (committed.length > 0 && proposed.length === 0) {
    return 'the proposed collection config does not contain previously defined collections';
  }
  for (const before of committed) {
    const after = proposed.find(({ name }) => name === before.name);
    if (!after) {
      return `existing collection [${before.name}] missing in the proposed collection configuration`;
    }
    if (after.blockToLive !== before.blockToLive) {
      return `the BlockToLive in an existing collection [${before.name}] modified. Existing value [${String(before.blockToLive)}]`;
    }
  }
  return undefined;
}
