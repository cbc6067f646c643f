import type { Journal } from '@yici/api';
import { z } from 'zod';

/** The records in a response: ids and departments concerned. */
export interface Shown {
  readonly records: string[];
  readonly departments: string[];
}

const list = z.object({ items: z.array(z.unknown()) });
const fields = z.record(z.string(), z.unknown());
const texts = z.union([z.array(z.string()), z.string().transform((text) => [text])]).catch([]);

/** Takes from an answer, a record or a page of them, the fields that the read's definition names. */
export function shownIn(
  { record, departments }: Extract<Journal, { readonly record: unknown }>,
  body: unknown,
): Shown {
  const all = list.safeParse(body).data?.items ?? [body];
  const rows = all.map((one) => fields.catch({}).parse(one));
  const given = (row: z.output<typeof fields>, names: readonly string[]) =>
    names.map((name) => texts.parse(row[name]));
  return {
    records: unique(rows.flatMap((row) => given(row, record).find((ids) => ids.length > 0) ?? [])),
    departments: unique(rows.flatMap((row) => given(row, departments).flat())),
  };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
