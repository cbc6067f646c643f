import { existsSync, readFileSync } from 'node:fs';
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

/** Pages of which one language is not made from the same source as the other, but translated. */
const translated = ['console', 'integration', 'operations', 'threat-model', 'upgrading'];

for (const name of ['rules', 'figures', 'errors', ...translated]) {
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

const all = (page: string, what: RegExp): string[] =>
  [...page.matchAll(what)].map(([, found = '']) => found.replaceAll(/\s+/g, ' '));
const blocks = /```\w*\n([^`]*)```/g;

for (const name of translated) {
  describe(`docs/${name}.zh-CN.md`, () => {
    const english = readFileSync(`docs/${name}.md`, 'utf8');
    const chinese = readFileSync(`docs/${name}.zh-CN.md`, 'utf8');

    it('has the sections, tables and lists of the English page', () => {
      for (const marks of [/^(#+) /gm, /^(\|)/gm, /^( *(?:-|\d+\.)) /gm]) {
        expect(all(chinese, marks)).to.deep.equal(all(english, marks));
      }
    });

    it('has its code blocks, letter for letter, and whatever it names inside a sentence', () => {
      const [ours, theirs] = [chinese, english].map((page) => page.matchAll(blocks));
      expect([...(ours ?? [])].map(([block]) => block)).to.deep.equal(
        [...(theirs ?? [])].map(([block]) => block),
      );
      const named = (page: string) => new Set(all(page.replaceAll(blocks, ''), /`([^`]+)`/g));
      expect([...named(chinese)]).to.have.members([...named(english)]);
    });

    it('leads to the same places, in Chinese where there is a Chinese page', () => {
      const links = (page: string) => all(page, /\]\(([^)]+)\)/g);
      const away = links(chinese).filter((link) => link !== `${name}.md`);
      expect(away.map((link) => link.replace('.zh-CN.md', '.md')).sort()).to.deep.equal(
        links(english)
          .filter((link) => link !== `${name}.zh-CN.md`)
          .sort(),
      );
      const inEnglish = away.filter(
        (link) => link.endsWith('.md') && existsSync(`docs/${link.replace('.md', '.zh-CN.md')}`),
      );
      expect(inEnglish).to.deep.equal([]);
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
