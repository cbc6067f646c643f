import { z } from 'zod';
import { actorOf, requireOtherPerson, type Member } from './caller';
import { canonicalDigest } from './canonical';
import { later, shanghaiDate, shiftDate } from './days';
import { ContractError } from './errors';
import { actor } from './roles';
import { code, date, digest, sha256Hex, text, timestamp, version } from './scalars';
import { namesOf, type Vocabulary } from './words';

export const versionStatusWords = {
  draft: { zh: '草案', en: 'draft' },
  cosigned: { zh: '已会签', en: 'cosigned' },
  published: { zh: '已公布', en: 'published' },
  retired: { zh: '已停用', en: 'retired' },
} satisfies Vocabulary;
export const versionStatuses = namesOf(versionStatusWords);

/**
 * 公示: how the government made the draft of a list public and heard experts and the public on it (Zhejiang regulation art
 * 4(3)): which government, from when to when, where, and the digest of what came of it.
 */
export const consultation = {
  organ: text(200),
  from: date,
  to: date,
  place: text(500),
  result: digest,
};

/** Fields of one version of what is drafted, cosigned, published and retired: of a matter, of a one thing. */
export const versionFields = {
  status: z.enum(versionStatuses),
  /** SHA-256 of the canonical content: what is cosigned. */
  contentDigest: sha256Hex,
  draftedBy: actor,
  draftedAt: timestamp,
  publishedBy: actor.exactOptional(),
  publishedAt: timestamp.exactOptional(),
  consultation: z.strictObject({ ...consultation, by: actor, at: timestamp }).exactOptional(),
  /** First day on which it can be filed, where that is later than its content says: it came after another one. */
  inForceFrom: date.exactOptional(),
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
  /** What names it, which is said of it where it is refused. */
  readonly taskCode?: string;
  readonly code?: string;
  readonly version: number;
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
export function requireStatus(versioned: Versioned, allowed: Versioned['status']): void {
  const { status, taskCode, code: named, version: number } = versioned;
  if (status === allowed) return;
  const id = taskCode === undefined ? { code: named } : { taskCode };
  throw new ContractError('WRONG_STATE', {
    ...{ ...id, version: number, state: status, allowed: [allowed] },
  });
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

/** First and last day, if there is one, on which a published version can be filed. */
export function periodOf({ inForceFrom, effectiveTo, content }: Versioned): {
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
} {
  const effectiveFrom = inForceFrom ?? content.effectiveFrom;
  return effectiveTo === undefined ? { effectiveFrom } : { effectiveFrom, effectiveTo };
}

/** @throws ContractError WRONG_STATE, DIGEST_MISMATCH, VALIDITY_INVALID while the consultation runs */
export function consulted<E extends Versioned>(
  version: E,
  { contentDigest, ...told }: Consulted,
  member: Member,
) {
  if (version.status !== 'cosigned') requireStatus(version, 'draft');
  if (version.contentDigest !== contentDigest) {
    throw new ContractError('DIGEST_MISMATCH', { expected: version.contentDigest });
  }
  const { from, to } = told;
  const today = shanghaiDate(member.at);
  if (to < from || to > today) throw new ContractError('VALIDITY_INVALID', { from, to, today });
  const at = signedAt(member, version);
  return { ...version, consultation: { ...told, by: actorOf(member), at } };
}

type Consulted = z.output<z.ZodObject<typeof consultation>> & { readonly contentDigest: string };

/**
 * Publication puts a version in force from its effective date; once there was another one never before the day of its
 * publication, so that what was filed stays filed under what was in force.
 * @throws ContractError VALIDITY_INVALID when it would end before it begins
 */
export function published<E extends Versioned>(
  version: E,
  others: readonly Versioned[],
  member: Member,
) {
  const { effectiveFrom, effectiveTo } = version.content;
  const publishedAt = signedAt(member, version);
  const today = shanghaiDate(publishedAt);
  const after = others.some(({ status }) => status === 'published') && effectiveFrom < today;
  const inForceFrom = after ? today : effectiveFrom;
  if (effectiveTo !== undefined && effectiveTo < inForceFrom) {
    throw new ContractError('VALIDITY_INVALID', { effectiveFrom: inForceFrom, effectiveTo });
  }
  return {
    ...version,
    status: 'published' as const,
    publishedBy: actorOf(member),
    publishedAt,
    ...(after ? { inForceFrom } : {}),
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
  };
}

/**
 * From its first day on the version published last is the one in force: every other one that was published ends the day
 * before, if not earlier, so that on no day there are two.
 */
export function superseded<E extends Versioned>(others: readonly E[], by: E): E[] {
  const last = shiftDate(periodOf(by).effectiveFrom, -1);
  return others.flatMap((before) => {
    if (before.status !== 'published' || before.version === by.version) return [];
    const { effectiveTo = last, supersededBy } = before;
    if (before.effectiveTo !== undefined && effectiveTo <= last && supersededBy !== undefined) {
      return [];
    }
    const ends = effectiveTo < last ? effectiveTo : last;
    return [{ ...before, effectiveTo: ends, supersededBy: by.version }];
  });
}

/** @throws ContractError WRONG_STATE */
export function retired<E extends Versioned>(version: E, member: Member, reasonCode: string) {
  requireStatus(version, 'published');
  const at = later(member.at, version.publishedAt ?? version.draftedAt);
  const retirement = { by: actorOf(member), at, reasonCode };
  return { ...version, status: 'retired' as const, retirement };
}
