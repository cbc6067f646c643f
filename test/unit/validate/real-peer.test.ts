import { expect } from 'chai';
import {
  commitHashOf,
  encodeBlock,
  parseBlock,
  transactionsFilter,
  validationCodeName,
} from '@yici/ledger';
import { realBlocks, replay, type JudgedBlock } from '../../support/ledger/real-blocks.js';

describe('blocks of a real Fabric peer', () => {
  const blocks = realBlocks();
  let judged: readonly JudgedBlock[];

  before(async () => {
    judged = await replay(blocks);
  });

  it('get the validation codes that the peer gave', () => {
    const names = (codes: Iterable<number>): string[] => Array.from(codes, validationCodeName);
    for (const { block, verdict } of judged.slice(1)) {
      const ours = verdict.transactions.map(({ code }) => code);
      expect(names(ours), `block ${block.number}`).to.deep.equal(
        names(transactionsFilter(block) ?? []),
      );
      expect(verdict.halt).to.equal(undefined);
    }
  });

  it('show every code that an orderer lets through to a peer', () => {
    const codes = judged.flatMap(({ verdict }) => verdict.transactions.map(({ code }) => code));
    expect(codes).to.have.length(103);
    expect([...new Set(codes.map(validationCodeName))].sort()).to.deep.equal([
      'BAD_COMMON_HEADER',
      'BAD_HEADER_EXTENSION',
      'BAD_PROPOSAL_TXID',
      'BAD_RESPONSE_PAYLOAD',
      'BAD_RWSET',
      'DUPLICATE_TXID',
      'ENDORSEMENT_POLICY_FAILURE',
      'ILLEGAL_WRITESET',
      'INVALID_CHAINCODE',
      'INVALID_ENDORSER_TRANSACTION',
      'INVALID_OTHER_REASON',
      'MVCC_READ_CONFLICT',
      'PHANTOM_READ_CONFLICT',
      'VALID',
    ]);
  });

  it('lead to the state changes that the peer chained into its commit hash', () => {
    for (const { block, commitHash } of judged.slice(1)) {
      expect(commitHash, `block ${block.number}`).to.deep.equal(commitHashOf(block));
    }
  });

  it('bring three config updates, each authorised by the config before it', () => {
    const configs = judged.flatMap(({ verdict }) => verdict.config ?? []);
    expect(configs.map(({ sequence }) => sequence)).to.deep.equal([0n, 1n, 2n, 3n]);
    expect(configs[1]?.orderer?.batch.timeoutMs).to.equal(1000);
    expect(configs[2]?.policy('/Channel/Application/Nested')).to.equal(undefined);
    expect(configs[3]?.application?.organizations.map(({ mspId }) => mspId)).to.deep.equal([
      'Org1MSP',
    ]);
  });

  it('get a reason for every transaction that is not valid, and for no other', () => {
    for (const { verdict } of judged) {
      for (const { code, reason } of verdict.transactions) {
        expect(reason === '').to.equal(code === 0);
      }
    }
  });

  it('are the same bytes after being read and written', () => {
    const first = blocks[0]!;
    expect(parseBlock(encodeBlock(first))).to.deep.equal(first);
  });
});
