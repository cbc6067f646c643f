import { readFileSync } from 'node:fs';
import { cite, citationWords, laws, type Law } from '@yici/domain/model';
import { expect } from 'chai';

const cited: readonly Law[] = Object.values(laws);
/** The longest first: a law's regulation has the law's own title in its own. */
const titles = cited
  .flatMap(({ zh, number }) => [zh, number ?? ''])
  .filter((one) => one !== '')
  .sort((one, other) => other.length - one.length);

/** The page without the link to the other language, the Chinese titles and numbers of laws, and what is quoted from them. */
const englishProse = (page: string): string =>
  titles
    .reduce(
      (text, title) => text.replaceAll(title, ''),
      readFileSync(page, 'utf8').replace('[中文]', ''),
    )
    .replaceAll(/“[^”]*”/g, '');

const chineseProse = (page: string): string =>
  readFileSync(page, 'utf8').replace(/```[^`]*```|`[^`]*`|\([^)]*\)/g, '');

for (const name of ['rules', 'figures', 'errors']) {
  describe(`docs/${name}.md and docs/${name}.zh-CN.md`, () => {
    it('link to each other at the top', () => {
      const top = (page: string) => readFileSync(page, 'utf8').split('\n')[2];
      expect(top(`docs/${name}.md`)).to.equal(`English · [中文](${name}.zh-CN.md)`);
      expect(top(`docs/${name}.zh-CN.md`)).to.equal(`[English](${name}.md) · 中文`);
    });

    it('are each in one language', () => {
      expect(englishProse(`docs/${name}.md`)).to.not.match(/\p{Script=Han}/u);
      expect(chineseProse(`docs/${name}.zh-CN.md`)).to.not.match(/(?:[a-z]+ ){4}/);
    });
  });
}

describe('a citation', () => {
  const ofSteps = cite(laws.onceReform, { article: 5, paragraph: 3 });
  const ofSilence = cite(laws.licensing, { article: 32, paragraph: 1, item: 4 }, 20);

  it('has its full title in quotes in Chinese, and says what is a paragraph and what an item', () => {
    expect(citationWords([ofSteps, ofSilence]).zh).to.equal(
      '《浙江省保障“最多跑一次”改革规定》第五条第三款；《中华人民共和国行政许可法》第三十二条第一款第四项、第二十条（非行政许可事项参照）',
    );
  });

  it('says the same in English, with the title by which the law is found', () => {
    expect(citationWords([ofSilence]).en).to.equal(
      'Administrative Licensing Law 中华人民共和国行政许可法 art 32 paragraph 1 item 4, 20 (by analogy for what is no licence)',
    );
  });

  it('has an item of an article that is not divided into paragraphs', () => {
    expect(citationWords([cite(laws.onceReform, { article: 43, item: 5 })]).zh).to.equal(
      '《浙江省保障“最多跑一次”改革规定》第四十三条第五项',
    );
  });

  it('is the law alone where no article is cited', () => {
    expect(citationWords([cite(laws.holidays)]).zh).to.equal('《全国年节及纪念日放假办法》');
  });
});
