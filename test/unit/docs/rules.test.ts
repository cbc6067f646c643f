import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { citationWords, contractErrorCodes } from '@yici/domain/model';
import { measures } from '@yici/gateway/testing';
import { expect } from 'chai';
import { everySaid, saidBy, unseen } from '../../support/rules/article-words.js';
import type { RuleRow } from '../../support/rules/row.js';
import {
  basisOf,
  chineseCells,
  englishCells,
  everyRefusal,
  ruleRows,
} from '../../support/rules/table.js';

const sourceFolder = 'chaincode/src';

/** What handlers take beside rules; it decides nothing. */
const helpers = ['cardIdOf', 'cardShelf', 'concernedByOrder', 'deliverPrivately'];

/** Codes that no rule gives: what reached the contract or the ledger is not usable at all. */
const beforeAnyRule = [
  'UNKNOWN_TRANSACTION',
  'TIME_OUT_OF_RANGE',
  'IDENTITY_UNUSABLE',
  'STORED_RECORD_INVALID',
];

/** Each file of a concept or of the kernel by its path, without what binds them to Fabric. */
const sources = new Map(
  readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!contracts|runner|shim)[a-z-]+(?:\/[a-z-]+)+\.ts$/.test(file))
    .map((file) => [file.slice(0, -'.ts'.length), readFileSync(`${sourceFolder}/${file}`, 'utf8')]),
);

/** The file of the rules that defines an exported function. */
function fileOf(name: string): string | undefined {
  const definition = new RegExp(`^export (?:function|const) ${name}\\b`, 'm');
  return [...sources].find(([, text]) => definition.test(text))?.[0];
}

/** How rules refuse: with a code that rests on one thing, or with one that says on what. */
const refused = /(?:new ContractError|refusedOn)\(\s*'([A-Z_]+)'/g;

const codesIn = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, code]) => code);
const sharedCodes = codesIn(sources.get('kernel/errors') ?? '', /^ {2}([A-Z_]+): \{/gm);

/** What a rule's own file refuses beyond what all concepts refuse alike: a rule without any adds nothing of the law. */
const ownRefusals = (name: string) =>
  codesIn(sources.get(fileOf(name) ?? '') ?? '', refused).filter(
    (code) => !sharedCodes.includes(code),
  );

/** The text of a file of the rules and of every other one it stands on. */
function reach(file: string, seen = new Set<string>()): string {
  const text = sources.get(file);
  if (text === undefined || seen.has(file)) return '';
  seen.add(file);
  const imported = [...text.matchAll(/ from '((?:\.\.?\/)+[a-z0-9/-]+)'/g)].map(([, name = '']) =>
    posix.join(dirname(file), name),
  );
  return text + imported.map((name) => reach(name, seen)).join('');
}

/** The test of that title, from its first line to its last. */
function testOf(file: string, title: string): string | undefined {
  const text = readFileSync(`test/unit/chaincode/${file}.test.ts`, 'utf8');
  for (const quote of ["'", '`']) {
    const at = text.indexOf(`it(${quote}${title}${quote},`);
    if (at < 0) continue;
    const indent = ' '.repeat(at - text.lastIndexOf('\n', at) - 1);
    return text.slice(at, text.indexOf(`\n${indent}});`, at));
  }
  return undefined;
}

const testsOf = (row: RuleRow): [string, string][] =>
  Object.entries(row.tests).flatMap(([file, titles]) =>
    titles.map((title): [string, string] => [file, title]),
  );

/** Some refusal of the row cites one of the laws it rests on, the same articles among its own. */
function isCited(row: RuleRow): boolean {
  const cited = row.codes.flatMap(basisOf);
  return (row.basis ?? []).some(({ law, places }) =>
    cited.some(
      (one) =>
        one.law === law &&
        places.every((place) => one.places.some((known) => isDeepStrictEqual(known, place))),
    ),
  );
}

/** The cells of the rows of a page's table. */
const cellsIn = (page: string): string[][] =>
  readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim()),
    );

