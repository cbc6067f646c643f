import { expect } from 'chai';
import fc from 'fast-check';
import { encodeBlock, headerHash } from '@yici/ledger';
import { realBlocks } from '../../support/ledger/real-blocks.js';
import { audit, chainOf, found } from './support/audit.js';

describe('the verifier on blocks of a real Fabric peer', () => {
  const blocks = realBlocks();
  const pin = Buffer.from(headerHash(blocks[0]!)).toString('hex');

  it('verifies them, recomputing every code', async () => {
    const report = await audit(chainOf(blocks), pin);
    expect(found(report)).to.deep.equal([]);
    expect(report).to.include({ verdict: 'VERIFIED', height: 16n, transactions: 103 });
    expect(report.codes.size).to.equal(14);
  });

  it('never verifies a chain one bit of whose headers or transactions is another', async function () {
    this.timeout(60_000);
    const few = blocks.slice(0, 4);
    await fc.assert(
      fc.asyncProperty(fc.nat(few.length - 1), fc.nat(), fc.nat(7), async (at, offset, bit) => {
        const block = few[at]!;
        const bytes = Buffer.from(encodeBlock(block));
        const signed = encodeBlock({ ...block, metadata: [] }).length;
        const index = offset % (signed - 2);
        bytes[index] = bytes[index]! ^ (1 << bit);
        const report = await audit(chainOf(few).set(BigInt(at), bytes), pin);
        expect(report.verdict, `block ${at} byte ${index}`).to.equal('FAILED');
      }),
      { numRuns: 60 },
    );
  });

  it('never fails over bytes, whatever they are', async function () {
    this.timeout(60_000);
    const few = blocks.slice(0, 4);
    const edit = fc.record({
      at: fc.nat(few.length - 1),
      from: fc.nat(),
      length: fc.nat(200),
      by: fc.uint8Array({ maxLength: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const chain = chainOf(few);
        for (const { at, from, length, by } of edits) {
          const bytes = chain.get(BigInt(at))!;
          const start = from % Math.max(1, bytes.length);
          const rest = bytes.subarray(start + length);
          chain.set(BigInt(at), Buffer.concat([bytes.subarray(0, start), by, rest]));
        }
        const report = await audit(chain, pin);
        expect(report.height).to.equal(4n);
      }),
      { numRuns: 60 },
    );
  });
});
