import { tellsArchiving } from '../../support/domain/archive.js';
import { standOn } from '../../support/domain/embedded-stand.js';
import { seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

describe('the archive of a case over HTTP on the embedded network', function () {
  this.timeout(180_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });
  after(() => world.close());

  tellsArchiving(() => standOn(world));
});
