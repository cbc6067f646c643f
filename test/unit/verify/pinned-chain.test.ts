import {
  findConflictCause,
  encodeBlock,
  outlineOf,
  PinnedChain,
  transactionsFilter,
  validationCode,
  verifySignature,
  withTransactionsFilter,
  evidenceOf,
  type CheckedBlock,
  type ParsedBlock,
  type TransactionEvidence,
} from '@yici/ledger';
import { expect } from 'chai';
import { createLab, type Lab } from '../../support/ledger/lab.js';
import type { Person } from '../../support/ledger/organization.js';
import { namespace, read, write } from '../../support/ledger/transaction.js';
import { TestChain } from './support/chain.js';
import { defineChaincode, endorsed, forgedTimeout, newTimeout } from './support/traffic.js';

describe('a chain that is followed from its pin by config blocks alone', () => {
  let lab: Lab;
  let ordererAdmin: Person;
  let chain: TestChain;

  /**
   * 0 genesis, 1 definition, 2 two writes, 3 a read that holds, one that does not and a write, 4 config, 5 a change,
   * 6 a read from before that change.
   */
  before(async () => {
    lab = await createLab();
    ordererAdmin = await lab.ordererOrganization.issue('admin', 'admin');
    chain = new TestChain(lab, { kind: 'raft', orderer: lab.orderer });
    const by = { orderer: lab.orderer, admin: ordererAdmin };
    const sets = (key: string) => endorsed(lab, { rwset: [namespace({ writes: [write(key)] })] });
    const updates = (key: string, block: bigint, tx: number) =>
      endorsed(lab, {
        rwset: [namespace({ reads: [read(key, block, tx)], writes: [write(key)] })],
      });
    await chain.append([defineChaincode(lab)]);
    await chain.append([sets('a'), sets('b')]);
    await chain.append([updates('a', 2n, 0), updates('a', 2n, 0), sets('c')]);
    await chain.append([newTimeout(chain.config, '3s', by)]);
    await chain.append([updates('a', 3n, 0), updates('b', 2n, 1)]);
    await chain.append([updates('a', 3n, 0)]);
    // Handed over twice, and again after somebody else had gone on from what it wrote.
    const [twice] = chain.blocks[5]!.envelopes;
    await chain.append([twice!]);
    await chain.append([updates('a', 5n, 0)]);
    await chain.append([twice!]);
  });

  const at = (number: number): ParsedBlock => chain.blocks[number]!;
  const bytesOf = (number: number): Uint8Array => encodeBlock(at(number));
  const codesOf = (findings: readonly { readonly code: string }[]) => [
    ...new Set(findings.map(({ code }) => code)),
  ];

  const following = async (...configs: readonly Uint8Array[]) => {
    const pinned = new PinnedChain({ genesisHash: chain.pin });
    const findings = [];
    for (const bytes of configs) findings.push(...(await pinned.addConfig(bytes)));
    return { pinned, codes: codesOf(findings) };
  };

  const checked = async (bytes: Uint8Array): Promise<CheckedBlock> => {
    const { pinned } = await following(bytesOf(0), bytesOf(4));
    const found = await pinned.check(bytes);
    if (!('block' in found)) return expect.fail(codesOf(found).join());
    expect(codesOf(found.findings)).to.deep.equal([]);
    return found;
  };

  /** A transaction of a block, with the code that somebody wrote beside it. */
  const witness = async (number: number, tx: number, code?: number) => {
    const codes = Uint8Array.from(transactionsFilter(at(number)) ?? []);
    if (code !== undefined) codes[tx] = code;
    const block = await checked(encodeBlock(withTransactionsFilter(at(number), codes)));
    const { txId } = outlineOf(at(number).envelopes[tx]!);
    const found = await evidenceOf(block, txId, verifySignature);
    return { block, found: found ?? expect.fail('it is not there') };
  };

  it('vouches for any block with the config before it, and for none without', async () => {
    const { pinned, codes } = await following(bytesOf(0), bytesOf(4));
    expect(codes).to.deep.equal([]);
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const found = await pinned.check(bytesOf(number));
      expect('block' in found ? codesOf(found.findings) : ['unread'], String(number)).to.deep.equal(
        [],
      );
    }
    const early = await following(bytesOf(0));
    expect(early.pinned.knowsConfigOf(bytesOf(3))).to.equal(true);
    expect(early.pinned.knowsConfigOf(bytesOf(5))).to.equal(false);
    const late = await early.pinned.check(bytesOf(5));
    expect('block' in late && codesOf(late.findings)).to.deep.equal(['LAST_CONFIG_MISMATCH']);
    const none = await new PinnedChain({ genesisHash: chain.pin }).check(bytesOf(2));
    expect('block' in none ? [] : codesOf(none)).to.deep.equal(['SIGNATURES_UNCHECKED']);
  });

  it('takes no other genesis block, and no config that was not authorised or not signed', async () => {
    const other = new TestChain(await createLab(), { kind: 'raft', orderer: lab.orderer });
    expect((await following(encodeBlock(other.blocks[0]!))).codes).to.deep.equal([
      'GENESIS_MISMATCH',
    ]);
    const stranger = (await createLab()).orderer;
    const unsigned = encodeBlock(chain.sign(at(4), { signer: stranger, lastConfig: 4n }));
    expect((await following(bytesOf(0), unsigned)).codes).to.include('SIGNATURES_INSUFFICIENT');
    const forged = new TestChain(lab, { kind: 'raft', orderer: lab.orderer });
    const by = { orderer: lab.orderer, admin: ordererAdmin };
    await forged.append([forgedTimeout(forged.config, '3s', by, lab.hrss.admin)]);
    const pinned = new PinnedChain({ genesisHash: forged.pin });
    await pinned.addConfig(encodeBlock(forged.blocks[0]!));
    const refused = await pinned.addConfig(encodeBlock(forged.blocks[1]!));
    expect(codesOf(refused)).to.deep.equal(['CONFIG_REFUSED']);
    expect(codesOf(await pinned.addConfig(Buffer.from('no block')))).to.deep.equal([
      'BLOCK_MALFORMED',
    ]);
    expect(pinned.newest?.block).to.equal(0n);
  });

  it('says on what a validation code rests', async () => {
    const basis = async (
      ...of: Parameters<typeof witness>
    ): Promise<TransactionEvidence['basis']> => (await witness(...of)).found.basis;
    expect(await basis(3, 0)).to.equal('asserted');
    expect(await basis(3, 1), 'the conflict is in its own block').to.equal('recomputed');
    expect(await basis(3, 1, validationCode.VALID)).to.equal('contradicted');
    expect(await basis(3, 0, validationCode.BAD_RWSET)).to.equal('contradicted');
    expect(await basis(3, 2, validationCode.MVCC_READ_CONFLICT)).to.equal('asserted');
  });

  it('proves a conflict by the valid transaction that came between, and by no other', async () => {
    const { block, found } = await witness(6, 0);
    expect(found.basis).to.equal('asserted');
    const [before, older] = [await checked(bytesOf(5)), await checked(bytesOf(2))];
    const shown = (blocks: readonly CheckedBlock[]) =>
      findConflictCause(block, found, blocks, verifySignature);
    expect(await shown([before])).to.match(/^[0-9a-f]{64} changed .*\/a before it$/);
    expect(await shown([]), 'no block before it').to.equal(undefined);
    expect(await shown([older]), 'written before it was read').to.equal(undefined);
    const invalid = withTransactionsFilter(at(5), [validationCode.MVCC_READ_CONFLICT, 0]);
    expect(await shown([await checked(encodeBlock(invalid))]), 'not valid').to.equal(undefined);
  });

  it('proves no conflict of an envelope that took effect before and was handed over again', async () => {
    const conflict = validationCode.MVCC_READ_CONFLICT;
    const shown = async (number: number, ...before: readonly number[]) => {
      const { block, found } = await witness(number, 0, conflict);
      const blocks = await Promise.all(before.map(async (each) => checked(bytesOf(each))));
      return findConflictCause(block, found, blocks, verifySignature);
    };
    expect(await shown(7, 5, 6), 'it stands in block 5 itself').to.equal(undefined);
    expect(await shown(7, 5), 'not the block before it').to.equal(undefined);
    expect(await shown(9, 8), 'whoever read what it wrote came after it').to.equal(undefined);
    expect(await shown(9, 5, 6, 7, 8)).to.equal(undefined);
  });
});
