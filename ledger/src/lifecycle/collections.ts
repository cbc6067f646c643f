import { encodeSignaturePolicy, signedByRole } from '../policy/signature-policy.js';
import {
  bool,
  embedded,
  encoded,
  int32,
  list,
  message,
  string,
  uint64,
  type MessageOf,
} from '../wire/message.js';
import { NONE } from '../wire/writer.js';
import { implicitCollection } from './keys.js';

const memberPolicies = message('peer.CollectionPolicyConfig', { signaturePolicy: encoded(1) });

const staticCollection = message('peer.StaticCollectionConfig', {
  name: string(1),
  members: embedded(2, memberPolicies),
  requiredPeerCount: int32(3),
  maximumPeerCount: int32(4),
  /** Number of blocks until the data is purged; 0: never. */
  blockToLive: uint64(5),
  memberOnlyRead: bool(6),
  memberOnlyWrite: bool(7),
  /** peer.ApplicationPolicy bytes; undefined: the chaincode's policy applies. */
  endorsementPolicy: encoded(8),
});

/** peer.StaticCollectionConfig: one private data collection. */
export interface Collection extends Omit<MessageOf<typeof staticCollection>, 'members'> {
  /** common.SignaturePolicyEnvelope bytes: the organisations whose peers store the data; empty when absent. */
  readonly memberPolicy: Uint8Array;
}

const collectionConfig = message('peer.CollectionConfig', {
  collection: embedded(1, staticCollection),
});
const collectionPackage = message('peer.CollectionConfigPackage', {
  configs: list(1, collectionConfig),
});

/** What was decoded last: each block asks for the same definition, and departments have dozens of collections. */
let last: { readonly bytes: Uint8Array; readonly collections: readonly Collection[] } | undefined;

/** Reads `peer.CollectionConfigPackage`. @throws LedgerError MALFORMED_BYTES */
export function decodeCollections(bytes: Uint8Array): readonly Collection[] {
  if (last === undefined || Buffer.compare(last.bytes, bytes) !== 0) {
    // A copy: the caller's bytes may be a view of what is overwritten later.
    const kept = Uint8Array.from(bytes);
    last = { bytes: kept, collections: collectionsIn(kept) };
  }
  return last.collections;
}

function collectionsIn(bytes: Uint8Array): readonly Collection[] {
  return collectionPackage.decode(bytes).configs.flatMap(({ collection }) => {
    return collection === undefined ? [] : [collectionOf(collection)];
  });
}

function collectionOf({ members, ...rest }: MessageOf<typeof staticCollection>): Collection {
  return { ...rest, memberPolicy: members?.signaturePolicy ?? NONE };
}

/** `peer.CollectionConfigPackage` bytes. */
export function encodeCollections(collections: readonly Collection[]): Uint8Array {
  const configs = collections.map(({ memberPolicy, ...rest }) => {
    const members = memberPolicy.length === 0 ? undefined : { signaturePolicy: memberPolicy };
    return { collection: { ...rest, members } };
  });
  return collectionPackage.encode({ configs });
}

/** The implicit collection of an organisation (deployedcc_infoprovider.go GenerateImplicitCollectionForOrg). */
export function implicitCollectionOf(mspId: string): Collection {
  return {
    ...collectionOf(staticCollection.zero),
    name: implicitCollection(mspId),
    memberPolicy: encodeSignaturePolicy(signedByRole(1, 'member', [mspId])),
  };
}
