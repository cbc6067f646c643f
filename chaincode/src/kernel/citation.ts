import type { Words } from './words';

/** A law, or another document that rules rest on, by its full titles. */
export interface Law extends Words {
  /** 文号, by which a document that is no law is found. */
  readonly number?: string;
}

/** 条、款、项: a number alone does not tell a paragraph from an item, so each says which it is. */
export interface Place {
  readonly article: number;
  readonly paragraph?: number;
  readonly item?: number;
}

/** Places of one law; none where the law is cited as a whole. */
export interface Citation {
  readonly law: Law;
  readonly places: readonly Place[];
}

/** `cite(onceReform, 7, { article: 43, item: 3 })`: a number is an article as a whole. */
export const cite = (law: Law, ...places: readonly (number | Place)[]): Citation => ({
  law,
  places: places.map((place) => (typeof place === 'number' ? { article: place } : place)),
});

/** `《中华人民共和国行政许可法》第四十二条第二款；…`, and the same in English with the title by which the law is found. */
export function citationWords(citations: readonly Citation[]): Words {
  return {
    zh: citations.map(inChinese).join('；'),
    en: citations.map(inEnglish).join('; '),
  };
}

function inChinese({ law, places }: Citation): string {
  const numbered = places.map(
    ({ article, paragraph, item }) =>
      part(article, '条') + part(paragraph, '款') + part(item, '项'),
  );
  const number = law.number === undefined ? '' : `（${law.number}）`;
  return `《${law.zh}》${number}${numbered.join('、')}`;
}

const part = (number: number | undefined, unit: string): string =>
  number === undefined ? '' : `第${numeral(number)}${unit}`;

function inEnglish({ law, places }: Citation): string {
  const numbered = places.map(
    ({ article, paragraph, item }) =>
      `${String(article)}${named('paragraph', paragraph)}${named('item', item)}`,
  );
  const title = [law.en, law.zh, ...(law.number === undefined ? [] : [law.number])].join(' ');
  return numbered.length === 0 ? title : `${title} art ${numbered.join(', ')}`;
}

const named = (unit: string, number: number | undefined): string =>
  number === undefined ? '' : ` ${unit} ${String(number)}`;

const digits = '零一二三四五六七八九';

/** 1 to 99 in Chinese numerals. */
function numeral(number: number): string {
  if (number < 10) return digits.charAt(number);
  const tens = number < 20 ? '' : digits.charAt(Math.floor(number / 10));
  return `${tens}十${number % 10 === 0 ? '' : digits.charAt(number % 10)}`;
}
