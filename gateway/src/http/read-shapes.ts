import { z } from 'zod';

export const noParams = z.strictObject({});

/** Page of a list: `cursor` is `next` of the page before. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2048).optional(),
};

/** Where a point read looks: the gateway's index, or the peer's own state. */
export const sourceQuery = z.strictObject({ source: z.enum(['index', 'ledger']).default('index') });

/** A list's answer. */
export const pageOfItems = (item: z.ZodType) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });
