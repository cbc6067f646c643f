const digits = '零一二三四五六七八九';

/** 1 to 99 in Chinese numerals. */
function numeral(number: number): string {
  if (number < 10) return digits.charAt(number);
  const tens = number < 20 ? '' : digits.charAt(Math.floor(number / 10));
  return `${tens}十${number % 10 === 0 ? '' : digits.charAt(number % 10)}`;
}

/** Parts of articles that are paragraphs (款); all others are items (项). */
const paragraphs: readonly string[] = ['行政许可法 42(2)'];

function chineseArticle(title: string, text: string): string {
  const [, article, part] = /^(\d+)(?:\((\d+)\))?$/.exec(text) ?? [];
  if (article === undefined) throw new RangeError(`"${text}" is not an article`);
  const unit = paragraphs.includes(`${title} ${text}`) ? '款' : '项';
  return `第${numeral(Number(article))}条${part === undefined ? '' : `第${numeral(Number(part))}${unit}`}`;
}

/** `Administrative Licensing Law 行政许可法 art 32(4); …` in Chinese form: `《行政许可法》第三十二条第四项；…`. */
export const chineseCitation = (text: string): string =>
  text
    .split('; ')
    .map((one) => {
      const [law = '', articles] = one.split(' art ');
      const title = law.slice(law.search(/\p{Script=Han}/u));
      const cited = (articles?.split(', ') ?? []).map((text) => chineseArticle(title, text));
      return `《${title}》${cited.join('、')}`;
    })
    .join('；');
