/** The properties of a private collection that the simulator needs: membership and the rights of non-members. */
export interface Collection {
  readonly name: string;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  /** Whether the holder of this serialized identity is a member; called for the creator and for the peer. */
  isMember(identity: Uint8Array): boolean;
}

/** Reads one key of public state; the simulator's own records the read. */
type ReadState = (namespace: string, key: string) => Uint8Array | undefined;

/**
 * Explicit and implicit collections of a chaincode by name; `undefined` when the chaincode is not defined. Reading the
 * definition through `read` adds the same keys to the read set as in Fabric.
 */
export type CollectionLookup = (
  namespace: string,
  read: ReadState,
) => ReadonlyMap<string, Collection> | undefined;

export interface Permission {
  readonly read: boolean;
  readonly write: boolean;
}

/** The rights of the creator (core/common/privdata/store.go, RetrieveReadWritePermission). */
export function permissionOf(collection: Collection, creator: Uint8Array): Permission {
  const open = !collection.memberOnlyRead && !collection.memberOnlyWrite;
  if (open || collection.isMember(creator)) {
    return { read: true, write: true };
  }
  return { read: !collection.memberOnlyRead, write: !collection.memberOnlyWrite };
}
