import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { contractErrorCodes } from '@yici/chaincode/model';
import { clientErrorCodes } from '@yici/client/testing';
import { gatewayErrorCodes } from '@yici/gateway/testing';
import { ledgerErrorCodes } from '@yici/ledger/testing';
import { networkErrorCodes } from '@yici/network/testing';

const documented = new Map<string, string[]>();
let section = '';
for (const line of readFileSync('docs/errors.md', 'utf8').split('\n')) {
  section = /^## ([a-z]+)/.exec(line)?.[1] ?? section;
  const code = /^\| `([A-Z0-9_]+)`\s*\|/.exec(line)?.[1];
  if (code !== undefined) documented.set(section, [...(documented.get(section) ?? []), code]);
}

const lists: Readonly<Record<string, readonly string[]>> = {
  chaincode: contractErrorCodes,
  ledger: ledgerErrorCodes,
  network: networkErrorCodes,
  gateway: gatewayErrorCodes,
  client: clientErrorCodes,
};

describe('docs/errors.md', () => {
  for (const [name, codes] of Object.entries(lists)) {
    it(`documents every code of ${name} once, and no other`, () => {
      expect([...(documented.get(name) ?? [])].sort()).to.deep.equal([...codes].sort());
    });
  }
});
