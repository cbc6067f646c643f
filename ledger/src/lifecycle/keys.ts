/** Namespace of chaincode definitions, and name of the chaincode that writes them. */
export const LIFECYCLE_NAMESPACE = '_lifecycle';

/** Prefix of definitions: in the public state by chaincode name, in an organisation's collection by {@link approvalName}. */
export const NAMESPACES = 'namespaces';
/** Prefix of the package that an organisation runs for a definition; only in its own collection. */
export const CHAINCODE_SOURCES = 'chaincode-sources';

const IMPLICIT_PREFIX = '_implicit_org_';

/** Key of a stored structure's metadata (core/chaincode/lifecycle/serializer.go). */
export function metadataKey(namespace: string, name: string): string {
  return `${namespace}/metadata/${name}`;
}

/** Key of one field of a stored structure. */
export function fieldKey(namespace: string, name: string, field: string): string {
  return `${namespace}/fields/${name}/${field}`;
}

/** The name an approval is stored under: `name#sequence`. */
export function approvalName(chaincode: string, sequence: number): string {
  return `${chaincode}#${sequence}`;
}

/** The collection that each organisation implicitly has in every chaincode. */
export function implicitCollection(mspId: string): string {
  return `${IMPLICIT_PREFIX}${mspId}`;
}

/** The organisation of an implicit collection; undefined for other collections. */
export function implicitCollectionOwner(collection: string): string | undefined {
  return collection.startsWith(IMPLICIT_PREFIX)
    ? collection.slice(IMPLICIT_PREFIX.length)
    : undefined;
}
