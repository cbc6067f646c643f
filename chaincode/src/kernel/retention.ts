import { z } from 'zod';
import { text } from './scalars';
import { namesOf, type Vocabulary } from './words';

/** 保管期限. */
export const retentionWords = {
  permanent: { zh: '永久', en: 'permanent' },
  years30: { zh: '30年', en: '30 years' },
  years10: { zh: '10年', en: '10 years' },
} satisfies Vocabulary;
export const retentionPeriod = z.enum(namesOf(retentionWords));

/** How long it is kept, and the entry of the schedule (归档范围和保管期限表) that says so (Regulation on Archives art 19(2)). */
export const retention = z.strictObject({ period: retentionPeriod, basis: text(200) });
export type Retention = z.output<typeof retention>;
