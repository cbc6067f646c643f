import { z } from 'zod';

/** Whether a value from JSON.parse conforms to a schema. */
type Check = (value: unknown) => boolean;

/**
 * What a schema makes of a value that JSON.parse gave: the value itself when it is what the schema says, else undefined.
 * zod copies what it checks; here, where every record of every block comes by, it is only looked at. The verdict is zod's
 * own. A schema that changes what it checks, or checks in a way that is not known here, is left to zod. The one file that reads
 * what zod keeps for itself (`_zod`, `def`): its test names the version of zod that it was written for.
 */
export function conforming<T>(schema: z.ZodType<T>): (value: unknown) => T | undefined {
  const check = checkOf(schema);
  if (check === undefined) return (value) => schema.safeParse(value).data;
  const last = newest.get(schema) ?? { value: undefined, fits: check(undefined) };
  newest.set(schema, last);
  return (value) => {
    if (value !== last.value) {
      last.fits = check(value);
      last.value = value;
    }
    return last.fits ? (value as T) : undefined;
  };
}

/** All that a record's entries are derived by ask for it, one behind the other: it is looked at once. Nobody changes it. */
const newest = new WeakMap<z.core.$ZodType, { value: unknown; fits: boolean }>();

/** The check of a schema; undefined when only zod implements it. */
export function checkOf(schema: z.core.$ZodType): Check | undefined {
  const found = known.get(schema) ?? { check: compiled(schema) };
  known.set(schema, found);
  return found.check;
}

/** Schemas share parts: each is compiled once. */
const known = new WeakMap<z.core.$ZodType, { readonly check: Check | undefined }>();

function compiled(schema: z.core.$ZodType): Check | undefined {
  const rules = rulesOf(schema._zod.def.checks ?? []);
  const base = rules === undefined ? undefined : baseOf(schema);
  if (rules === undefined || base === undefined) return undefined;
  return rules.reduce((check, rule) => both(check, rule), base);
}

const both =
  (one: Check, other: Check): Check =>
  (value) =>
    one(value) && other(value);

const baseOf = (schema: z.core.$ZodType): Check | undefined => scalar(schema) ?? composed(schema);

function scalar(schema: z.core.$ZodType): Check | undefined {
  if (schema instanceof z.ZodStringFormat) return patternOf(schema.def);
  if (schema instanceof z.ZodString) return isString;
  if (schema instanceof z.ZodNumberFormat) {
    return schema.format === 'safeint' ? Number.isSafeInteger : undefined;
  }
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean';
  if (schema instanceof z.ZodLiteral) return among(schema.values);
  if (schema instanceof z.ZodEnum) return among(new Set(schema.options));
  return schema instanceof z.ZodUnknown ? () => true : undefined;
}

function composed(schema: z.core.$ZodType): Check | undefined {
  if (schema instanceof z.core.$ZodObject) return objectCheck(schema._zod.def);
  if (schema instanceof z.core.$ZodArray) return arrayCheck(schema._zod.def.element);
  if (schema instanceof z.ZodRecord) return recordCheck(schema);
  return schema instanceof z.ZodUnion ? unionCheck(schema) : undefined;
}

const isString: Check = (value) => typeof value === 'string';

const among =
  (values: ReadonlySet<unknown>): Check =>
  (value) =>
    values.has(value);

/** The two formats used in records; other formats check more than their pattern. */
const plainFormats: ReadonlySet<string> = new Set(['date', 'datetime', 'regex']);

function patternOf({ format, pattern }: z.core.$ZodCheckStringFormatDef): Check | undefined {
  if (!plainFormats.has(format) || pattern === undefined || pattern.global || pattern.sticky) {
    return undefined;
  }
  return (value) => typeof value === 'string' && pattern.test(value);
}

function arrayCheck(element: z.core.$ZodType): Check | undefined {
  const check = checkOf(element);
  return check && ((value) => Array.isArray(value) && value.every(check));
}

