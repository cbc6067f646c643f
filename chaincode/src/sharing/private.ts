import { createHash } from 'node:crypto';
import type { Caller, PrivateWrite } from '../kernel/caller';
import { canonicalJson } from '../kernel/canonical';
import { ContractError } from '../kernel/errors';
import { padded } from '../kernel/keys';
import type { PrivateDelivery } from './inputs';
import type { ShareGrantRecord, ShareRecord } from './records';
import type { ReaderRole } from './values-collections';
import { implicitCollection, usualReaders, valuesCollection } from './values-collections';

type Sealed = {
  readonly code: string;
  readonly digestAlg: 'sha256' | 'sm3';
  readonly digest: string;
};
type Value = PrivateDelivery['values'][number];

/**
 * The salted digest of a value as the client makes it: the hash of the salt's bytes, then the value's in UTF-8.
 */
export function saltedDigest({ value, salt }: Value, digestAlg: 'sha256' | 'sm3'): string {
  const hash = createHash(digestAlg);
  return hash.update(Buffer.from(salt, 'hex')).update(value, 'utf8').digest('hex');
}

/**
 * Every field has its value and every value its field, and each digest is that of its value: what is on the ledger is
 * what the requester gets.
 * @throws ContractError DELIVERY_MISMATCH; the values are in no message
 */
export function requireMatching(fields: readonly Sealed[], values: readonly Value[]): void {
  const wrong = fields.filter((field) => {
    const value = values.find(({ code }) => code === field.code);
    return value === undefined || saltedDigest(value, field.digestAlg) !== field.digest;
  });
  const extra = values.filter(({ code }) => !fields.some((field) => field.code === code));
  const codes = [...wrong, ...extra].map(({ code }) => code);
  if (codes.length > 0) throw new ContractError('DELIVERY_MISMATCH', { codes });
}

/** The key of one delivery's values in a private collection. */
export function privateKey(shareId: string, no: number) {
  return { objectType: 'shareValues', attributes: [shareId, padded(no)] };
}

type Sides = Pick<ShareRecord, 'providerMsp' | 'requesterMsp'>;

/** The roles of one department that read a grant's values; undefined for any department but the two. */
export function readersAt(
  { providerMsp, requesterMsp }: Sides,
  { terms }: Pick<ShareGrantRecord, 'terms'>,
  mspId: string,
): readonly ReaderRole[] | undefined {
  const { provider, requester } = terms.readers ?? usualReaders;
  if (mspId === providerMsp) return provider;
  return mspId === requesterMsp ? requester : undefined;
}

/**
 * The collection that a reader's values lie in.
 * @throws ContractError NOT_A_PARTY, ROLE_REFUSED when the grant does not name the role
 */
export function collectionOfReader(
  share: ShareRecord,
  grant: ShareGrantRecord,
  { mspId, role }: Pick<Caller, 'mspId' | 'role'>,
): string {
  const { shareId } = share;
  const allowed = readersAt(share, grant, mspId);
  if (allowed === undefined) throw new ContractError('NOT_A_PARTY', { shareId, mspId });
  const reader = allowed.find((one) => one === role);
  if (reader !== undefined) return valuesCollection(mspId, reader);
  throw new ContractError('ROLE_REFUSED', { query: 'sharing.values', role, allowed });
}

/** The collections of those who read a grant's values, at one department. */
export function collectionsAt(sides: Sides, grant: ShareGrantRecord, mspId: string): string[] {
  return (readersAt(sides, grant, mspId) ?? []).map((role) => valuesCollection(mspId, role));
}

/** What one delivery writes to collections. */
export function writesOf(
  collections: readonly string[],
  { shareId, no, values }: Omit<PrivateDelivery, 'v'>,
): PrivateWrite[] {
  const value = canonicalJson({ v: 1, shareId, no, values } satisfies PrivateDelivery);
  return collections.map((collection) => ({ collection, key: privateKey(shareId, no), value }));
}

/** The values go to the readers of both departments, and nowhere else. */
export function valuesToBoth(
  sides: Sides,
  grant: ShareGrantRecord,
  delivered: Omit<PrivateDelivery, 'v'>,
): PrivateWrite[] {
  const collections = bothOf(sides).flatMap((mspId) => collectionsAt(sides, grant, mspId));
  return writesOf(collections, delivered);
}

/** Purges what a grant's deliveries put into both departments' collections. */
export function purgeOfBoth(sides: Sides, grant: ShareGrantRecord): PrivateWrite[] {
  return purgeOf(sides, grant, bothOf(sides));
}

/** Purges what a grant's deliveries put into the collections of these departments. */
export function purgeOf(
  sides: Sides,
  grant: ShareGrantRecord,
  mspIds: readonly string[],
): PrivateWrite[] {
  const numbers = grant.deliveries.filter(({ privately }) => privately).map(({ no }) => no);
  const collections = mspIds.flatMap((mspId) => [
    ...collectionsAt(sides, grant, mspId),
    ...(isOfBefore(grant) ? [implicitCollection(mspId)] : []),
  ]);
  return collections.flatMap((collection) =>
    numbers.map((no) => ({ collection, key: privateKey(grant.shareId, no), value: undefined })),
  );
}

/** Whether values of the grant may still be in implicit collections: grants made since then name their readers. */
export function isOfBefore({ terms }: ShareGrantRecord): boolean {
  return terms.readers === undefined;
}

const bothOf = ({ providerMsp, requesterMsp }: Sides) => [providerMsp, requesterMsp];
