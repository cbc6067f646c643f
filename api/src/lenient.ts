import { z } from 'zod';

const known = new WeakMap<z.core.$ZodType, z.core.$ZodType>();

/**
 * The schema as a client reads by it: what a newer gateway has beside is kept and no reason to refuse, fields and words alike. Reads what zod keeps
 * for itself (`_zod`): its test names the version of zod that it was written for.
 * Kept, since a record's digest is over the whole of it.
 */
export function lenient<T extends z.ZodType>(schema: T): T {
  // A schema is made anew of the same kind.
  return loosened(schema) as T;
}

function loosened(schema: z.core.$ZodType): z.core.$ZodType {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const made = anew(schema);
  known.set(schema, made);
  return made;
}

function anew(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodEnum) return z.string();
  const { def } = schema._zod;
  const parts = Object.entries(def).map(
    ([name, part]: [string, unknown]) => [name, inner(part)] as const,
  );
  const open = schema instanceof z.ZodObject ? { catchall: z.unknown() } : {};
  return z.core.clone(schema, { ...def, ...Object.fromEntries(parts), ...open });
}

/** Schemas stand in a definition alone, in a list or by name; whatever else is there stays. */
function inner(part: unknown): unknown {
  if (part instanceof z.core.$ZodType) return loosened(part);
  if (Array.isArray(part)) return part.map(inner);
  if (typeof part !== 'object' || part === null) return part;
  if (Object.getPrototypeOf(part) !== Object.prototype) return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, inner(one)]));
}