/** Strict objects only: others drop unknown keys. */
function objectCheck({ shape, catchall }: z.core.$ZodObjectDef): Check | undefined {
  if (!(catchall instanceof z.ZodNever)) return undefined;
  const members = new Map<string, { readonly check: Check; readonly needed: number }>();
  let needed = 0;
  for (const [name, member] of Object.entries(shape)) {
    const optional = member instanceof z.core.$ZodExactOptional;
    const check = checkOf(optional ? member._zod.def.innerType : member);
    if (check === undefined || name === '__proto__') return undefined;
    members.set(name, { check, needed: optional ? 0 : 1 });
    if (!optional) needed += 1;
  }
  return (value) => {
    if (!isObject(value)) return false;
    let found = 0;
    for (const name in value) {
      const member = members.get(name);
      if (member?.check(value[name]) !== true) return false;
      found += member.needed;
    }
    return found === needed;
  };
}

/** Records with any string keys; with enum keys all of them must be present. */
function recordCheck({ keyType, valueType }: z.ZodRecord): Check | undefined {
  const key = keyType instanceof z.ZodString ? checkOf(keyType) : undefined;
  const check = checkOf(valueType);
  if (key === undefined || check === undefined) return undefined;
  return (value) =>
    isObject(value) &&
    !Array.isArray(value) &&
    Object.entries(value).every(([name, one]) => key(name) && check(one));
}

/** Any matching member suffices. In a discriminated union at most one can match; in others several could. */
function unionCheck(schema: z.ZodUnion): Check | undefined {
  const { options, def } = schema;
  if (def.inclusive === false && !(schema instanceof z.ZodDiscriminatedUnion)) return undefined;
  const checks: Check[] = [];
  for (const option of options) {
    const check = checkOf(option);
    if (check === undefined) return undefined;
    checks.push(check);
  }
  return (value) => checks.some((check) => check(value));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The additional checks of a value; undefined when one is not implemented here. */
function rulesOf(checks: readonly z.core.$ZodCheck[]): Check[] | undefined {
  const rules: Check[] = [];
  for (const check of checks) {
    const rule = lengthRule(check) ?? boundRule(check) ?? otherRule(check);
    if (rule === undefined) return undefined;
    rules.push(rule);
  }
  return rules;
}

const hasLength = (value: unknown): value is string | readonly unknown[] =>
  typeof value === 'string' || Array.isArray(value);

function lengthRule(check: z.core.$ZodCheck): Check | undefined {
  if (check instanceof z.core.$ZodCheckMinLength) {
    const { minimum } = check._zod.def;
    return (value) => hasLength(value) && value.length >= minimum;
  }
  if (check instanceof z.core.$ZodCheckMaxLength) {
    const { maximum } = check._zod.def;
    return (value) => hasLength(value) && value.length <= maximum;
  }
  return undefined;
}

function boundRule(check: z.core.$ZodCheck): Check | undefined {
  const least = check instanceof z.core.$ZodCheckGreaterThan ? check._zod.def : undefined;
  const most = check instanceof z.core.$ZodCheckLessThan ? check._zod.def : undefined;
  if (least?.inclusive === true && typeof least.value === 'number') return atLeast(least.value);
  return most?.inclusive === true && typeof most.value === 'number'
    ? atMost(most.value)
    : undefined;
}

const atLeast =
  (bound: number): Check =>
  (value) =>
    typeof value === 'number' && value >= bound;
const atMost =
  (bound: number): Check =>
  (value) =>
    typeof value === 'number' && value <= bound;

function otherRule(check: z.core.$ZodCheck): Check | undefined {
  if (check instanceof z.core.$ZodCheckRegex) return patternOf(check._zod.def);
  if (!(check instanceof z.core.$ZodCustom)) return undefined;
  const { fn } = check._zod.def;
  return (value) => Boolean(fn(value));
}
