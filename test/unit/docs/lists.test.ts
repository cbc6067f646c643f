import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const products = ['api', 'terminal', 'ledger', 'keys', 'network', 'gateway', 'papers', 'client'];
const sources = [...products, 'console'].map((name) => `${name}/src`);
const suites = ['unit', 'integration', 'conformance', 'attacks', 'e2e', 'faults', 'bench'];
const tests = [...suites, 'support'].map((name) => `test/${name}`);

const textsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

/** The names in a list of an import or export; `at` 0: as they are called in the module, -1: as they are called after it. */
const namesIn = (list: string, at: 0 | -1): string[] =>
  list
    .split(',')
    .map((each) => each.trim().replace(/^type /, ''))
    .filter((each) => each !== '')
    .map((each) => each.split(/ as |: /).at(at) ?? '');

function shown(file: string): string[] {
  const lists = readFileSync(file, 'utf8').matchAll(/^export (?:type )?\{([^}]*)\}/gm);
  return [...lists].flatMap(([, list = '']) => namesIn(list, -1)).sort();
}

/** What of a module the code in these folders imports, at its head or when it is wanted. */
function taken(module: string, folders: readonly string[]): string[] {
  const forms = [
    new RegExp(`^(?:im|ex)port (?:type )?\\{([^}]*)\\} from '${module}'`, 'gm'),
    new RegExp(`\\{([^}]*)\\} = await import\\('${module}'\\)`, 'g'),
  ];
  const found = folders
    .flatMap(textsIn)
    .flatMap((text) => forms.flatMap((form) => [...text.matchAll(form)]))
    .flatMap(([, list = '']) => namesIn(list, 0));
  return [...new Set(found)].sort();
}

describe('what a package lists, as docs/architecture.md says,', () => {
  for (const name of ['ledger', 'network']) {
    it(`is in ${name}/src/index.ts what the code of others imports, and nothing else`, () => {
      const others = sources.filter((folder) => folder !== `${name}/src`);
      const wanted = taken(`@yici/${name}`, others);
      expect(shown(`${name}/src/index.ts`).filter((each) => !wanted.includes(each))).to.be.empty;
      expect(wanted).to.have.length.greaterThan(10);
    });
  }

  for (const name of ['ledger', 'network', 'gateway', 'client']) {
    it(`is in ${name}/src/testing.ts what suites import, and nothing else`, () => {
      const wanted = taken(`@yici/${name}/testing`, tests);
      expect(shown(`${name}/src/testing.ts`).filter((each) => !wanted.includes(each))).to.be.empty;
      expect(wanted).to.have.length.greaterThan(10);
    });
  }
});
