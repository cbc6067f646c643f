import { z } from 'zod';
import { namesOf, type Vocabulary } from './words';

/**
 * The small shapes everything else is made of. Every string has a longest length, every number is a safe integer and
 * every id is plain ASCII, so a record has one canonical form and a composite key cannot be broken by its parts.
 */

/**
 * Text of at most so many Unicode scalar values, without control characters (line feed and tab apart) and without lone surrogates, which UTF-8 cannot carry. The
 * pattern stands in the API's description, where not every tool knows Unicode classes: hence plain ranges.
 */
export function text(max: number) {
  return (
    z
      .string()
      .min(1)
      .refine((value) => scalarsIn(value) <= max, `at most ${max} characters`)
      // eslint-disable-next-line no-control-regex -- these are what is refused
      .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$/, 'no control characters')
      .refine((value) => !/\p{Cs}/u.test(value), 'no lone surrogates')
      // As JSON Schema counts; a string's own length counts UTF-16 units.
      .meta({ maxLength: max })
  );
}

function scalarsIn(value: string): number {
  let count = value.length;
  for (let at = 0; at < value.length; at++) if ((value.codePointAt(at) ?? 0) > 0xffff) count -= 1;
  return count;
}

/** A name in Chinese and in English; Chinese is the one that counts in law. */
export function localText(max: number) {
  return z.strictObject({ zh: text(max), en: text(max) });
}

/** An identifier: a letter or digit, then letters, digits, dot, underscore, dash. */
export function code(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dot, underscore and dash');
}

export const departmentId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and dashes');
export const mspId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9.-]{0,62}$/, 'letters, digits, dots and dashes');

/** 实施编码: up to 36 letters and digits, which is more than the 24 of GB/T 39046 table 4; codes in use have 31. */
export const taskCode = z.string().regex(/^[0-9A-Za-z]{1,36}$/, '1 to 36 letters and digits');
/** 基本编码 of GB/T 39046 as the national exchange table has it: up to 12 letters and digits. */
export const catalogCode = z.string().regex(/^[0-9A-Za-z]{1,12}$/, '1 to 12 letters and digits');
/**
 * The number of a day in a case's number: four digits, and more once they are used up, so that no day has a last number.
 * Each number is written in one way.
 */
const ofDay = '[0-9]{8}-(?:[0-9]{4}|[1-9][0-9]{4,8})';
/** 办件编号: `<taskCode>-<YYYYMMDD>-<4 to 9 digits>`, at most 50 characters where the code has 31, as 实施编码 have. */
export const caseNo = z
  .string()
  .regex(new RegExp(`^[0-9A-Za-z]{1,36}-${ofDay}$`), '<taskCode>-<YYYYMMDD>-<4 to 9 digits>');
/** A one thing's code: 1 to 32 letters and digits. */
export const oneThingCode = z.string().regex(/^[0-9A-Za-z]{1,32}$/, '1 to 32 letters and digits');
/** A filed one thing: `<code>-<YYYYMMDD>-<4 to 9 digits>`. */
export const oneThingNo = z
  .string()
  .regex(new RegExp(`^[0-9A-Za-z]{1,32}-${ofDay}$`), '<code>-<YYYYMMDD>-<4 to 9 digits>');
/** Administrative division, GB/T 2260 (six digits) or with the statistical suffix (twelve). */
export const regionCode = z.string().regex(/^[0-9]{6}(?:[0-9]{6})?$/, 'six or twelve digits');

export const datasetId = code(64);
export const attestationId = code(64);
export const useId = code(64);
export const shareId = code(64);
export const challengeId = code(64);
export const disputeId = code(64);
/** 共享条件: one listed condition of a data set's conditional class. */
export const conditionCode = code(32);
export const delegationId = code(64);
/** 机构改革: one reorganisation, as its registrar numbers it. */
export const reformId = code(64);
/** 职责分工协调: `<caseNo>-R<n>`, the n-th of its case. */
export const rulingId = z
  .string()
  .regex(new RegExp(`^[0-9A-Za-z]{1,36}-${ofDay}-R[0-9]{1,2}$`), '<caseNo>-R<n>');
