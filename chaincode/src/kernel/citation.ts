import { z } from 'zod';
import { namesOf, type Vocabulary, type Words } from './words';

/** 依据 or 参照: a law is in force for how a matter is handled, or is only followed because a document says so. */
export const standingWords = {
  applies: { zh: '依据', en: 'under' },
  followed: { zh: '参照', en: 'by analogy with' },
} satisfies Vocabulary;
export type Standing = keyof typeof standingWords;

/** How the laws of handling stand for one matter; one that is absent is not claimed at all. */
export const standings = z.strictObject({
  licensing: z.enum(namesOf(standingWords)).exactOptional(),
  onceReform: z.enum(namesOf(standingWords)).exactOptional(),
});
export type Standings = z.output<typeof standings>;

/** A law, or another document that rules rest on, by its full titles. */
export interface Law extends Words {
  /** 文号, by which a document that is no law is found. */
  readonly number?: string;
  /** It is a law of handling: whether it is in force depends on the matter. */
  readonly handling?: keyof Standings;
  /** What a citation says of that where no matter is at hand. */
  readonly reach?: Words;
  /** Its articles on liability: they are never taken over by analogy. */
  readonly liability?: readonly number[];
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
  /** Of a rule that only concerns matters for which the law is in force. */
  readonly outright?: true;
}

/** `cite(onceReform, 7, { article: 43, item: 3 })`: a number is an article as a whole. */
export const cite = (law: Law, ...places: readonly (number | Place)[]): Citation => ({
  law,
  places: places.map((place) => (typeof place === 'number' ? { article: place } : place)),
});

/** The same of a rule that only concerns matters for which the law is in force. */
export const citeOutright = (...cited: Parameters<typeof cite>): Citation => ({
  ...cite(...cited),
  outright: true,
});

/**
 * What a code rests on. One that serves several rules names what each of them rests on, nothing for a rule of this system;
 * its refusals say which it is (see {@link basisKey}), so that none cites what it does not rest on.
 */
export type Basis = readonly Citation[] | Readonly<Record<string, readonly Citation[]>>;

/** Under which name the details of a refusal say what it rests on. */
export const basisKey = 'basis';

/** What a refusal with these details rests on; without details all that the code can rest on. */
export function citationsOf(basis: Basis = [], details?: unknown): readonly Citation[] {
  if (isList(basis)) return basis;
  const parsed = z.looseObject({ [basisKey]: z.string() }).safeParse(details);
  const name = parsed.success ? parsed.data[basisKey] : undefined;
  const named = name !== undefined && Object.hasOwn(basis, name) ? basis[name] : undefined;
  return named ?? Object.values(basis).flat();
}

const isList = (basis: Basis): basis is readonly Citation[] => Array.isArray(basis);

/** What a rule rests on that no law has. */
export const houseRule: Words = { zh: '本系统规则', en: 'a rule of this system' };

/** `《中华人民共和国行政许可法》第四十二条第二款；…`, and the same in English with the title by which the law is found. */
export function citationWords(citations: readonly Citation[]): Words {
  const reachOf = ({ law, outright }: Citation) => (outright === true ? undefined : law.reach);
  return {
    zh: citations.map((one) => `${inChinese(one)}${reachOf(one)?.zh ?? ''}`).join('；'),
    en: citations.map((one) => `${inEnglish(one)}${reachOf(one)?.en ?? ''}`).join('; '),
  };
}

/**
 * `依据《…》第…条；参照《…》第…条`: what a refusal rests on. Of a law of handling it says how the law stands for the matter; a law
 * that the matter does not claim is left out, and so is the liability under one that it only follows.
 */
export function basisWords(citations: readonly Citation[] = [], ofMatter?: Standings): Words {
  const claimed = citations.flatMap((one) => {
    const { handling } = one.law;
    const known = handling === undefined || one.outright === true || ofMatter === undefined;
    const standing = known ? 'applies' : ofMatter[handling];
    const places = standing === 'followed' ? withoutLiability(one) : one.places;
    if (standing === undefined || (places.length === 0 && one.places.length > 0)) return [];
    const { zh, en } = ofMatter === undefined ? citationWords([one]) : plain({ ...one, places });
    const lead = standingWords[standing];
    return [{ zh: `${lead.zh}${zh}`, en: `${lead.en} ${en}` }];
  });
  if (claimed.length === 0) return houseRule;
  return {
    zh: claimed.map(({ zh }) => zh).join('；'),
    en: claimed.map(({ en }) => en).join('; '),
  };
}

const withoutLiability = ({ law, places }: Citation): readonly Place[] =>
  places.filter(({ article }) => law.liability?.includes(article) !== true);

const plain = (one: Citation): Words => ({ zh: inChinese(one), en: inEnglish(one) });

/** How the laws of handling stand, as the details of a refusal have it: see {@link handlingKey}. */
export function standingsIn(details: unknown): Standings | undefined {
  const parsed = z.looseObject({ [handlingKey]: standings }).safeParse(details);
  return parsed.success ? parsed.data[handlingKey] : undefined;
}

/** Under which name the details of a refusal say how the laws of handling stand for the matter. */
export const handlingKey = 'handling';

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
