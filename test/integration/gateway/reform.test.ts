import type { Gateway } from '@yici/gateway/testing';
import { onDemand } from '../../support/domain/due.js';
import { standOn } from '../../support/domain/embedded-stand.js';
import { tellsMerger } from '../../support/domain/reform.js';
import { seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

describe('a merger of departments, on the embedded network', function () {
  this.timeout(180_000);
  let world: World;
  let other: Gateway;
  let ahead = 0;

  before(async () => {
    const clock = () => new Date(Date.now() + ahead);
    world = await openWorld({ scheduler: onDemand }, false, clock);
    await seed(world.api);
    other = await world.another('other', { scheduler: onDemand });
    await other.caughtUp();
  });
  after(async () => {
    await other.close();
    await world.close();
  });

  tellsMerger(() => ({
    ...standOn(world),
    schedulers: [world.gateway, other],
    proposers: ['data.gateway'],
    goOn(days: number) {
      ahead += days * 86_400_000;
      world.api.forgetSessions();
    },
  }));
});
