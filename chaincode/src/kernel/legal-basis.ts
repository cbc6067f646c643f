import { z } from 'zod';
import { text } from './scalars';
import { namesOf, type Vocabulary } from './words';

/** 设定依据: law, document number, clause and its text. */
export const legalBasis = z.strictObject({
  law: text(200),
  documentNumber: text(100).exactOptional(),
  clause: text(100),
  text: text(2000),
});

/** 法律、法规: what can set the limit of a licence otherwise; a rule (规章) cannot (Administrative Licensing Law art 42(1)). */
export const statuteRankWords = {
  law: { zh: '法律', en: 'law' },
  administrativeRegulation: { zh: '行政法规', en: 'administrative regulation' },
  localRegulation: { zh: '地方性法规', en: 'local regulation' },
} satisfies Vocabulary;
export const statute = z.strictObject({
  rank: z.enum(namesOf(statuteRankWords)),
  ...legalBasis.shape,
});
