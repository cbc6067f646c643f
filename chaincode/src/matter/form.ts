import { z } from 'zod';
import { publishedDataset, requireFields } from '../dataset/entry';
import type { DatasetRecord } from '../dataset/records';
import { canonicalJson } from '../kernel/canonical';
import { ContractError } from '../kernel/errors';
import { code, datasetId, date, fieldCode, listOf, localText, text } from '../kernel/scalars';
import type { Vocabulary } from '../kernel/words';

/** What is filled into a field, by JSON Schema's name of it. */
export const fieldTypeWords = {
  string: { zh: '文字', en: 'text' },
  integer: { zh: '整数', en: 'whole number' },
  number: { zh: '数字', en: 'number' },
  boolean: { zh: '是或者否', en: 'yes or no' },
} satisfies Vocabulary;

/** What a text has to be. */
export const fieldFormatWords = { date: { zh: '日期', en: 'day' } } satisfies Vocabulary;

/** Longest text of a field, in characters. */
const longest = 4000;
const length = z.int().min(0).max(longest);
const bound = z.int().min(-1_000_000_000_000).max(1_000_000_000_000);

const notEmpty = { path: ['minimum'], error: 'not more than the maximum' };
const range = { minimum: bound.exactOptional(), maximum: bound.exactOptional() };
const isRange = ({ minimum = -Infinity, maximum = Infinity }) => minimum <= maximum;

/**
 * How a field is filled in: a subset of JSON Schema 2020-12, titles in both languages. It has no `pattern`: an expression that
 * somebody put on the ledger could keep busy whoever checks by it.
 */
export const fieldSchema = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('string'),
      minLength: length.exactOptional(),
      maxLength: length.min(1).exactOptional(),
      format: z.literal('date').exactOptional(),
      /** The field is one of these. */
      oneOf: listOf(
        z.strictObject({ const: code(64), title: localText(200) }),
        64,
        (option) => option.const,
      )
        .min(1)
        .exactOptional(),
    })
    .refine(({ minLength = 0, maxLength = longest }) => minLength <= maxLength, {
      path: ['minLength'],
      error: 'not more than the longest',
    }),
  z.strictObject({ type: z.literal('integer'), ...range }).refine(isRange, notEmpty),
  z.strictObject({ type: z.literal('number'), ...range }).refine(isRange, notEmpty),
  z.strictObject({ type: z.literal('boolean') }),
]);
type FieldSchema = z.output<typeof fieldSchema>;

/** A field of the one form (一张表): a notice may mark only these. */
export const formField = z
  .strictObject({
    code: fieldCode,
    name: localText(200),
    /** Without it the field is a text; where no field has one, the form is a file of any shape. */
    schema: fieldSchema.exactOptional(),
    required: z.boolean().exactOptional(),
    /** 共享取得: the data set and its field that supply it, so that nobody types it (Order 809 art 19). */
    suppliedBy: z.strictObject({ datasetId, code: fieldCode }).exactOptional(),
    /** 填写说明. */
    note: localText(500).exactOptional(),
  })
  .refine(({ schema, suppliedBy }) => schema === undefined || suppliedBy === undefined, {
    path: ['schema'],
    error: 'not of a field that a data set supplies',
  });
export type FormField = z.output<typeof formField>;

/**
 * What a data set supplies of a form is in the catalogue, and is shared.
 * @throws ContractError DATASET_UNKNOWN, DATASET_NOT_PUBLISHED, FIELD_UNKNOWN, SHARE_CLASS_REFUSED
 */
export function checkFormFields(
  fields: readonly FormField[],
  datasets: ReadonlyMap<string, DatasetRecord>,
): void {
  for (const { code: field, suppliedBy } of fields) {
    if (suppliedBy === undefined) continue;
    const { datasetId: id } = suppliedBy;
    const dataset = publishedDataset(datasets.get(id), id);
    requireFields(dataset, [suppliedBy.code]);
    if (dataset.shareClass === 'notShared') {
      throw new ContractError('SHARE_CLASS_REFUSED', { datasetId: id, code: field });
    }
  }
}

/** Whether the fields say how a form is filled in, so that what was filled in can be checked. */
export const definesForm = (fields: readonly FormField[]): boolean =>
  fields.some(({ schema, suppliedBy }) => schema !== undefined || suppliedBy !== undefined);

/** The fields that somebody fills in. */
export const typedFields = (fields: readonly FormField[]): FormField[] =>
  fields.filter(({ suppliedBy }) => suppliedBy === undefined);

/** What is filled in against these fields: a value for each by its code. Whoever takes a form checks it by this. */
export function filledForm(fields: readonly FormField[]): z.ZodType<Record<string, unknown>> {
  const values = typedFields(fields).map(({ code: field, schema, required }) => {
    const value = valueOf(schema ?? { type: 'string' });
    return [field, required === true ? value : value.exactOptional()] as const;
  });
  return z.strictObject(Object.fromEntries(values));
}

function valueOf(schema: FieldSchema): z.ZodType {
  switch (schema.type) {
    case 'boolean':
      return z.boolean();
    case 'integer':
      return bounded(z.int(), schema);
    case 'number':
      return bounded(z.number(), schema);
    case 'string': {
      const { oneOf, format, minLength = 1, maxLength = longest } = schema;
      if (oneOf !== undefined) return z.enum(oneOf.map((option) => option.const));
      return format === 'date' ? date : text(maxLength).min(minLength).max(maxLength);
    }
  }
}

const bounded = (
  number: z.ZodNumber,
  { minimum, maximum }: { readonly minimum?: number; readonly maximum?: number },
): z.ZodType => {
  const low = minimum === undefined ? number : number.min(minimum);
  return maximum === undefined ? low : low.max(maximum);
};

/**
 * The one form of several matters, by the ids of their parts: what they define in the same way is filled in once. A code that
 * stands for different things is told apart by its part, as with materials.
 */
export function mergedFields(parts: ReadonlyMap<string, readonly FormField[]>): FormField[] {
  const meanings = new Map<string, Set<string>>();
  for (const field of [...parts.values()].flat()) {
    const known = meanings.get(field.code) ?? new Set();
    meanings.set(field.code, known.add(canonicalJson(field)));
  }
  const merged = new Map<string, FormField>();
  for (const [part, fields] of parts) {
    for (const field of fields) {
      const isOne = meanings.get(field.code)?.size === 1;
      const own = isOne ? field.code : `${part}.${field.code}`;
      merged.set(own, { ...field, code: own });
    }
  }
  return [...merged.values()];
}
