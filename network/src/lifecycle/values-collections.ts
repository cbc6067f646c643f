import { readerRoles, valuesCollection, type ReaderRole } from '@yici/domain/model';
import {
  anyOf,
  encodeApplicationPolicy,
  encodeSignaturePolicy,
  rolePrincipal,
  signedByRole,
  unitPrincipal,
  type ChannelConfig,
  type Collection,
  type Msp,
} from '@yici/ledger';

/**
 * The private collections in which the contracts keep confidential values: one for each department of the channel and
 * each role (docs/adr/0010). Derived from the channel's config, so that every department approves the same bytes,
 * independently of its files. Of those that are committed none can be left out (core/chaincode/lifecycle/scc.go): those
 * of a department that has left have no members any more, since a member has to be a department of the channel.
 */
export function valuesCollections(
  config: ChannelConfig,
  committed: readonly Collection[] = [],
): Collection[] {
  const mspIds = (config.application?.organizations ?? []).map(({ mspId }) => mspId).sort();
  const present = mspIds.flatMap((mspId) => {
    const msp = config.msps.get(mspId);
    return msp === undefined ? [] : readerRoles.map((role) => collectionOf(msp, role));
  });
  const names = new Set(present.map(({ name }) => name));
  const left = committed.filter(({ name }) => isOfReaders(name) && !names.has(name));
  const memberPolicy = encodeSignaturePolicy(anyOf([]));
  return [...present, ...left.map((each) => ({ ...each, memberPolicy }))];
}

/** Those of a definition that is committed, which departments that joined or left since have changed nothing about. */
export const committedValues = (committed: readonly Collection[] = []): Collection[] =>
  committed.filter(({ name }) => isOfReaders(name));

/** By their names: a topology may define others beside them. */
const isOfReaders = (name: string): boolean =>
  readerRoles.some((role) => name.startsWith('values-') && name.endsWith(`-${role}`));

/**
 * Members are the department's peers, which store the values, and identities of the department whose certificate has
 * the role as an organizational unit. Only they can read, from Deliver services and from chaincode alike; any
 * transaction endorsed by the department's own peers may write.
 */
function collectionOf(msp: Msp, role: ReaderRole): Collection {
  const { mspId } = msp;
  const readers = msp.certifiers.map((certifiers) => unitPrincipal(mspId, role, certifiers));
  return {
    name: valuesCollection(mspId, role),
    memberPolicy: encodeSignaturePolicy(anyOf([rolePrincipal(mspId, 'peer'), ...readers])),
    requiredPeerCount: 0,
    maximumPeerCount: 1,
    blockToLive: 0n,
    memberOnlyRead: true,
    memberOnlyWrite: false,
    endorsementPolicy: encodeApplicationPolicy({
      kind: 'signature',
      policy: signedByRole(1, 'peer', [mspId]),
    }),
  };
}
