import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';

/** Rows of the table of threats: the text of the last column's cells. */
function testsOfRows(): string[][] {
  const text = readFileSync('docs/threat-model.md', 'utf8');
  const table = text.slice(text.indexOf('## Each threat'), text.indexOf('## Weaknesses of Fabric'));
  const rows = table.split('\n').filter((line) => /^\| \d/.test(line));
  return rows.map((row) => {
    const cell = row.split(' | ').at(-1) ?? '';
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  });
}

describe('docs/threat-model.md', () => {
  it('has a test in every row of its table, which is there', () => {
    const rows = testsOfRows();
    expect(rows.length).to.be.greaterThan(30);
    for (const row of rows) {
      expect(row).to.not.be.empty;
      for (const name of row) expect(existsSync(`test/${name}.test.ts`), name).to.equal(true);
    }
  });

  it('names every attack that is played', () => {
    const named = new Set(testsOfRows().flat());
    const played = readdirSync('test/attacks').filter((file) => file.endsWith('.test.ts'));
    for (const file of played) {
      expect([...named]).to.include(`attacks/${file.slice(0, -'.test.ts'.length)}`);
    }
  });
});
