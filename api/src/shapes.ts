import type { Words } from '@yici/domain/model';
import { z } from 'zod';

/** A name in both languages. */
export const words = z.strictObject({ zh: z.string(), en: z.string() });

/** Somebody who did something here, by the names of the ledger. */
export const actor = z.strictObject({
  department: z.string(),
  role: z.string().nullable(),
  user: z.string(),
});
export type Actor = z.output<typeof actor>;

/** Page of a list: `cursor` is `next` of the page before. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2048).optional(),
};

/** Where a point read looks: the gateway's index, or the peer's own state. */
export const sourceQuery = { source: z.enum(['index', 'ledger']).default('index') };

/** A list's answer. */
export const pageOf = <I extends z.ZodType>(item: I) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });
export type PageSchema<I extends z.ZodType> = ReturnType<typeof pageOf<I>>;

/** How the command line offers a part of a query. */
export interface CommandOption {
  /** e.g. `--task-code <code>` */
  readonly flags: string;
  readonly note: Words;
}

/** Parts of queries that are options of the command line too. */
export const commandOptions = z.registry<CommandOption>();

/** Offers a part of a query on the command line as well. */
export function offered<T extends z.ZodType>(schema: T, flags: string, note: Words): T {
  commandOptions.add(schema, { flags, note });
  return schema;
}

/** Narrows a list to the records in one state. */
export const statusFilter = <T extends z.ZodType>(status: T): T =>
  offered(status, '--status <status>', { zh: '状态', en: 'status' });

export const versionParam = z.coerce.number().int().min(1).max(999_999);
export const yearParam = z.coerce.number().int().min(2000).max(2199);

/** How an answer is asked for that can be a table for spreadsheets, and in which language the table is. */
export const fileQuery = {
  format: z.enum(['json', 'csv']).optional().describe('Also by `Accept: text/csv`.'),
  lang: z
    .enum(['zh', 'en'])
    .optional()
    .describe('Of a CSV. Also by `Accept-Language`; Chinese unless English is asked for.'),
};
