import { caseRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { bothUntilDone, onDemand, tellsWhatIsDue } from '../../support/domain/due.js';
import { failing, inFrontOf } from './support/in-front-of.js';
import { fileCase } from './support/story.js';
import { openTimedWorld, type TimedWorld } from './support/timed-world.js';
import type { World } from './support/world.js';

describe('what time makes due, on the embedded network', function () {
  this.timeout(180_000);
  let opened: TimedWorld;
  let world: World;

  const goOn = (days: number) => {
    opened.stand().goOn(days);
  };
  const recordOf = (caseNo: string) => {
    return caseRecord.parse(world.gateway.index.record('case', caseNo));
  };

  before(async () => {
    opened = await openTimedWorld();
    ({ world } = opened);
  });
  after(() => opened.close());

  tellsWhatIsDue(() => opened.stand());

  it('does the others when one fails, and leaves that one in peace for a while', async () => {
    const bad = await fileCase(world.api, 'data.clerk1');
    const good = await fileCase(world.api, 'data.clerk1');
    goOn(20);
    let asked = 0;
    const peer = inFrontOf(world.peer, {
      endorse: (request) => {
        if (!Buffer.from(request).includes(bad)) return world.peer.endorse(request);
        asked += 1;
        return failing({ code: 10, message: 'failed to endorse', details: [] });
      },
    });
    const third = await world.another('third', { scheduler: onDemand }, peer);
    try {
      await third.caughtUp();
      await third.scheduler.tick();
      // By the gateway that did it: the other one may hear of the block a moment later.
      const done = caseRecord.parse(third.index.record('case', good));
      expect(done.acceptance?.how).to.equal('deemed');
      expect(recordOf(bad).state).to.equal('SUBMITTED');
      expect(asked).to.be.greaterThan(0);
      const before = asked;
      await third.scheduler.tick();
      expect(asked).to.equal(before);
      const failed = third.scheduler.counts().filter(({ outcome }) => outcome !== 'committed');
      expect(failed.map(({ outcome }) => outcome)).to.include('ENDORSEMENT_FAILED');
    } finally {
      await third.close();
    }
    await bothUntilDone(opened.stand().schedulers);
    expect(recordOf(bad).acceptance?.how).to.equal('deemed');
  });

  it('stops a round when the peer is away, and goes on in the next', async () => {
    for (let n = 0; n < 3; n += 1) await fileCase(world.api, 'data.clerk1');
    goOn(20);
    let asked = 0;
    const peer = inFrontOf(world.peer, {
      endorse: (request) => {
        // Days have passed: the anchor of the journal and the time's beacon are no part of a round.
        const beside = ['journal:anchor', 'time:beacon'];
        if (!beside.some((name) => Buffer.from(request).includes(name))) asked += 1;
        return failing({ code: 14, message: 'connection refused', details: [] });
      },
    });
    const third = await world.another('fourth', { scheduler: { ...onDemand, inFlight: 1 } }, peer);
    try {
      await third.caughtUp();
      const { due } = await third.scheduler.tick();
      expect(due).to.be.greaterThan(1);
      expect(asked).to.equal(1);
    } finally {
      await third.close();
    }
  });

  it('is off, and says so, without an identity of the role gateway or by configuration', async () => {
    const clerk = await world.another(
      'clerk',
      { scheduler: onDemand },
      undefined,
      undefined,
      'data.clerk1',
    );
    const off = await world.another('off', { scheduler: { ...onDemand, enabled: false } });
    try {
      for (const [gateway, obstacle] of [
        [clerk, 'roleMissing'],
        [off, 'disabled'],
      ] as const) {
        await gateway.caughtUp();
        expect(await gateway.scheduler.tick()).to.deep.equal({ due: 0, proposed: 0 });
        const network = await (await world.apiOn(gateway)).call('GET', '/v1/network');
        expect(network.at('scheduler')).to.deep.equal({ on: false, obstacle });
      }
      expect(world.log()).to.match(/"obstacle":"roleMissing".*the scheduler is off/);
    } finally {
      await clerk.close();
      await off.close();
    }
  });
});
