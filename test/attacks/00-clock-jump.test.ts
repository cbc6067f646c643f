import { caseRecord } from '@yici/domain/model';
import type { Gateway } from '@yici/gateway/testing';
import { expect } from 'chai';
import { fileCase, seed } from '../integration/gateway/support/story.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { onDemand } from '../support/domain/due.js';

const day = 86_400_000;

describe('attack 0: a gateway’s clock that jumps', function () {
  this.timeout(240_000);
  let world: World;
  let gateway: Gateway;
  /** Everybody's clock, and by how much this gateway's is wrong. */
  let ahead = 0;
  let wrong = 0;
  const clock = () => new Date(Date.now() + ahead);

  before(async () => {
    world = await openWorld({ scheduler: onDemand }, false, clock);
    await seed(world.api);
    const own = () => new Date(clock().getTime() + wrong);
    const scheduler = { scheduler: onDemand };
    gateway = await world.another('jumping', scheduler, undefined, undefined, undefined, own);
    await gateway.caughtUp();
  });

  after(async () => {
    await gateway.close();
    await world.close();
  });

  for (const days of [30, -30]) {
    it(`is said when it is ${days} days off, and what is due is done once it is right`, async () => {
      const caseNo = await fileCase(world.api, 'data.clerk1');
      await gateway.scheduler.tick();
      expect(gateway.scheduler.obstacle).to.equal(undefined);
      ahead += 20 * day;
      world.api.forgetSessions();
      wrong = days * day;
      const before = JSON.stringify(gateway.scheduler.counts());
      for (let n = 0; n < 3; n += 1) expect((await gateway.scheduler.tick()).proposed).to.equal(0);
      expect(JSON.stringify(gateway.scheduler.counts())).to.equal(before);
      // A clock before the certificate's first day is said to be that.
      expect(gateway.scheduler.obstacle).to.be.oneOf(['timeRefused', 'certificateRefused']);
      if (days > 0) expect(gateway.scheduler.obstacle).to.equal('timeRefused');
      expect(world.log()).to.match(/"obstacle":"(timeRefused|certificateRefused)"/);
      wrong = 0;
      await gateway.scheduler.tick();
      expect(gateway.scheduler.obstacle).to.equal(undefined);
      const record = () => caseRecord.parse(gateway.index.record('case', caseNo));
      for (let n = 0; n < 5 && record().acceptance === undefined; n += 1) {
        await gateway.scheduler.tick();
      }
      expect(record().acceptance?.how).to.equal('deemed');
    });
  }
});
