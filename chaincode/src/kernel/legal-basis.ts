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

/**
 * 《…法》第四条: a law's title in its marks, whether or not whoever wrote it gave them, then its number where it has one. A
 * title that is not Chinese has no marks.
 */
export function basisText({ law, documentNumber, clause }: BasisNamed): string {
  const [, title = law, number = ''] = /^(.*?)(（[^（）]*）)?$/u.exec(law) ?? [];
  const given = documentNumber === undefined ? '' : `（${documentNumber}）`;
  if (!/\p{Script=Han}/u.test(title)) return `${law}${given} ${clause}`;
  const marked = /^《.*》$/u.test(title) ? title : `《${title}》`;
  return `${marked}${given === number ? number : number + given}${clause}`;
}

type BasisNamed = Pick<z.output<typeof legalBasis>, 'law' | 'clause'> & {
  readonly documentNumber?: string | undefined;
};
