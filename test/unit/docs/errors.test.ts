import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  citationsOf,
  citationWords,
  contractErrorCodes,
  contractErrors,
  type ContractErrorMeaning,
} from '@yici/domain/model';
import { clientExitCodes } from '@yici/client/testing';
import { gatewayStatus } from '@yici/gateway/testing';
import { auditFindingCodes, ledgerErrorCodes } from '@yici/ledger/testing';
import { networkErrorCodes } from '@yici/network/testing';

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
  network: networkErrorCodes,
  gateway: Object.keys(gatewayStatus),
  client: Object.keys(clientExitCodes),
  audit: auditFindingCodes,
};

/** The cells of the contracts' table, by code. */
function contractRows(page: string): Map<string, string[]> {
  const text = readFileSync(page, 'utf8');
  const section = text.slice(text.indexOf('\n## chaincode'), text.indexOf('\n## ledger'));
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

describe('the contracts’ errors', () => {
  const errors: [string, ContractErrorMeaning][] = Object.entries(contractErrors);
  for (const [language, page] of [
    ['en', 'docs/errors.md'],
    ['zh', 'docs/errors.zh-CN.md'],
  ] as const) {
    it(`have their sentence and what they rest on in ${page}`, () => {
      const rows = errors.map(([code, { basis, ...sentence }]): [string, string[]] => [
        code,
        [sentence[language], citationWords(citationsOf(basis))[language]],
      ]);
      expect(contractRows(page)).to.deep.equal(new Map(rows));
    });
  }
});
