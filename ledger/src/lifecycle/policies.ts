import type { ChannelConfig } from '../config/channel.js';
import { encodeApplicationPolicy } from '../policy/application.js';
import { signedByRole } from '../policy/signature-policy.js';
import type { ChaincodeDefinition } from './definition.js';
import { implicitCollectionOwner, LIFECYCLE_NAMESPACE } from './keys.js';

const LIFECYCLE_POLICY = '/Channel/Application/LifecycleEndorsement';
/** What a definition without a policy of its own gets. */
export const DEFAULT_POLICY = '/Channel/Application/Endorsement';

/** Which plugin judges a namespace's endorsements, and by which policy (peer.ApplicationPolicy bytes). */
interface ValidationInfo {
  readonly plugin: string;
  readonly policy: Uint8Array;
}

/** The validation info of a defined chaincode (deployedcc_infoprovider.go ValidationInfo). */
export function validationInfo(
  config: ChannelConfig,
  name: string,
  definition: ChaincodeDefinition,
): ValidationInfo {
  if (name === LIFECYCLE_NAMESPACE) return { plugin: 'vscc', policy: lifecyclePolicy(config) };
  return { plugin: definition.validationPlugin, policy: definition.validationParameter };
}

/** The channel's policy for lifecycle transactions; default: members of a majority of its organisations. */
function lifecyclePolicy(config: ChannelConfig): Uint8Array {
  if (config.policy(LIFECYCLE_POLICY) !== undefined) return reference(LIFECYCLE_POLICY);
  const mspIds = (config.application?.organizations ?? []).map(({ mspId }) => mspId);
  const majority = Math.floor(mspIds.length / 2) + 1;
  return encodeApplicationPolicy({
    kind: 'signature',
    policy: signedByRole(majority, 'member', mspIds),
  });
}

/** A collection's endorsement policy, or why a write to it cannot be valid. */
type CollectionPolicy =
  | { readonly kind: 'policy'; readonly policy: Uint8Array }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * The endorsement policy of a collection (deployedcc_infoprovider.go CollectionValidationInfo): of an implicit
 * collection the organisation's Endorsement policy, of a collection without its own policy the chaincode's. Writes to
 * an unknown collection are only invalid here; a Fabric 3.1.5 peer gives the same code and then stops when it looks for
 * their private data (gossip/privdata/coordinator.go).
 */
export function collectionPolicy(
  config: ChannelConfig,
  definition: ChaincodeDefinition,
  collection: string,
): CollectionPolicy {
  const owner = implicitCollectionOwner(collection);
  if (owner !== undefined) return implicitPolicy(config, owner);
  const found = definition.collections.find(({ name }) => name === collection);
  if (found === undefined) return { kind: 'unknown', reason: `no such collection ${collection}` };
  return { kind: 'policy', policy: found.endorsementPolicy ?? definition.validationParameter };
}

function implicitPolicy(config: ChannelConfig, mspId: string): CollectionPolicy {
  const owner = config.application?.organizations.find((item) => item.mspId === mspId);
  if (owner === undefined) {
    return { kind: 'unknown', reason: `no organisation of the channel has MSP ${mspId}` };
  }
  const path = `/Channel/Application/${owner.name}/Endorsement`;
  if (config.policy(path) !== undefined) return { kind: 'policy', policy: reference(path) };
  const policy = signedByRole(1, 'member', [mspId]);
  return { kind: 'policy', policy: encodeApplicationPolicy({ kind: 'signature', policy }) };
}

/** Whether the channel defines the collection: key-level policies of undefined ones are not looked up. */
export function hasCollection(
  config: ChannelConfig,
  definition: ChaincodeDefinition,
  collection: string,
): boolean {
  return collectionPolicy(config, definition, collection).kind === 'policy';
}

function reference(path: string): Uint8Array {
  return encodeApplicationPolicy({ kind: 'reference', path });
}
