import { z } from 'zod';

/** A person or account, by department and enrolment name. */
export const actor = z.strictObject({
  department: z.string(),
  role: z.string().nullable(),
  user: z.string(),
});
export type Actor = z.output<typeof actor>;