export const dutyCode = code(32);
/** What duties of several departments can be about, e.g. `office-space`. */
export const topicCode = code(48);
export const materialCode = code(32);
/** A material of a one thing: a material's code, or `<part>.<code>` where several parts use that code for different things. */
export const mergedMaterialCode = code(80);
export const stepId = code(32);
/** 业务条线: a line of business, e.g. `personnel`. */
export const businessLine = code(32);
/** 业务系统: a system of a department. */
export const systemId = code(64);
export const fieldCode = code(64);

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export const date = z.iso.date();
/** An instant in UTC with milliseconds, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export const timestamp = z.iso.datetime({ precision: 3 });
export const year = z.int().min(2000).max(2199);
export const version = z.int().min(1).max(999_999);
export const sequence = z.int().min(0).max(999_999);
export const txId = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits');

/** A version of a year's working calendar; 0 is the plain week, Monday to Friday, of a year whose calendar is not declared yet. */
export const calendarVersion = z.int().min(0).max(999_999);
/** Versions of the working calendars that due dates were computed with, by year. */
export const calendarsUsed = z
  .array(
    z.strictObject({
      year: z.int(),
      version: calendarVersion,
      /** The days off that a later version added, by a recorded act: days that were counted can only become more. */
      later: z.strictObject({ version, daysOff: z.array(date).max(366) }).exactOptional(),
    }),
  )
  .max(10);

export type CalendarsUsed = z.output<typeof calendarsUsed>;

/** SHA-256 in lower-case hexadecimal: of canonical records and contents made by this project. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits');

/** The digest of something that stays off the ledger. The salt never comes here: without it the digest says nothing. */
export const digest = z.strictObject({
  digestAlg: z.enum(['sha256', 'sm3']),
  digest: sha256Hex,
  /** The SM3 digest (GB/T 32905) of the same salted content, beside its SHA-256. */
  sm3: sha256Hex.exactOptional(),
});
export type Digest = z.output<typeof digest>;

/** A public document (law, notice, policy) by number and title, with the digest of the text that was meant. */
export const documentRef = z.strictObject({
  number: text(100),
  title: text(200),
  digestAlg: z.enum(['sha256', 'sm3']),
  digest: sha256Hex,
});

/** A time limit. Law counts working days (Administrative Licensing Law art 82). 200 stays within one next calendar. */
export const limit = z.strictObject({
  value: z.int().min(0).max(200),
  unit: z.literal('workingDay'),
});
export type Limit = z.output<typeof limit>;
/** A limit somebody must be able to keep: at least one day. */
export const positiveLimit = z.strictObject({
  value: z.int().min(1).max(200),
  unit: z.literal('workingDay'),
});

/** A limit within the day, in minutes; eight hours at most. */
export const onTheSpotMinutes = z.int().min(1).max(480);

/** Days as the law counts them. */
export const dayUnitWords = {
  workingDay: { zh: '工作日', en: 'working days' },
  calendarDay: { zh: '日', en: 'calendar days' },
} satisfies Vocabulary;

/** A limit from before the reform, in the days it was given in. */
export const previousLimit = z.strictObject({
  value: z.int().min(1).max(2000),
  unit: z.enum(namesOf(dayUnitWords)),
});
export type PreviousLimit = z.output<typeof previousLimit>;

/** A bounded list in which no two members have the same `name`. */
export function listOf<T extends z.ZodType>(
  member: T,
  max: number,
  name: (value: z.output<T>) => string,
) {
  return z
    .array(member)
    .max(max)
    .refine(
      (values) => new Set(values.map(name)).size === values.length,
      'no two may have the same name',
    );
}

/** Page of a list query; `bookmark` comes from the page before. */
export const page = {
  pageSize: z.int().min(1).max(200).exactOptional(),
  bookmark: z
    .string()
    .max(1024)
    .regex(/^[A-Za-z0-9_-]*$/, 'base64url')
    .exactOptional(),
};

/** One page of records; an absent bookmark means there is no more. */
export function pageOf<T extends z.ZodType>(record: T) {
  return z.strictObject({ records: z.array(record), bookmark: z.string().exactOptional() });
}

/** The first half of the SHA-256 of the public key's bytes. */
export const appKeyId = z.string().regex(/^[0-9a-f]{32}$/, '32 hexadecimal digits');

/** Enrolment name of an official, e.g. `hrss.clerk1`. */
export const userName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,127}$/, 'letters, digits, dots, dashes');

/** A salted digest of one field's value, so that single fields can be disclosed and checked. */
export const attestedField = z.strictObject({ code: fieldCode, ...digest.shape });

/** `<about>.<clock>[.<step>].<due day>.<colour>`: the same card whoever raises it, and how often. See card-id.ts. */
export const cardId = code(200);
export const orderId = code(64);
export const urgeId = code(64);

/** A record of the world state: its kind, and the version of its shape. */
export function recordOf<K extends string, S extends z.ZodRawShape>(kind: K, shape: S) {
  return z.strictObject({ kind: z.literal(kind), v: z.literal(1), ...shape });
}
