import { compileSignaturePolicy, parseSignaturePolicy, type Policy } from '@yici/ledger';
import { planEndorsers } from '@yici/network/testing';
import { expect } from 'chai';

const policy = (dsl: string): Policy => compileSignaturePolicy(parseSignaturePolicy(dsl));
const peers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `D${index}MSP`);
const outOf = (n: number, mspIds: readonly string[]): Policy =>
  policy(`OutOf(${n}, ${mspIds.map((one) => `'${one}.peer'`).join(', ')})`);

describe('choosing endorsers', () => {
  it('takes the own department alone when nothing more is asked', () => {
    expect(planEndorsers([], ['D3MSP', 'D0MSP'])).to.deep.equal(['D3MSP']);
  });

  it('adds the fewest others, the own department first', () => {
    expect(planEndorsers([outOf(2, peers(4))], ['D2MSP', 'D0MSP', 'D1MSP', 'D3MSP'])).to.deep.equal(
      ['D2MSP', 'D0MSP'],
    );
  });

  it('leaves the own department out when its word does not count', () => {
    expect(planEndorsers([policy("OR('D1MSP.peer')")], ['D0MSP', 'D1MSP'])).to.deep.equal([
      'D1MSP',
    ]);
  });

  it('satisfies every policy at once', () => {
    const policies = [outOf(2, peers(4)), policy("AND('D1MSP.peer', 'D3MSP.peer')")];
    expect(planEndorsers(policies, peers(4))).to.have.members(['D1MSP', 'D3MSP']);
  });

  it('says when no set of departments is enough', () => {
    expect(planEndorsers([outOf(3, peers(4))], ['D0MSP', 'D1MSP'])).to.equal(undefined);
    expect(planEndorsers([], [])).to.equal(undefined);
  });

  it('is quick for a province: sixteen of thirty-one', () => {
    const candidates = ['D30MSP', ...peers(30)];
    const started = performance.now();
    const chosen = planEndorsers([outOf(16, candidates)], candidates);
    expect(chosen).to.have.length(16).and.include('D30MSP');
    expect(performance.now() - started).to.be.lessThan(1000);
  });
});
