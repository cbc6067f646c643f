import { z } from 'zod';

/** Somebody who did something here, by the names of the ledger. */
export const who = z.strictObject({
  department: z.string(),
  role: z.string().nullable(),
  user: z.string(),
});
export type Who = z.output<typeof who>;
