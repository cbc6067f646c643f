import { z } from 'zod';

const words = z.strictObject({ zh: z.string(), en: z.string() });
const limit = z.strictObject({ value: z.number(), unit: z.string() });
const digest = z.strictObject({
  digestAlg: z.string(),
  digest: z.string(),
  sm3: z.string().nullish(),
});
const actor = z.looseObject({
  department: z.string(),
  user: z.string(),
  role: z.string().nullish(),
});

const about = z.strictObject({ collection: z.string(), key: z.array(z.string()) });

/** A name in both languages. */
export const isWords = (value: object): value is z.output<typeof words> =>
  words.safeParse(value).success;

/** A number of days, hours or the like. */
export const limitIn = (value: object): z.output<typeof limit> | undefined =>
  limit.safeParse(value).data;

/** Somebody who signed; with a sign-off behind it, that is told beside. */
export const actorIn = (value: object): z.output<typeof actor> | undefined =>
  'signoff' in value ? undefined : actor.safeParse(value).data;

/** The digest of a document or a value that is elsewhere. */
export const digestIn = (value: object): z.output<typeof digest> | undefined =>
  digest.safeParse(value).data;

/** Where a record is. */
export const aboutIn = (value: object): z.output<typeof about> | undefined =>
  about.safeParse(value).data;

/** Whether a value is one line to whoever reads it. */
export function isSimple(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((one) => typeof one !== 'object');
  return [isWords, limitIn, actorIn, digestIn, aboutIn].some((one) => Boolean(one(value)));
}

/** What a record is made of, and nobody reads. */
const silent: ReadonlySet<string> = new Set(['v', 'nextSeq']);

/** The fields that have something, in the order of the schema. */
export function shownFields(
  value: object,
  shape: Readonly<Record<string, unknown>>,
): readonly (readonly [string, unknown])[] {
  const known = Object.keys(shape).filter((field) => field in value);
  const others = Object.keys(value).filter((field) => !(field in shape));
  return [...known, ...others].flatMap((field) => {
    const inner: unknown = Reflect.get(value, field);
    const isRecordKind = field === 'kind' && 'v' in value;
    const isEmpty =
      inner === null || inner === undefined || (Array.isArray(inner) && inner.length === 0);
    return silent.has(field) || isRecordKind || isEmpty ? [] : [[field, inner] as const];
  });
}
