import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  citationsOf,
  citationWords,
  contractErrorCodes,
  contractErrors,
  meaningWords,
  type ContractErrorMeaning,
} from '@yici/domain/model';
import { clientExitCodes } from '@yici/client/testing';
import { gatewayErrorWords, gatewayStatus } from '@yici/gateway/testing';
import { auditVerdict } from '@yici/ledger';
import { auditFindingWords, ledgerErrorCodes } from '@yici/ledger/testing';
import { keyErrorCodes } from '@yici/keys';
import { networkErrorCodes } from '@yici/network/testing';
import { paperErrorCodes } from '@yici/papers';

/** The first cells of a page's tables, by the package that its section is about. */
function codesIn(page: string): Map<string, string[]> {
  const documented = new Map<string, string[]>();
  let section = '';
  for (const line of readFileSync(page, 'utf8').split('\n')) {
    section = /^## `?([a-z]+)/.exec(line)?.[1] ?? section;
    const code = /^\| `([A-Z0-9_]+)`\s*\|/.exec(line)?.[1];
    if (code !== undefined) documented.set(section, [...(documented.get(section) ?? []), code]);
  }
  return documented;
}

const lists: Readonly<Record<string, readonly string[]>> = {
  chaincode: contractErrorCodes,
  ledger: ledgerErrorCodes,
  keys: keyErrorCodes,
  network: networkErrorCodes,
  gateway: Object.keys(gatewayStatus),
  client: Object.keys(clientExitCodes),
  papers: paperErrorCodes,
  audit: Object.keys(auditFindingWords),
};

/** The cells of a package's table, by code. */
function rowsOf(page: string, name: string): Map<string, string[]> {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(`\n## ${name}`);
  const section = text.slice(from, text.indexOf('\n## ', from + 1));
  const lines = section.split('\n').filter((line) => line.startsWith('| `'));
  const cells = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  return new Map(cells.map(([code = '', ...rest]) => [code.slice(1, -1), rest]));
}

for (const page of ['docs/errors.md', 'docs/errors.zh-CN.md']) {
  describe(page, () => {
    const documented = codesIn(page);
    for (const [name, codes] of Object.entries(lists)) {
      it(`documents every code of ${name} once, and no other`, () => {
        expect([...(documented.get(name) ?? [])].sort()).to.deep.equal([...codes].sort());
      });
    }
  });
}

for (const [language, page] of [
  ['en', 'docs/errors.md'],
  ['zh', 'docs/errors.zh-CN.md'],
] as const) {
  describe(`the words of refusals in ${page}`, () => {
    it('are those of the rules: the sentence of each cause, what to do, and what it rests on', () => {
      const rows = contractErrorCodes.map((code): [string, string[]] => {
        const { sentences, next } = meaningWords(code, language);
        const { basis }: ContractErrorMeaning = contractErrors[code];
        const law = citationWords(citationsOf(basis))[language];
        return [code, [sentences.join('<br>'), next, law]];
      });
      expect(rowsOf(page, 'chaincode')).to.deep.equal(new Map(rows));
    });

    it('are those of the gateway: what happened and what to do', () => {
      const rows = Object.entries(gatewayErrorWords).map(([code, { what, next }]) => [
        code,
        [what[language], next[language]],
      ]);
      expect([...rowsOf(page, 'gateway')]).to.deep.equal(rows);
    });

    it('are those of the verifier: what was found, and which verdict it makes', () => {
      const rows = Object.entries(auditFindingWords).map(([name, words]) => {
        // The names of that record.
        const code = name as keyof typeof auditFindingWords;
        const verdict = auditVerdict([{ code }]);
        return [code, [words[language], verdict === 'VERIFIED' ? '-' : verdict]];
      });
      expect([...rowsOf(page, 'audit')]).to.deep.equal(rows);
    });
  });
}
