import { wordsOfMembers } from '@yici/api';
import type { Vocabulary } from '@yici/domain/model';
import { z } from 'zod';

/** What is under whatever makes a schema optional, filled in or checked further. */
export function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe) return bare(schema.in);
  if (!(schema instanceof z.ZodType)) return undefined;
  const wrapped = 'unwrap' in schema && !(schema instanceof z.ZodArray) ? schema.unwrap : undefined;
  return typeof wrapped === 'function' ? bare(wrapped.call(schema)) : schema;
}

/** The fields of an object; of one that is one of several, those of all. */
export function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  const found = bare(schema);
  if (found instanceof z.ZodObject) return found.shape;
  if (!(found instanceof z.ZodUnion)) return {};
  return Object.fromEntries(found.options.map(shapeOf).flatMap((one) => Object.entries(one)));
}

/** What a list holds. */
export function elementOf(schema: unknown): unknown {
  const found = bare(schema);
  return found instanceof z.ZodArray ? found.element : undefined;
}

/** What is at a path in it; a place in a list is any of its lines. */
export const schemaAt = (schema: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((found, name) => elementOf(found) ?? shapeOf(found)[name], schema);

/** The words of a closed list's members. */
export function wordsOf(schema: unknown): Vocabulary | undefined {
  const members = membersOf(schema);
  return members === undefined ? undefined : wordsOfMembers(members);
}

/** The members of a closed list, be it only one. */
export function membersOf(schema: unknown): readonly string[] | undefined {
  const found = bare(schema);
  if (found instanceof z.ZodEnum) return found.options.map(String);
  if (found instanceof z.ZodLiteral) return [...found.values].map(String);
  return undefined;
}

/** Whether a value can be shown in one line: also a name in both languages, or who signed. */
export function isLine(schema: unknown): boolean {
  const found = bare(schema);
  if (!(found instanceof z.ZodType)) return false;
  if (!(found instanceof z.ZodObject)) {
    return ['string', 'number', 'boolean', 'enum', 'union'].includes(found.type);
  }
  const fields = Object.keys(found.shape);
  return fields.sort().join() === 'en,zh' || (fields.includes('role') && fields.includes('user'));
}
