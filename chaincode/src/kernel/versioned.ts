import { z } from 'zod';
import { actorOf, requireOtherPerson, type Member } from './caller';
import { canonicalDigest } from './canonical';
import { later, shiftDate } from './days';
import { ContractError } from './errors';
import { actor } from './roles';
import { code, date, sha256Hex, timestamp, version } from './scalars';
import { namesOf, type Vocabulary } from './words';

export const versionStatusWords = {
  draft: { zh: '草案', en: 'draft' },
  cosigned: { zh: '已会签', en: 'cosigned' },
  published: { zh: '已公布', en: 'published' },
  retired: { zh: '已停用', en: 'retired' },
} satisfies Vocabulary;
export const versionStatuses = namesOf(versionStatusWords);

/** Fields of one version of what is drafted, cosigned, published and retired: of a matter, of a one thing. */
export const versionFields = {
  status: z.enum(versionStatuses),
  /** SHA-256 of the canonical content: what is cosigned. */
  contentDigest: sha256Hex,
  draftedBy: actor,
  draftedAt: timestamp,
  publishedBy: actor.exactOptional(),
  publishedAt: timestamp.exactOptional(),
  /** Last day on which it can be filed; set by a successor, by retirement or from the content. */
  effectiveTo: date.exactOptional(),
  supersededBy: version.exactOptional(),
  retirement: z.strictObject({ by: actor, at: timestamp, reasonCode: code(32) }).exactOptional(),
};
type VersionShape = z.ZodObject<typeof versionFields>;

/** One version, whatever it is of. */
export interface Versioned extends z.output<VersionShape> {
  readonly content: { readonly effectiveFrom: string; readonly effectiveTo?: string };
  readonly cosignatures: readonly { readonly at: string }[];
}

/** What a draft begins with; its time is never before that of the version before it. */
export function drafted(
  content: unknown,
  latest: Pick<Versioned, 'draftedAt'> | undefined,
  member: Member,
) {
  return {
    status: 'draft' as const,
    contentDigest: canonicalDigest(content),
    draftedBy: actorOf(member),
    draftedAt: later(member.at, latest?.draftedAt ?? ''),
    cosignatures: [],
  };
}

/** The number of a draft: while the newest version is still one, the new content takes its place. */
export function nextVersion(
  head: { readonly latest: number } | undefined,
  latest: Pick<Versioned, 'status'> | undefined,
): number {
  if (head === undefined) return 1;
  return latest?.status === 'draft' ? head.latest : head.latest + 1;
}

/** @throws ContractError WRONG_STATE */
export function requireStatus({ status }: Versioned, allowed: Versioned['status']): void {
  if (status !== allowed) {
    throw new ContractError('WRONG_STATE', { state: status, allowed: [allowed] });
  }
}

/** A draft is cosigned by its digest, and not by who drafted it. @throws ContractError WRONG_STATE, DIGEST_MISMATCH, MAKER_IS_CHECKER */
export function requireCosignable(draft: Versioned, contentDigest: string, member: Member): void {
  requireStatus(draft, 'draft');
  if (draft.contentDigest !== contentDigest) {
    throw new ContractError('DIGEST_MISMATCH', { expected: draft.contentDigest });
  }
  requireOtherPerson(draft.draftedBy, member);
}

/** The time of a cosignature or of the publication: never before what was signed before it. */
export function signedAt({ at }: Member, { cosignatures, draftedAt }: Versioned): string {
  return later(at, cosignatures.at(-1)?.at ?? draftedAt);
}

export function published<E extends Versioned>(version: E, member: Member) {
  const { effectiveTo } = version.content;
  return {
    ...version,
    status: 'published' as const,
    publishedBy: actorOf(member),
    publishedAt: signedAt(member, version),
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
  };
}

/** The version published before ends the day before the new one begins, if not earlier. */
export function superseded<E extends Versioned>(
  before: E | undefined,
  by: number,
  { effectiveFrom }: Versioned['content'],
) {
  if (before?.status !== 'published') return [];
  const last = shiftDate(effectiveFrom, -1);
  const { effectiveTo = last } = before;
  return [{ ...before, effectiveTo: effectiveTo < last ? effectiveTo : last, supersededBy: by }];
}

/** @throws ContractError WRONG_STATE */
export function retired<E extends Versioned>(version: E, member: Member, reasonCode: string) {
  requireStatus(version, 'published');
  const at = later(member.at, version.publishedAt ?? version.draftedAt);
  const retirement = { by: actorOf(member), at, reasonCode };
  return { ...version, status: 'retired' as const, retirement };
}
