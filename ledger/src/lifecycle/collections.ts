import { bytesTag, readFields, varintTag } from '../wire/fields.js';
import { encodeSignaturePolicy, signedByRole } from '../policy/signature-policy.js';
import { WireWriter } from '../wire/writer.js';
import { implicitCollection } from './keys.js';

/** peer.StaticCollectionConfig: one private data collection. */
export interface Collection {
  readonly name: string;
  /** common.SignaturePolicyEnvelope bytes: the organisations whose peers store the data; empty when absent. */
  readonly memberPolicy: Uint8Array;
  readonly requiredPeerCount: number;
  readonly maximumPeerCount: number;
  /** Number of blocks until the data is purged; 0: never. */
  readonly blockToLive: bigint;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  /** peer.ApplicationPolicy bytes; undefined: the chaincode's policy applies. */
  readonly endorsementPolicy: Uint8Array | undefined;
}

const NONE: Uint8Array = new Uint8Array(0);

/** Reads `peer.CollectionConfigPackage`. @throws LedgerError MALFORMED_BYTES */
export function decodeCollections(bytes: Uint8Array): readonly Collection[] {
  const collections: Collection[] = [];
  readFields(bytes, 'peer.CollectionConfigPackage', {
    [bytesTag(1)]: (reader) => {
      const config = onlyMessage(reader.bytes(), 'peer.CollectionConfig');
      if (config !== undefined) collections.push(decodeCollection(config));
    },
  });
  return collections;
}

/** Decodes the embedded message in field 1. */
function onlyMessage(bytes: Uint8Array, message: string): Uint8Array | undefined {
  const read: { body: Uint8Array | undefined } = { body: undefined };
  readFields(bytes, message, {
    [bytesTag(1)]: (reader) => {
      read.body = reader.message(read.body);
    },
  });
  return read.body;
}

function decodeCollection(bytes: Uint8Array): Collection {
  const collection: { -readonly [K in keyof Collection]: Collection[K] } = { ...EMPTY };
  let members = NONE;
  readFields(bytes, 'peer.StaticCollectionConfig', {
    [bytesTag(1)]: (reader) => {
      collection.name = reader.string();
    },
    [bytesTag(2)]: (reader) => {
      members = reader.message(members);
    },
    [varintTag(3)]: (reader) => {
      collection.requiredPeerCount = reader.int32();
    },
    [varintTag(4)]: (reader) => {
      collection.maximumPeerCount = reader.int32();
    },
    [varintTag(5)]: (reader) => {
      collection.blockToLive = reader.uint64();
    },
    [varintTag(6)]: (reader) => {
      collection.memberOnlyRead = reader.bool();
    },
    [varintTag(7)]: (reader) => {
      collection.memberOnlyWrite = reader.bool();
    },
    [bytesTag(8)]: (reader) => {
      collection.endorsementPolicy = reader.message(collection.endorsementPolicy);
    },
  });
  collection.memberPolicy = onlyMessage(members, 'peer.CollectionPolicyConfig') ?? NONE;
  return collection;
}

/** `peer.CollectionConfigPackage` bytes. */
export function encodeCollections(collections: readonly Collection[]): Uint8Array {
  return new WireWriter()
    .repeated(
      1,
      collections.map((item) => new WireWriter().message(1, encodeCollection(item)).finish()),
    )
    .finish();
}

function encodeCollection(collection: Collection): Uint8Array {
  const members = new WireWriter().message(1, collection.memberPolicy).finish();
  return new WireWriter()
    .string(1, collection.name)
    .message(2, collection.memberPolicy.length === 0 ? undefined : members)
    .varint(3, collection.requiredPeerCount)
    .varint(4, collection.maximumPeerCount)
    .varint(5, collection.blockToLive)
    .bool(6, collection.memberOnlyRead)
    .bool(7, collection.memberOnlyWrite)
    .message(8, collection.endorsementPolicy)
    .finish();
}

/** The implicit collection of an organisation (deployedcc_infoprovider.go GenerateImplicitCollectionForOrg). */
export function implicitCollectionOf(mspId: string): Collection {
  return {
    ...EMPTY,
    name: implicitCollection(mspId),
    memberPolicy: encodeSignaturePolicy(signedByRole(1, 'member', [mspId])),
  };
}

const EMPTY: Collection = {
  name: '',
  memberPolicy: NONE,
  requiredPeerCount: 0,
  maximumPeerCount: 0,
  blockToLive: 0n,
  memberOnlyRead: false,
  memberOnlyWrite: false,
  endorsementPolicy: undefined,
};
