import { date, departmentId, taskCode } from '@yici/domain/model';
import { z } from 'zod';
import { list } from '../definition.js';
import { words } from '../shapes.js';

/**
 * Why a department was over its time, as anybody may read it: what of a card is public is this list of fields and nothing
 * else. Neither the case nor whoever filed it is named, and no person.
 */
const publicExplanation = z.strictObject({
  matter: z.strictObject({ code: taskCode, name: words.nullable() }),
  department: z.strictObject({ id: departmentId, name: words.nullable() }),
  limit: z.strictObject({
    days: z.number().int().describe('In working days.'),
    basis: words,
  }),
  dueOn: date,
  daysLate: z.number().int().describe('Calendar days; of what goes on, up to today.'),
  goesOn: z.boolean(),
  explainedOn: date,
  text: z
    .string()
    .nullable()
    .describe('What was signed for the public; null where it was not asked for.'),
});
export type PublicExplanation = z.output<typeof publicExplanation>;

/** What is published: the only reads of records without a login, where the operator offers them. */
export const publicReads = {
  'explanations.list': list({
    path: '/v1/public/explanations',
    summary: {
      zh: '公开的逾期说明（无须登录；由网关运维方开启）',
      en: 'Why limits were missed, for the public: without a login, where the operator offers it; newest first',
    },
    item: publicExplanation,
    concerns: 'anybody',
  }),
};
