import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';

const folders = [
  'chaincode',
  'chaincode/library',
  'terminal',
  'ledger',
  'keys',
  'network',
  'gateway',
  'papers',
  'client',
];
const names = z.record(z.string(), z.string()).default({});
const manifest = z.looseObject({
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
});

const list = (cell: string): string[] => cell.trim().split(', ');

describe('docs/adr/0008-runtime-dependencies.md', () => {
  it('names every package that is declared for running, where it is declared, and no other', () => {
    const page = readFileSync('docs/adr/0008-runtime-dependencies.md', 'utf8');
    const rows = [...page.matchAll(/^\|([^|]*)\|([^|]*)\|/gm)].slice(2);
    const documented = rows.flatMap(([, names = '', places = '']) =>
      list(names).flatMap((name) => list(places).map((place) => `${place}: ${name}`)),
    );
    const declared = folders.flatMap((folder) => {
      const file: unknown = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
      const { dependencies, optionalDependencies, peerDependencies } = manifest.parse(file);
      return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
        .filter((name) => !name.startsWith('@yici/'))
        .map((name) => `${folder}: ${name}`);
    });
    expect(declared).to.have.length.greaterThan(20);
    expect(documented.sort()).to.deep.equal(declared.sort());
  });
});
