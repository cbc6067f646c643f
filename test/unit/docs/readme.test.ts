import { readFileSync } from 'node:fs';
import { expect } from 'chai';

const english = readFileSync('README.md', 'utf8');
const chinese = readFileSync('README.zh-CN.md', 'utf8');

/** Lines of the code blocks without what is said beside them. */
const commands = (page: string): string[] =>
  [...page.matchAll(/^```sh\n([^`]*)^```$/gm)].flatMap(([, block = '']) =>
    block
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/\s*# .*| {3}#.*/, '')),
  );

/** Commands and paths inside sentences. */
const inline = (page: string): string[] =>
  [...page.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code).sort();

/** Targets of links; a page and its translation count as the same, and the manual for officials is in Chinese alone. */
const links = (page: string): string[] =>
  [...page.matchAll(/\]\(([^)]+)\)|<(http[^>]+)>/g)]
    .map(([, path, url]) => path ?? url ?? '')
    .filter((target) => !/^README|^docs\/手册/u.test(target))
    .map((target) => target.replace('.zh-CN.md', '.md'))
    .sort();

const headings = (page: string): number[] =>
  [...page.matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length);

describe('README in two languages', () => {
  it('names the same commands, in the same order', () => {
    expect(commands(english)).to.have.length.greaterThan(5);
    expect(commands(chinese)).to.deep.equal(commands(english));
    const only = inline(english).filter((code) => !inline(chinese).includes(code));
    expect(only).to.deep.equal([]);
  });

  it('has the same sections and links, and each page leads to the other', () => {
    expect(headings(chinese)).to.deep.equal(headings(english));
    expect(links(chinese)).to.deep.equal(links(english));
    expect(english).to.contain('(README.zh-CN.md)');
    expect(chinese).to.contain('(README.md)');
  });

  it('is Chinese to a Chinese reader, English to an English one', () => {
    const [, ...rest] = english.split('\n## ');
    expect(rest.join('\n')).to.not.match(/\p{Script=Han}/u);
    const sentences = chinese.replace(/```[^`]*```|`[^`]*`|\([^)]*\)|<[^>]*>/g, '');
    expect(sentences).to.not.match(/(?:[a-z]+ ){4}/);
  });
});
