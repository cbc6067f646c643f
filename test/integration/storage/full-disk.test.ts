import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import type { ChannelLedger } from '@yici/network/testing';
import { expect } from 'chai';
import { SmallDisk } from '../../support/small-disk.js';
import { failureOf } from './support/expectations.js';
import { CHAINCODE, define, makeLab, put, write, type Lab } from './support/lab.js';

/** The ledger has its state and its chain on disks of their own: each may be full alone. */
describe('a ledger whose disk is full', function () {
  this.timeout(60_000);
  let lab: Lab;
  let ledger: ChannelLedger;
  const disks = new Map<string, SmallDisk>();

  before(async function () {
    if (!SmallDisk.available()) this.skip();
    lab = await makeLab();
    for (const name of ['level', 'blocks']) {
      const folder = join(lab.directory, 'embedded', name);
      disks.set(name, SmallDisk.mount(folder, 48 * 1024 * 1024));
    }
    ledger = await lab.open({}, { healEvery: 20 });
    await ledger.order(define(lab));
  });

  after(async () => {
    await ledger.close();
    for (const disk of disks.values()) disk.unmount();
    await lab.remove();
  });

  const some = (key: string) => write(lab, [put(key, 'x'.repeat(1_500))]).envelope;

  for (const name of ['level', 'blocks']) {
    it(`refuses, reads on, and heals by itself: ${name}`, async () => {
      const kept = new Map<string, bigint>();
      disks.get(name)!.leave(9_000);
      let failure: unknown;
      for (let n = 0; failure === undefined && n < 40; n += 1) {
        const result = await ledger.order(some(`${name}${n}`)).catch((error: unknown) => error);
        if (result instanceof Error) failure = result;
        else kept.set(`${name}${n}`, ledger.height);
      }
      expect(failure).to.have.property('code', 'LEDGER_FAILED');
      expect(ledger.failure?.code).to.equal('LEDGER_FAILED');
      const { height } = ledger;
      expect(await failureOf(ledger.order(some('refused')))).to.have.property(
        'code',
        'LEDGER_FAILED',
      );
      expect(await ledger.blockByNumber(height - 1n), 'reading').to.not.equal(undefined);
      expect(ledger.height).to.equal(height);
      disks.get(name)!.release();
      while (ledger.failure !== undefined) await pause(10);
      expect((await ledger.order(some(`${name}-after`))).code).to.equal(0);
      await ledger.close();
      ledger = await lab.open({}, { healEvery: 20 });
      const snapshot = ledger.snapshot();
      for (const key of [...kept.keys(), `${name}-after`]) {
        expect(snapshot.get(CHAINCODE, key), key).to.not.equal(undefined);
      }
      await snapshot.close();
    });
  }
});
