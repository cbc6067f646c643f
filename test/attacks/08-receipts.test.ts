import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unframed } from '@yici/api';
import type { ReceiptReport, SavedReceipt } from '@yici/client/testing';
import {
  blockMetadataIndex,
  buildBlock,
  parseBlock,
  validationCode,
  withMetadata,
  withTransactionsFilter,
} from '@yici/ledger';
import { expect } from 'chai';
import { base64 } from '../integration/gateway/support/api.js';
import { openLiedTo, receiptOf, type LiedTo } from '../support/gateway/lied-to.js';
import type { Lie } from '../support/gateway/lying-gateway.js';
import { runYici } from '../support/terminal.js';

interface Failed {
  readonly error?: { readonly code: string };
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64');

describe('attack 8: a gateway that lies about what became of a transaction', function () {
  this.timeout(180_000);
  let stand: LiedTo;

  before(async () => {
    stand = await openLiedTo();
  });

  after(() => stand.close());

  describe('the receipt', () => {
    const lies: Readonly<Record<string, Lie>> = {
      'has no orderer’s signature': (exchange) =>
        receiptOf(exchange, (block) =>
          withMetadata(block, blockMetadataIndex.signatures, new Uint8Array()),
        ),
      'is a block of the gateway’s own making': (exchange) =>
        receiptOf(exchange, (block) => ({
          ...buildBlock({ ...block, envelopes: [...block.envelopes, ...block.envelopes] }),
          metadata: block.metadata,
        })),
      'is of another transaction': (exchange) =>
        exchange.path.endsWith('/receipt') ? { ...exchange.answer, block: otherBlock } : undefined,
      'is missing': (exchange) => (exchange.path.endsWith('/receipt') ? {} : undefined),
      'says that the code is another': (exchange) =>
        receiptOf(exchange, (block) =>
          withTransactionsFilter(
            block,
            block.envelopes.map(() => validationCode.BAD_RWSET),
          ),
        ),
    };
    let otherBlock = '';

    before(async () => {
      stand.liar.lie(undefined);
      await stand.filed(({ path, answer }) => {
        if (path.endsWith('/receipt')) otherBlock = String(answer['block']);
        return undefined;
      });
    });

    for (const [name, lie] of Object.entries(lies)) {
      it(`is refused when it ${name}`, async () => {
        const { code, message, done } = await stand.filed(lie);
        expect(done).to.equal(undefined);
        expect(code, message).to.equal('RECEIPT_REFUSED');
        expect(message).to.match(/yici tx verify [0-9a-f]{64}/);
      });
    }
  });

  describe('yici tx verify', () => {
    let txId = '';
    let folder = '';
    const verify = (...args: string[]) => runYici(['tx', 'verify', txId, ...args, '--json']);
    const online = () => [
      '--identity',
      join(stand.world.directory, 'state/identities/data.clerk1'),
    ];

    before(async () => {
      txId = (await stand.filed(() => undefined)).done?.txId ?? '';
      folder = mkdtempSync(join(tmpdir(), 'yici-receipt-'));
    });

    after(() => {
      rmSync(folder, { recursive: true });
    });

    it('says what a receipt proves and what not, then and later without any gateway', async () => {
      const file = join(folder, 'receipt.json');
      const asked = await verify('--save', file, '--gateway', stand.liar.url, ...online());
      expect(asked.exitCode, asked.notes.join()).to.equal(0);
      const report = JSON.parse(asked.out.join('')) as ReceiptReport;
      expect(report).to.include({
        txId,
        channel: 'door',
        function: 'case:submit',
        basis: 'asserted',
      });
      expect(report.code).to.deep.equal({ number: 0, name: 'VALID' });
      expect(report.orderers).to.deep.equal(['EstablishmentMSP']);
      expect(report.endorsers).to.have.length.at.least(3);
      expect(report.notProved.join(' ')).to.include('word of the peer');
      const { genesisHash } = stand.world.network;
      const alone = await verify('--receipt', file, '--pin', genesisHash);
      expect(JSON.parse(alone.out.join(''))).to.deep.equal(report);
    });

    it('refuses a receipt under another pin, and one that was altered', async () => {
      const kept = await stand.client.receipt(txId);
      const { genesisHash } = stand.world.network;
      const written = async (change: Partial<SavedReceipt>, pin = genesisHash) => {
        const file = join(folder, `${randomBytes(4).toString('hex')}.json`);
        writeFileSync(file, JSON.stringify({ ...kept, ...change }));
        const run = await verify('--receipt', file, '--pin', pin);
        return [run.exitCode, (JSON.parse(run.out.join('') || '{}') as Failed).error?.code];
      };
      expect(await written({})).to.deep.equal([0, undefined]);
      const refused = [1, 'RECEIPT_REFUSED'];
      expect(await written({}, 'ab'.repeat(32))).to.deep.equal(refused);
      const block = bytes(kept.block);
      block[block.length >> 1]! ^= 1;
      expect(await written({ block: base64(block) })).to.deep.equal(refused);
    });

    it('refuses what a gateway shows that lies', async () => {
      stand.liar.lie((exchange) =>
        receiptOf(exchange, (each) =>
          withMetadata(each, blockMetadataIndex.signatures, new Uint8Array()),
        ),
      );
      const run = await verify('--gateway', stand.liar.url, ...online());
      stand.liar.lie(undefined);
      expect([run.exitCode, run.out.join('')]).to.deep.include(1);
      expect(run.out.join('')).to.include('RECEIPT_REFUSED');
    });

    it('is for the department that made it, and for those it concerns', async () => {
      const path = `/v1/transactions/${txId}/receipt`;
      expect((await stand.world.api.get('offices.clerk1', path)).status).to.equal(200);
      expect((await stand.world.api.get('establishment.clerk1', path)).status).to.equal(200);
      const other = await stand.world.api.get('supervision.supervisor1', path);
      expect([other.status, other.at('code')]).to.deep.equal([404, 'TRANSACTION_NOT_FOUND']);
    });

    it('has its place among whole blocks, which are for supervisors alone', async () => {
      const path = '/v1/whole-blocks?from=0&to=2';
      const supervisor = await stand.world.api.fetch('supervision.supervisor1', path);
      const blocks = unframed(new Uint8Array(await supervisor.arrayBuffer())) ?? [];
      expect(blocks.map((each) => Number(parseBlock(each).number))).to.deep.equal([0, 1, 2]);
      const behind = await stand.world.api.fetch(
        'supervision.supervisor1',
        '/v1/whole-blocks?from=999999',
      );
      expect([behind.status, (await behind.arrayBuffer()).byteLength]).to.deep.equal([200, 0]);
      for (const user of ['offices.clerk1', 'offices.head1', 'establishment.clerk1']) {
        const other = await stand.world.api.get(user, path);
        expect([other.status, other.at('code')]).to.deep.equal([403, 'ROLE_REFUSED']);
      }
    });
  });
});
