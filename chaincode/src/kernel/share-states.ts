import { z } from 'zod';
import { namesOf, type Vocabulary } from './words';

/** States of a share (共享): the request, its reply, its use and its end. */
export const shareStateWords = {
  REQUESTED: { zh: '待负责人同意', en: "waits for the head's consent" },
  FILED: { zh: '待答复', en: 'waits for the reply' },
  INCOMPLETE: { zh: '待补充', en: 'waits for a supplement' },
  GRANTED: { zh: '已同意共享', en: 'granted' },
  REFUSED: { zh: '不同意共享', en: 'refused' },
  WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
  SUSPENDED: { zh: '已暂停', en: 'suspended' },
  ENDED: { zh: '已终止', en: 'ended' },
  DISPOSED: { zh: '已处置', en: 'data disposed of' },
} satisfies Vocabulary;
export const shareState = z.enum(namesOf(shareStateWords));
export type ShareState = z.output<typeof shareState>;
