import { tellsCaseTime } from '../../support/domain/case-time.js';
import { standOn } from '../../support/domain/embedded-stand.js';
import { seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

describe('a case’s time over HTTP on the embedded network', function () {
  this.timeout(120_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });
  after(() => world.close());

  tellsCaseTime(() => standOn(world));
});
