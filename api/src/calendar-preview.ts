import { caseNo, departmentId, movedClock } from '@yici/domain/model';
import { z } from 'zod';

/** Most cases that a preview lists. */
export const mostPreviewed = 200;

/** What a calendar would move once it is in force: the due dates of the open cases that counted with its year. */
export const calendarPreview = z.strictObject({
  items: z
    .array(z.strictObject({ caseNo, owner: departmentId, moved: z.array(movedClock) }))
    .describe('Of the cases that you may see, the first 200.'),
  /** All that it moves, those not listed included. */
  count: z.number().int(),
});
export type CalendarPreview = z.output<typeof calendarPreview>;
