import { createHash } from 'node:crypto';
import type { PrivateDelivery, ShareGrantRecord } from '../model';
import { canonicalJson, ContractError, padded } from '../model';
import type { PrivateWrite } from './caller';

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

/** The values go to both departments' own collections, and nowhere else. */
export function valuesToBoth(
  mspIds: readonly string[],
  { shareId, no, values }: Omit<PrivateDelivery, 'v'>,
): PrivateWrite[] {
  const value = canonicalJson({ v: 1, shareId, no, values } satisfies PrivateDelivery);
  return mspIds.map((mspId) => ({ mspId, key: privateKey(shareId, no), value }));
}

/** Purges what a grant's deliveries put into both departments' collections. */
export function purgeOfBoth(
  mspIds: readonly string[],
  { shareId, deliveries }: ShareGrantRecord,
): PrivateWrite[] {
  const numbers = deliveries.filter(({ privately }) => privately).map(({ no }) => no);
  return mspIds.flatMap((mspId) =>
    numbers.map((no) => ({ mspId, key: privateKey(shareId, no), value: undefined })),
  );
}
