import { expect } from 'chai';
import {
  blockMetadataIndex,
  encodeBlock,
  metadataAt,
  transactionsFilter,
  validationCode,
  withCommitHash,
  withMetadata,
  withTransactionsFilter,
  type ParsedBlock,
} from '@yici/ledger';
import { createLab, type Lab } from '../../support/ledger/lab.js';
import type { Person } from '../../support/ledger/organization.js';
import { namespace, read, write } from '../../support/ledger/transaction.js';
import { audit, chainOf, found, type Chain } from './support/audit.js';
import { changed, TestChain } from './support/chain.js';
import { defineChaincode, endorsed, forgedTimeout, newTimeout } from './support/traffic.js';

describe('the verifier of a chain', () => {
  let lab: Lab;
  let ordererAdmin: Person;
  let chain: TestChain;

  /** 0 genesis, 1 definition, 2 two writes, 3 a read that holds and one that does not, 4 config, 5 a write. */
  const traffic = async (target: TestChain): Promise<void> => {
    const by = { orderer: lab.orderer, admin: ordererAdmin };
    const sets = (key: string) => endorsed(lab, { rwset: [namespace({ writes: [write(key)] })] });
    const updates = (key: string, tx: number) =>
      endorsed(lab, { rwset: [namespace({ reads: [read(key, 2n, tx)], writes: [write(key)] })] });
    await target.append([defineChaincode(lab)]);
    await target.append([sets('a'), sets('b')]);
    await target.append([updates('a', 0), updates('a', 0), sets('c')]);
    await target.append([newTimeout(target.config, '3s', by)]);
    await target.append([sets('d'), endorsed(lab, { endorsers: [lab.hrss.peer] })]);
  };

  before(async () => {
    lab = await createLab();
    ordererAdmin = await lab.ordererOrganization.issue('admin', 'admin');
    chain = new TestChain(lab, { kind: 'raft', orderer: lab.orderer });
    await traffic(chain);
  });

  const spoilt = (spoil: (chain: Chain) => void): Promise<readonly string[]> => {
    const copy = chainOf(chain.blocks);
    spoil(copy);
    return audit(copy, chain.pin).then(found);
  };
  const replaced = (block: number, bytes: Uint8Array): Promise<readonly string[]> =>
    spoilt((copy) => copy.set(BigInt(block), bytes));
  const at = (number: number): ParsedBlock => chain.blocks[number]!;

  it('finds nothing in an honest chain and counts its codes', async () => {
    const report = await audit(chainOf(chain.blocks), chain.pin.toUpperCase());
    expect(report.findings).to.deep.equal([]);
    expect(report).to.include({ verdict: 'VERIFIED', height: 6n, transactions: 10 });
    expect([...report.codes]).to.have.deep.members([
      ['VALID', 8],
      ['MVCC_READ_CONFLICT', 1],
      ['ENDORSEMENT_POLICY_FAILURE', 1],
    ]);
  });

  it('tells a chain with another genesis block from the pinned one', async () => {
    const report = await audit(chainOf(chain.blocks), 'ab'.repeat(32));
    expect(report.verdict).to.equal('FAILED');
    expect(found(report)).to.deep.equal(['GENESIS_MISMATCH 0']);
  });

  it('cannot judge by a pin that is none', async () => {
    const report = await audit(chainOf(chain.blocks), 'ab');
    expect(report.verdict).to.equal('UNVERIFIABLE');
    expect(found(report)).to.deep.equal(['PIN_MALFORMED']);
  });

  it('finds a flipped code, and only that', async () => {
    const flip = (number: number, tx: number, code: number): Promise<readonly string[]> => {
      const codes = Uint8Array.from(transactionsFilter(at(number)) ?? []);
      codes[tx] = code;
      return replaced(number, encodeBlock(withTransactionsFilter(at(number), codes)));
    };
    expect(await flip(2, 0, validationCode.MVCC_READ_CONFLICT)).to.deep.equal([
      'CODE_MISMATCH 2 0',
    ]);
    expect(await flip(3, 1, validationCode.VALID)).to.deep.equal(['CODE_MISMATCH 3 1']);
  });

  it('finds a changed value in its transaction, and can still judge what follows', async () => {
    const [first, second] = at(2).envelopes;
    const bytes = Buffer.from(first!);
    bytes[bytes.lastIndexOf(Buffer.from('x'))] = 'y'.charCodeAt(0);
    const envelopes = [bytes, second!];
    expect(await replaced(2, changed(at(2), { envelopes }))).to.deep.equal([
      'DATA_HASH_MISMATCH 2',
      'CODE_MISMATCH 2 0',
    ]);
  });

  it('finds transactions that were cut differently under the same data hash', async () => {
    const envelopes = [Buffer.concat(at(2).envelopes)];
    const merged = withTransactionsFilter({ ...at(2), envelopes }, [0]);
    expect(await replaced(2, encodeBlock(merged))).to.include('DATA_MALFORMED 2 0');
    const empty = withTransactionsFilter({ ...at(2), envelopes: [] }, []);
    expect(await replaced(2, encodeBlock(empty))).to.include('DATA_MALFORMED 2');
  });

  it('finds a header that does not follow the one before', async () => {
    const resigned = chain.sign({ ...at(5), previousHash: Buffer.alloc(32) });
    expect(await replaced(5, encodeBlock(resigned))).to.deep.equal(['PREVIOUS_HASH_MISMATCH 5']);
  });

  it('finds a block that nobody vouches for', async () => {
    const none = withMetadata(at(5), blockMetadataIndex.signatures, new Uint8Array(0));
    expect(await replaced(5, encodeBlock(none))).to.deep.equal(['SIGNATURES_INSUFFICIENT 5']);
    const foreign = chain.sign(at(5), { signer: lab.hrss.peer });
    expect(await replaced(5, encodeBlock(foreign))).to.deep.equal(['SIGNATURES_INSUFFICIENT 5']);
    const stolen = metadataAt(at(3), blockMetadataIndex.signatures);
    const moved = withMetadata(at(2), blockMetadataIndex.signatures, stolen);
    expect(await replaced(2, encodeBlock(moved))).to.deep.equal(['SIGNATURES_INSUFFICIENT 2']);
    const garbage = withMetadata(at(5), blockMetadataIndex.signatures, Buffer.from('garbage'));
    expect(await replaced(5, encodeBlock(garbage))).to.include('SIGNATURES_MALFORMED 5');
  });

  it('finds a block that names another config as the newest', async () => {
    const forked = chain.sign(at(5), { lastConfig: 1n });
    const names = ['LAST_CONFIG_MISMATCH 5', 'LAST_CONFIG_MISMATCH 5'];
    expect(await replaced(5, encodeBlock(forked))).to.deep.equal(names);
    const slot = withMetadata(at(5), blockMetadataIndex.lastConfig, new Uint8Array(0));
    expect(await replaced(5, encodeBlock(slot))).to.deep.equal([]);
  });

  it('finds a peer that kept another state than its codes say', async () => {
    const other = withCommitHash(at(3), Buffer.alloc(32, 1));
    // Block 4 is chained to what is written in block 3.
    expect(await replaced(3, encodeBlock(other))).to.deep.equal([
      'COMMIT_HASH_MISMATCH 3',
      'COMMIT_HASH_MISMATCH 4',
    ]);
  });

  it('calls a chain incomplete when blocks are missing, and says what it could not check', async () => {
    const gap = chainOf(chain.blocks);
    gap.delete(2n);
    const report = await audit(gap, chain.pin);
    expect(report.verdict).to.equal('INCOMPLETE');
    expect(found(report)).to.deep.equal(['BLOCK_MISSING 2', 'CODES_UNCHECKED 3']);
    expect(await spoilt((copy) => copy.delete(4n))).to.deep.equal([
      'BLOCK_MISSING 4',
      'SIGNATURES_UNCHECKED 5',
      'CODES_UNCHECKED 5',
    ]);
    expect(await spoilt((copy) => copy.delete(0n))).to.deep.equal([
      'BLOCK_MISSING 0',
      'SIGNATURES_UNCHECKED 1',
      'CODES_UNCHECKED 1',
    ]);
    expect(
      await spoilt((copy) => {
        copy.clear();
      }),
    ).to.deep.equal(['BLOCK_MISSING 0']);
  });

  it('goes on checking hashes and signatures behind a gap', async () => {
    expect(
      await spoilt((copy) => {
        copy.delete(1n);
        copy.set(5n, changed(at(5), { envelopes: at(3).envelopes }));
      }),
    ).to.include.members(['BLOCK_MISSING 1', 'DATA_HASH_MISMATCH 5']);
  });

  it('calls a chain incomplete when no peer wrote its codes', async () => {
    const report = await audit(
      new Map(
        chain.blocks.map((block) => [
          block.number,
          encodeBlock(
            withMetadata(block, blockMetadataIndex.transactionsFilter, new Uint8Array(0)),
          ),
        ]),
      ),
      chain.pin,
    );
    expect(report.verdict).to.equal('INCOMPLETE');
    expect(found(report)).to.deep.equal(['CODES_MISSING 1']);
    expect(report.codes.get('MVCC_READ_CONFLICT')).to.equal(1);
    const few = withMetadata(at(3), blockMetadataIndex.transactionsFilter, Buffer.alloc(2));
    expect(await replaced(3, encodeBlock(few))).to.deep.equal(['CODES_MALFORMED 3']);
  });

  it('takes garbage, a repeated block and a block in another one’s place as findings', async () => {
    expect(await replaced(5, Buffer.from('not a block'))).to.deep.equal(['BLOCK_MALFORMED 5']);
    expect(await replaced(5, new Uint8Array(0))).to.deep.equal(['BLOCK_MALFORMED 5']);
    expect(await replaced(5, encodeBlock(at(4)))).to.deep.equal(['NUMBER_MISMATCH 5']);
    const late = (copy: Chain) => {
      const second = copy.get(2n)!;
      copy.delete(2n);
      copy.set(2n, second);
    };
    expect(await spoilt(late)).to.include('BLOCK_OUT_OF_ORDER 2');
  });

  it('refuses a config that its administrators did not sign, and judges on by the old one', async () => {
    const by = { orderer: lab.orderer, admin: ordererAdmin };
    const forged = new TestChain(lab, { kind: 'raft', orderer: lab.orderer });
    await forged.append([forgedTimeout(forged.config, '9s', by, lab.hrss.admin)], {
      lastConfig: 1n,
    });
    await forged.append([newTimeout(forged.config, '8s', by)]);
    await forged.append([defineChaincode(lab)]);
    const report = await audit(chainOf(forged.blocks), forged.pin);
    expect(report.verdict).to.equal('FAILED');
    expect(found(report)).to.deep.equal(['CONFIG_REFUSED 1 0']);
  });
});
