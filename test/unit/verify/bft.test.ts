import { expect } from 'chai';
import { encodeBlock, type ConfigGroup } from '@yici/ledger';
import { editGroup, meta } from '../../support/ledger/channel.js';
import { createLab, type Lab } from '../../support/ledger/lab.js';
import type { Person } from '../../support/ledger/organization.js';
import { audit, chainOf, found } from './support/audit.js';
import { TestChain, type AppendOptions } from './support/chain.js';
import { defineChaincode, newTimeout } from './support/traffic.js';

describe('the verifier of a chain with byzantine fault tolerant ordering', () => {
  let lab: Lab;
  let consenters: readonly Person[];

  before(async () => {
    lab = await createLab();
    consenters = await Promise.all(
      [1, 2, 3, 4].map((id) => lab.ordererOrganization.issue(`orderer${id}`, 'orderer')),
    );
  });

  const signedBy = async (
    options: AppendOptions,
    edit?: (tree: ConfigGroup) => ConfigGroup,
  ): Promise<readonly string[]> => {
    const chain = new TestChain(lab, { kind: 'bft', consenters }, edit);
    await chain.append([defineChaincode(lab)], options);
    return found(await audit(chainOf(chain.blocks), chain.pin));
  };

  it('accepts a block that a quorum of the consenters signed by their numbers', async () => {
    expect(await signedBy({})).to.deep.equal([]);
    expect(await signedBy({ signers: [3, 0, 2] })).to.deep.equal([]);
  });

  it('refuses a block that fewer signed, or one of them twice', async () => {
    expect(await signedBy({ signers: [0, 1] })).to.deep.equal(['SIGNATURES_INSUFFICIENT 1']);
    expect(await signedBy({ signers: [0, 1, 1] })).to.deep.equal(['SIGNATURES_INSUFFICIENT 1']);
  });

  it('asks for the quorum also where the policy asks for less', async () => {
    const lax = (tree: ConfigGroup): ConfigGroup =>
      editGroup(tree, ['Orderer'], (group) => ({
        ...group,
        policies: new Map([...group.policies, ['BlockValidation', meta('any', 'Writers')]]),
      }));
    expect(await signedBy({ signers: [0, 1, 2] }, lax)).to.deep.equal([]);
    expect(await signedBy({ signers: [0, 1] }, lax)).to.deep.equal(['SIGNATURES_INSUFFICIENT 1']);
  });

  it('refuses a signature under another consenter’s number', async () => {
    const chain = new TestChain(lab, { kind: 'bft', consenters });
    const other = new TestChain(lab, { kind: 'bft', consenters: [...consenters].reverse() });
    await chain.append([defineChaincode(lab)]);
    const blocks = [chain.blocks[0]!, other.sign(chain.blocks[1]!)];
    expect(found(await audit(chainOf(blocks), chain.pin))).to.deep.equal([
      'SIGNATURES_INSUFFICIENT 1',
    ]);
  });

  it('judges a block by the config before it, and what follows by its own', async () => {
    const admin = await lab.ordererOrganization.issue('admin', 'admin');
    const chain = new TestChain(lab, { kind: 'bft', consenters });
    await chain.append([newTimeout(chain.config, '3s', { orderer: consenters[0]!, admin })]);
    await chain.append([defineChaincode(lab)]);
    const honest = chainOf(chain.blocks);
    expect(found(await audit(honest, chain.pin))).to.deep.equal([]);
    const weak = chain.sign(chain.blocks[1]!, { signers: [0] });
    honest.set(1n, encodeBlock(weak));
    expect(found(await audit(honest, chain.pin))).to.deep.equal(['SIGNATURES_INSUFFICIENT 1']);
  });
});
