import { join } from 'node:path';
import { seed } from '../integration/gateway/support/story.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { tellsQueries } from './support/queries.js';

describe('attack 10: queries at a peer of the embedded network', function () {
  this.timeout(180_000);
  let world: World;

  before(async () => {
    world = await openWorld({}, true);
    await seed(world.api);
  });
  after(() => world.close());

  tellsQueries(() => ({
    api: world.api,
    channel: world.network.channel,
    folder: join(world.directory, 'state'),
  }));
});
