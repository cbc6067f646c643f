import { readFileSync } from 'node:fs';
import { laws } from '@yici/domain/model';
import { expect } from 'chai';
import { chineseCitation } from '../../support/rules/chinese-citation.js';

const titles = Object.values(laws).map((law) => law.slice(law.search(/\p{Script=Han}/u)));

/** The page without its heading, the link to the other language, code and the Chinese titles of laws. */
const englishProse = (page: string): string =>
  titles.reduce(
    (text, title) => text.replaceAll(title, ''),
    readFileSync(page, 'utf8').replace('[中文]', ''),
  );

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

describe('a citation in Chinese', () => {
  it('has the title in quotes, and articles and items in Chinese numerals', () => {
    expect(chineseCitation(`${laws.onceReform} art 11, 43(3); ${laws.licensing} art 20`)).to.equal(
      '《浙江省保障“最多跑一次”改革规定》第十一条、第四十三条第三项；《行政许可法》第二十条',
    );
  });

  it('tells paragraphs from items', () => {
    expect(chineseCitation(`${laws.licensing} art 42(2)`)).to.equal(
      '《行政许可法》第四十二条第二款',
    );
  });

  it('is the law alone where no article is cited', () => {
    expect(chineseCitation(laws.holidays)).to.equal('《全国年节及纪念日放假办法》');
  });

  it('is refused when an article is not a number', () => {
    expect(() => chineseCitation(`${laws.holidays} art six`)).to.throw(RangeError);
  });
});