describe('docs/rules.md and docs/rules.zh-CN.md', () => {
  it('say what the table of rules says, row by row', () => {
    expect(cellsIn('docs/rules.md')).to.deep.equal(ruleRows.map(englishCells));
    expect(cellsIn('docs/rules.zh-CN.md')).to.deep.equal(ruleRows.map(chineseCells));
  });

  it('quotes each article that a rule rests on, word for word from the texts that were read', () => {
    const cited = ruleRows.flatMap(({ basis = [] }) => basis);
    const withText = cited.filter(({ law }) => !unseen.includes(law));
    const words = saidBy(withText);
    for (const one of withText)
      expect(saidBy([one]), citationWords([one]).zh).to.not.include(undefined);
    expect(everySaid.filter((text) => !words.includes(text))).to.deep.equal([]);
    const texts = readFileSync('docs/law-review.md', 'utf8');
    const quoted = everySaid.flatMap((text) => text.split('…'));
    expect(quoted.filter((part) => !texts.includes(part))).to.deep.equal([]);
  });

  it('has the rules R1 to R15, each row under a name of its own', () => {
    const ids = ruleRows.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (let number = 1; number <= 15; number += 1) expect(ids).to.include(`R${number}`);
  });

  it('names every rule that a handler runs and that refuses what no other concept does', () => {
    const used = [...sources]
      .filter(([file]) => file.endsWith('/handlers'))
      .flatMap(([, text]) => [...text.matchAll(/^import \{([^}]*)\} from '(\..*)';/gm)])
      .filter(([, , from = '']) => !/kernel|\/(?:load|on-\w+|kinds|[\w-]*records)$/.test(from))
      .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
      .filter((name) => !name.startsWith('type '))
      .map((name) => name.split(' ')[0] ?? '');
    const run = new Set(used.filter((name) => name !== '' && !helpers.includes(name)));
    const named = new Set(ruleRows.flatMap((row) => row.functions));
    const unnamed = [...run].filter((name) => !named.has(name));
    expect(unnamed.flatMap((name) => ownRefusals(name).map((code) => [name, code]))).to.deep.equal(
      [],
    );
    for (const name of helpers) expect(used).to.include(name);
  });

  it('shows every refusal of the closed list in some row', () => {
    const shown: readonly string[] = ruleRows.flatMap((row) => row.codes);
    expect(contractErrorCodes.filter((code) => !shown.includes(code))).to.deep.equal(beforeAnyRule);
  });

  it('names figures that are served, and says of every figure of refusals which rules it shows', () => {
    const ids = measures.map(({ id }) => id);
    const shown = new Set(ruleRows.flatMap((row) => row.figures));
    expect([...shown].filter((id) => !ids.includes(id))).to.deep.equal([]);
    const refusals = measures.filter(({ family }) => family === 'refusal').map(({ id }) => id);
    expect([...shown, everyRefusal]).to.include.members(refusals);
  });

  for (const row of ruleRows) {
    describe(row.id, () => {
      it('has refusals of the closed list, reachable from its functions', () => {
        const files = row.functions.map((name) => fileOf(name));
        expect(files).to.not.include(undefined);
        const text = files.map((file) => reach(file ?? '')).join('');
        for (const code of row.codes) {
          expect(contractErrorCodes).to.include(code);
          // The schema refuses before a rule is asked.
          if (code !== 'VALIDATION_FAILED') expect(text, code).to.include(`'${code}'`);
        }
      });

      it('has tests that try to break it, one for every refusal', () => {
        const bodies = testsOf(row).map(([file, title]) => testOf(file, title));
        testsOf(row).forEach(([, title], index) => expect(bodies[index], title).to.be.a('string'));
        for (const body of bodies) {
          const refused = row.codes.filter((code) => body?.includes(`'${code}'`));
          expect(refused, body?.slice(0, 100)).to.not.deep.equal([]);
        }
        const all = bodies.join('\n');
        for (const code of row.codes) expect(all).to.include(`'${code}'`);
      });

      it('rests on a law that a refusal cites, or says that it is a rule of this system', () => {
        if (row.basis !== undefined) expect(isCited(row)).to.equal(row.uncited === undefined);
      });
    });
  }
});
