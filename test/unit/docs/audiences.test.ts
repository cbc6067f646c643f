import { readFileSync } from 'node:fs';
import { queries, queryNames } from '@yici/domain/model';
import { expect } from 'chai';

const page = readFileSync('docs/adr/0017-who-may-read-what.md', 'utf8');

describe('docs/adr/0017-who-may-read-what.md', () => {
  it('has every query of the contract in the row of its audience, and in no other', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` +\|.*\|(.*)\|$/gm)];
    const told = rows.flatMap(([, audience, cell = '']) =>
      [...cell.matchAll(/`([\w.]+)`/g)].map(([, name]) => [name, audience]),
    );
    expect(told).to.have.lengthOf(queryNames.length);
    const said = queryNames.map((name) => [name, queries[name].audience]);
    expect(Object.fromEntries(told)).to.deep.equal(Object.fromEntries(said));
  });
});
