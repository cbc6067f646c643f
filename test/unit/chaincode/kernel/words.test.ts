import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

const folder = 'chaincode/src';
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }));

describe('closed lists of the domain', () => {
  it('have their words in both languages beside them: none but names of digests is written into a schema without', () => {
    const bare = sources.filter(({ text }) => /z\s*\.enum\(\[\s*'(?!sha256)/.test(text));
    expect(bare.map(({ file }) => file)).to.deep.equal([]);
  });

  it('have a word for each member that differs from the others in its list', () => {
    const tables = sources.flatMap(({ file, text }) =>
      [
        ...text.matchAll(
          /^export const (\w+) = \{\n([\s\S]*?)\n\} satisfies (?:Coded)?Vocabulary;/gm,
        ),
      ].map(([, name, body = '']) => ({ name: `${file} ${name}`, body })),
    );
    expect(tables).to.have.length.above(50);
    for (const { name, body } of tables) {
      // A word is written out, or is what articles are called.
      const words = [...body.matchAll(/\bzh: '([^']+)'|citationWords\((\[[\s\S]*?\])\)/g)].map(
        ([, zh, cited]) => zh ?? cited,
      );
      expect(words, name).to.have.length.above(1);
      expect(new Set(words).size, name).to.equal(words.length);
    }
  });
});
