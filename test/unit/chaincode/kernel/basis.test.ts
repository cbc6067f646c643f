import { readdirSync, readFileSync } from 'node:fs';
import {
  cite,
  citationsOf,
  contractErrors,
  laws,
  type ContractErrorMeaning,
} from '@yici/domain/model';
import { expect } from 'chai';

const first = cite(laws.licensing, 38);
const second = cite(laws.onceReform, 11);
const bases = { decision: [first], door: [second], house: [] };

describe('what a refusal rests on', () => {
  it('is what its details name, or without details all that the code can rest on', () => {
    expect(citationsOf(bases, { basis: 'door' })).to.deep.equal([second]);
    expect(citationsOf(bases, { basis: 'house' })).to.deep.equal([]);
    for (const details of [
      undefined,
      {},
      { basis: 'other' },
      { basis: 'toString' },
      { basis: 1 },
    ]) {
      expect(citationsOf(bases, details)).to.deep.equal([first, second]);
    }
    expect(citationsOf([first], { basis: 'house' })).to.deep.equal([first]);
    expect(citationsOf(undefined)).to.deep.equal([]);
  });

  it('is named by every refusal whose code tells several apart', () => {
    const several = Object.entries(contractErrors)
      .filter(([, { basis = [] }]: [string, ContractErrorMeaning]) => !Array.isArray(basis))
      .map(([code]) => code);
    expect(several).to.include('REASON_REQUIRED');
    const folder = 'chaincode/src';
    const nameless = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => {
        const text = readFileSync(`${folder}/${file}`, 'utf8');
        return [...text.matchAll(/new ContractError\(\s*'([A-Z_]+)'/g)].map(
          ([, code = '']) => code,
        );
      })
      .filter((code) => several.includes(code));
    expect(nameless).to.deep.equal([]);
  });
});
